"""Pages of results in a real browser: a phone's and a laptop's width, both languages, nothing axe objects to."""

from __future__ import annotations

import random

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext

from app.services.contests import complaint_lists, complaints
from app.services.contests.publishing import making
from app.services.contests.publishing.publications import OFFICIAL, PROVISIONAL
from app.services.contests.results import decisions, grading, integrity, looking
from app.services.people.membership import add_member
from app.services.people.person import Person
from quizzes.hours import DAY
from tests.contests import Held, hold, now
from tests.e2e.hall import PATIENCE_MS, PHONE
from tests.e2e.test_people import look
from tests.finished import sit
from tests.organisation import Organisation, browser, plant
from tests.people import AN, BINH, CHI, DUNG

LAPTOP = (1366, 768)
FAMILY, GIVEN = (
    ("Nguyễn", "Trần", "Lê", "Phạm", "Võ"),
    ("Thị Ánh", "Văn Bảo", "Hoàng Yến Nhi", "Đức Dũng", "Thu Hà", "Quốc Khánh"),
)
WAVES = [
    {"opens_at": now() - 9 * DAY, "closes_at": now() - 8 * DAY},
    {"opens_at": now() - 2 * DAY, "closes_at": now() - DAY},
]
CHANGES = {
    "title": {"vi": "Tuổi trẻ với chuyển đổi số", "en": "Young people and digital life"},
    "waves": WAVES,
    "complaints": {"window_days": 30},
    "prizes": [
        {"key": "nhat", "title": {"vi": "Giải Nhất", "en": "First prize"}, "count": 1, "points": 100},
        {"key": "nhi", "title": {"vi": "Giải Nhì", "en": "Second prize"}, "count": 2, "points": 50},
    ],
    "collective": [
        {"key": "tt", "title": {"vi": "Tập thể đông người dự thi nhất", "en": "Most participants"}, "by": "entrants"}
    ],
}


def furnish(people: int = 40) -> tuple[Organisation, Held]:
    """A contest of two waves, the second published as provisional, with decisions, complaints and signals."""
    org = plant()
    held = hold(org, **CHANGES)
    chance = random.Random(5)
    members = [org.members[name] for name in (AN, BINH, DUNG)]
    for number in range(people):
        name = f"{FAMILY[number % 5]} {GIVEN[number % 6]}"
        home = (org.branch, org.village, org.ward)[number % 3]
        members.append(add_member(None, home, Person(name, 1996 + number % 12, f"DV-{100 + number}")))
    for wave in (0, 1):
        for number, member in enumerate(members):
            skill = number % 5 + 1
            sit(
                held,
                member,
                right=min(skill + chance.randint(0, 2), 6),
                wave=wave,
                start=chance.randrange(80_000),
                seconds=5 if number == 2 else chance.randint(40, 580),
            )
    grading.grade_due(now())
    chi, an = org.members[CHI], org.members[AN]
    making.publish(chi, held.id, PROVISIONAL)
    question = next(iter(making.frozen(held.id).paper))
    decisions.decide(
        chi, held.id, decisions.Draft("give", "Tài liệu có hai cách hiểu, cả hai đều có căn cứ.", question)
    )
    decisions.decide(
        chi,
        held.id,
        decisions.Draft("disqualify", "Có xác nhận của cơ sở về việc thi hộ ở đợt này.", member=an, wave=0),
    )
    grading.grade_due(now())
    making.correct_due()
    number = complaints.complain(
        an, held.id, complaints.Draft("decision", "Tôi tự làm bài, không ai thi hộ tôi.", decision=2)
    )
    complaints.answer(chi, number, "Bạn cho biết hôm đó bạn thi ở đâu, trên thiết bị nào?", "open")
    complaints.complain(
        org.members[BINH], held.id, complaints.Draft("result", "Tôi nghĩ điểm đợt 2 của tôi chưa đúng.")
    )
    for _ in WAVES:
        looking.look_due(now())
    return org, held


def addresses(held: Held) -> dict[str, list[str]]:
    """The addresses that each person looks at."""
    at = f"/contests/{held.public_id}"
    number, mine = integrity.queue(held.id)[0].id, [one.id for one in complaint_lists.of_contest(held.id)]
    question = next(iter(making.frozen(held.id).paper))
    return {
        "": [f"{at}/results", f"{at}/results?wave=0", f"{at}/results/chapters"],
        AN: [f"{at}/results?wave=1", f"{at}/complaints", f"/complaints/{mine[-1]}"],
        CHI: [
            f"{at}/results",
            f"{at}/desk",
            f"{at}/desk/signals",
            f"{at}/desk/signals/{number}",
            f"{at}/desk/statistics",
            f"{at}/desk/decide?do=rekey&question={question}",
            f"{at}/desk/decide?do=disqualify&member=1&signal={number}",
            f"{at}/desk/complaints",
            f"/complaints/{mine[0]}",
        ],
    }


def signed_in(
    app: Flask, browser_: Browser, site: str, member: int | None, size: tuple[int, int], lang: str
) -> BrowserContext:
    """A browser with the session of a member in its cookie."""
    context = browser_.new_context(
        viewport={"width": size[0], "height": size[1]}, locale="vi-VN", reduced_motion="reduce"
    )
    context.set_default_timeout(PATIENCE_MS)
    cookies = [{"name": "lang", "value": lang, "url": site}]
    if member is not None:
        client = browser(app, member)
        found = client.get_cookie(app.config["SESSION_COOKIE_NAME"])
        assert found
        cookies.append({"name": found.key, "value": found.value, "url": site})
    context.add_cookies(cookies)  # type: ignore[arg-type]
    return context


@pytest.mark.parametrize(("size", "lang"), [(PHONE, "vi"), (LAPTOP, "en")])
def test_every_page_of_results_is_usable(
    app: Flask, site: str, browser: Browser, size: tuple[int, int], lang: str
) -> None:
    org, held = furnish(12)
    complaints_: list[str] = []
    for name, paths in addresses(held).items():
        page = signed_in(app, browser, site, org.members[name] if name else None, size, lang).new_page()
        page.on("console", lambda said: said.type == "error" and complaints_.append(said.text))  # noqa: B023
        for path in paths:
            complaints_ += look(page, site + path, size[0])
        page.context.close()
    assert complaints_ == []


def test_results_become_official_with_a_button_and_stay_readable_without_a_server(
    app: Flask, site: str, browser: Browser, tmp_path
) -> None:
    org = plant()
    held = hold(org, **{**CHANGES, "complaints": {"window_days": 0}})
    sit(held, org.members[AN], right=5)
    grading.grade_due(now())
    page = signed_in(app, browser, site, org.members[CHI], LAPTOP, "vi").new_page()
    for label in ("Công bố kết quả tạm thời", "Công bố kết quả chính thức"):
        page.goto(f"{site}/contests/{held.public_id}/desk")
        page.get_by_role("button", name=label).click()
        page.wait_for_url("**/results**")
    assert page.get_by_text("Kết quả chính thức", exact=True).count() == 1
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải trang").first.click()
    file = tmp_path / "ket-qua.html"
    download.value.save_as(file)
    page.goto(file.as_uri())
    assert page.get_by_role("heading", name="Kiểm chứng").is_visible()
    assert OFFICIAL in page.locator("#publication").inner_text()
    page.context.close()
