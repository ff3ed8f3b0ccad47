"""The whole way of 1+2 on two phones in a real browser: the code, three screens on a weak network, a month later the
second step. The campaigns' clock is moved; everything else keeps the real time."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, expect

from app.services import points
from app.services.movement import campaigns
from app.services.movement.clock import now
from app.services.movement.teaching import code_of, keep_code
from app.services.people.sign_ins import begin
from quizzes.movement.steps import DAY, MINUTE
from tests import movement as way
from tests.e2e.cable import Cable
from tests.e2e.exam import cookie
from tests.e2e.hall import HOST, PHONE, Window
from tests.organisation import Organisation, plant
from tests.people import AN, CHI

LONG = "Nguyễn Phước Bảo Quỳnh Tôn Nữ Thị Ngọc Hạnh Nhân"


@pytest.fixture
def org(app: Flask) -> Iterator[Organisation]:
    with way.at_noon():
        yield plant()


@pytest.fixture
def campaign(org: Organisation) -> campaigns.Held:
    return campaigns.campaign_numbered(way.begin(org))


@pytest.fixture
def cable(site: str) -> Iterator[Cable]:
    made = Cable(("127.0.0.1", int(urlsplit(site).port or 80)))
    yield made
    made.close()


def person(
    browser: Browser,
    site: str,
    name: str,
    lang: str = "vi",
    member: int | None = None,
    size: tuple[int, int] = PHONE,
    dark: bool = False,
) -> Window:
    """Somebody's browser, signed in where a member is given."""
    window = Window.of(browser, name, size, lang)
    if member is not None:
        window.page.context.add_cookies(
            [{"name": "scs", "value": cookie(begin(member, "Chrome, Android")), "url": site}]
        )
    if dark:
        window.page.emulate_media(color_scheme="dark")
    return window


def fits(window: Window) -> None:
    """Nothing is wider than the screen, nothing is objected to."""
    width = window.loaded().evaluate("document.documentElement.scrollWidth")
    assert width <= window.page.viewport_size["width"], f"{window.page.url} is {width} wide"  # type: ignore[index]
    found = Axe().run(window.page).response["violations"]
    assert not found, [(window.page.url, one["id"], one["nodes"][0]["html"]) for one in found]


def test_the_whole_way_on_two_phones(
    browser: Browser, site: str, org: Organisation, campaign: campaigns.Held, cable: Cable
) -> None:
    an = person(browser, site, AN, member=org.members[AN])
    an.page.goto(f"{site}/movement")
    fits(an)
    an.page.get_by_role("link", name="Mở mã mời").first.click()
    an.page.get_by_label("Cổng Dịch vụ công").check()
    an.page.get_by_label("VNeID mức 2").check()
    fits(an)
    an.page.get_by_role("button", name="Mở mã QR").click()
    expect(an.page.locator(".qr svg")).to_be_visible()
    fits(an)
    public_id = an.page.url.rpartition("/")[2]

    weak = f"http://127.0.0.1:{cable.port}"
    man = person(browser, weak, "Mận")
    man.page.goto(f"{weak}/t#{code_of(public_id, now() + 15 * MINUTE)}")
    year = man.page.get_by_label("Bạn sinh năm nào?")
    expect(year).to_be_visible()
    assert "#" not in man.page.url and carried(man) < 60_000
    assert man.page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") >= 20
    fits(man)
    year.fill("1953")
    man.page.get_by_role("button", name="Tiếp tục").click()
    agreed = man.page.get_by_role("checkbox")
    expect(agreed).not_to_be_checked()
    fits(man)
    man.page.get_by_label("Tên của bạn").fill(LONG)
    man.page.get_by_role("button", name="Đồng ý, tiếp tục").click()
    expect(man.page.get_by_role("alert")).to_contain_text("đánh dấu")
    man.complaints = [one for one in man.complaints if "422" not in one]
    agreed.check()
    man.page.get_by_role("button", name="Đồng ý, tiếp tục").click()
    man.page.get_by_label("Nhờ người lạ trên mạng").check()
    man.page.get_by_label(".gov.vn").check()
    fits(man)
    man.page.get_by_role("button", name="Xong").click()
    expect(man.page.locator(".why")).to_contain_text("cơ quan công an")
    fits(man)
    man.page.get_by_label("Đến cơ quan công an").check()
    way.later(MINUTE)  # a person needs longer than a test
    man.offline = True
    cable.cut()
    man.page.get_by_role("button", name="Xong").click()
    expect(man.page.get_by_role("status")).to_contain_text("Mạng yếu")
    cable.mend()
    expect(man.page.get_by_role("heading", name="Xong rồi")).to_be_visible()
    man.offline = False
    fits(man)
    expect(an.page.get_by_text(LONG)).to_be_visible()  # by itself, the two sit side by side
    fits(an)
    assert man.page.url == f"{weak}/t/{public_id}#{keep_code(public_id)}"
    second_step(browser, weak, org, campaign, man, an)


def carried(window: Window) -> int:
    """Bytes on the wire for the page that is open, with everything it fetched."""
    return int(window.page.evaluate("performance.getEntries().reduce((sum, one) => sum + (one.transferSize || 0), 0)"))


def second_step(
    browser: Browser, weak: str, org: Organisation, campaign: campaigns.Held, man: Window, an: Window
) -> None:
    """A month later, on the page that was kept; then it is verified and counts."""
    way.later(21 * DAY)
    kept = man.page.url
    man.page.goto("about:blank")
    man.page.goto(kept)
    fits(man)
    man.page.get_by_label("Tôi đã tự nộp một hồ sơ").check()
    man.page.get_by_role("button", name="Đúng, tôi đã tự làm").click()
    expect(man.page.get_by_role("heading", name="Tuyệt vời")).to_be_visible()
    an.page.goto(f"{weak.rpartition(':')[0]}:{urlsplit(an.page.url).port}/movement")
    expect(an.page.locator(".place.done")).to_have_count(1)
    fits(an)
    way.verify_all(org, campaign.id)
    assert points.balance(org.members[AN], 0, campaign.id) == 180
    other = person(browser, weak, "Mận, máy mới")
    other.page.goto(kept)
    other.page.get_by_label("Năm sinh").fill("1953")
    other.page.get_by_role("button", name="Mở tiếp").click()
    expect(other.page.get_by_role("heading", name="Tuyệt vời")).to_be_visible()
    for window in (an, man, other):
        assert window.complaints == [], window.name


@pytest.mark.parametrize(("lang", "size", "dark"), [("vi", PHONE, True), ("en", PHONE, False), ("en", HOST, True)])
def test_every_page_fits_and_axe_objects_to_nothing(
    browser: Browser,
    site: str,
    org: Organisation,
    campaign: campaigns.Held,
    lang: str,
    size: tuple[int, int],
    dark: bool,
) -> None:
    for number in range(7):
        way.taught(org, campaign.id, "other", f"{LONG} {number}")
    way.taught(org, campaign.id, "relative", LONG)
    way.taught(org, campaign.id, "friend", LONG, CHI)
    way.later(8 * DAY)
    way.verify_all(org, campaign.id)
    window = person(browser, site, CHI, lang, org.members[CHI], size, dark)
    for address in pages(campaign.public_id, org.members[AN]):
        window.page.goto(site + address)
        fits(window)
    assert window.complaints == []


def pages(public_id: str, member: int) -> list[str]:
    return [
        "/movement",
        f"/movement/{public_id}",
        f"/movement/{public_id}/desk",
        f"/movement/{public_id}/desk?list=1",
        f"/movement/{public_id}/show?kind=relative",
        "/movement/campaigns",
        "/chapters/1/movement/new",
        "/me/points",
        "/points/rules",
        f"/points/rules?campaign={public_id}",
        "/points/rules/new",
        "/ledger",
        "/points/adjustments",
        f"/members/{member}/points",
        f"/movement/{public_id}/stage",
        "/requests",
        "/me/requests",
        "/incidents",
    ]
