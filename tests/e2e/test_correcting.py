"""A verdict pressed wrongly is made right at the desk, by hand: armed, done, told on every screen, one question later,
and on the page of results."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Browser, expect

from tests.e2e.evenings import languages
from tests.e2e.hall import Phone
from tests.e2e.test_demo_show import NAMES, Hall, new_show
from tests.serving import Server, serving

REASON = "Trọng tài nghe nhầm, xem lại băng ghi hình thì bạn đã nói đúng"
SAYS = {
    "vi": {
        "to": "Sửa thành đúng",
        "back": "Sửa thành sai",
        "told": "Sửa phán quyết: Nguyễn An trả lời đúng.",
        "first": "Câu 1.",
        "before": "Phán quyết trước đó: 1",
        "undone": "Sửa phán quyết: Nguyễn An trả lời sai.",
        "results": "Sửa phán quyết, Nguyễn An trả lời đúng: ",
    },
    "en": {
        "to": "Make it right",
        "back": "Make it wrong",
        "told": "Verdict corrected: Nguyễn An was right.",
        "first": "Question 1.",
        "before": "Earlier verdicts: 1",
        "undone": "Verdict corrected: Nguyễn An was wrong.",
        "results": "Verdict corrected, Nguyễn An was right: ",
    },
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("correcting")) as started:
        yield started


def of_two_buzzers(folder: Path) -> str:
    asked = [
        {
            "type": "single",
            "text": {"vi": f"Câu hỏi thứ {n}?", "en": f"Question number {n}?"},
            "options": [{"text": {"vi": one, "en": one}} for one in "ABCD"],
            "answer": 0,
        }
        for n in (1, 2)
    ]
    settings = {"points": 10, "wrong_penalty": 2.5, "seconds": 300, "answer_seconds": 300}
    part = {"format": "buzzer", "settings": settings, "questions": asked}
    title = {"vi": "Rung chuông sửa phán quyết", "en": "Buzzers and corrections"}
    script = {"title": title, "settings": {"standings": "never"}, "rounds": [part]}
    (folder / "buzzers.yaml").write_text(yaml.safe_dump(script, allow_unicode=True))
    return str(folder / "buzzers.yaml")


def buzzed(hall: Hall, phone: Phone) -> None:
    hall.next("ready")
    hall.next("open")
    phone.page.locator("button.buzz").click()
    hall.all_reach("answering")


def corrected(hall: Hall, button: str, reason: str) -> None:
    """Opens the dialog by a click, gives the reason, makes it ready and does it with Enter."""
    page = hall.host.page
    page.get_by_role("button", name=button).first.click()
    dialog = page.locator("dialog#correct")
    dialog.locator("input[name=reason]").fill(reason)
    hall.host.shoot(hall.lang, f"{hall.scene}-dialog")
    dialog.locator("[data-arm]").click()
    expect(dialog).to_be_hidden()
    expect(page.locator(".armed")).to_be_visible()
    hall.host.shoot(hall.lang, f"{hall.scene}-armed")
    page.keyboard.press("Enter")
    expect(page.locator(".armed")).to_have_count(0)


def told(hall: Hall, *sentences: str) -> None:
    for window in hall.windows:
        for sentence in sentences:
            expect(window.page.locator(".voided").filter(has_text=sentence)).to_be_visible()
        window.shoot(hall.lang, f"{hall.scene}-told")
        window.check_no_scrollbars()
    hall.check_accessible()


@pytest.mark.parametrize("lang", languages())
def test_a_slip_is_made_right_at_once_and_one_question_later(
    server: Server, browser: Browser, lang: str, tmp_path: Path
) -> None:
    show, says = new_show(server, of_two_buzzers(tmp_path)), SAYS[lang]
    hall = Hall(browser, show, lang)
    hall.scene = "correct"
    hall.host.page.goto(f"{show['host_url']}?lang={lang}")
    an, _, chi = hall.phones
    for phone, name in zip(hall.phones, NAMES, strict=True):
        phone.join(show["join_url"], name)
    buzzed(hall, an)
    hall.host.page.keyboard.press("KeyS")
    expect(hall.host.page.get_by_role("button", name=says["to"])).to_be_visible()
    hall.scene = "at-once"
    corrected(hall, says["to"], REASON)
    told(hall, says["told"], REASON)
    hall.scene = "first"
    hall.next("revealed")
    expect(an.score).to_have_text("10")

    hall.scene = "second"
    buzzed(hall, chi)
    hall.host.page.locator("summary").filter(has_text=says["before"]).click()
    hall.scene = "later"
    corrected(hall, says["back"], REASON)
    told(hall, says["first"], says["undone"], REASON)
    expect(an.score).to_have_text("-2,5" if lang == "vi" else "-2.5")

    hall.host.page.keyboard.press("KeyD")
    hall.all_reach("closed")
    hall.next("revealed")
    hall.next("over")
    an.page.locator("section[data-on~=over] a").click()
    for sentence in (says["results"], REASON):
        expect(an.page.locator("li.card").filter(has_text=sentence).first).to_be_visible()
    an.shoot(lang, "corrected-results")
    hall.check_no_complaints()
    hall.close()
