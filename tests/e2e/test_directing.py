"""The checklist of docs/directing.md from the rehearsal to the report, one host's browser beside stage, tablet and phones.

SCS_TEST_LONG=1 SCS_PICTURES=1 python -m pytest tests/e2e/test_directing.py     renews docs/pictures, in both languages
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from time import monotonic, sleep

import pytest
import yaml
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from app.services.banks import banks
from app.services.shows import addresses, asked, scripts, shows
from tests.e2e.evenings import languages
from tests.e2e.hall import HOST, PHONE, SETTLED, STAGE, Phone, Window
from tests.e2e.planted import SECRET, planted
from tests.e2e.test_demo_show import PATIENT
from tests.e2e.test_people import PASSWORD
from tests.organisation import Organisation
from tests.people import DUNG
from tests.serving import ROOT, Server

PICTURES = bool(os.environ.get("SCS_PICTURES"))
TABLET = (1024, 768)
WIDE = 720
AGAIN_S = 3
"""After so long the key is pressed once more: a console that has not got the new screen yet is refused."""
BOTS = 40
NAMES = ("Nguyễn Thị Ngọc Ánh", "Trần Quốc Bảo", "Lê Minh Châu")
NOTE = {"vi": "Chào khán giả, giới thiệu đơn vị đồng hành.", "en": "Greet the hall, name the partner."}
CAMERA = """() => document.documentElement.style.setProperty("background", "#4d6b57", "important")"""
SAID = {"vi": "Mời các bạn giữ trật tự", "en": "Quiet, please"}
WHY = {"vi": "Đề in sai số", "en": "A misprint in the question"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Organisation]]:
    with planted(tmp_path_factory.mktemp("directing")) as (server, org):
        banks.load_shipped()
        yield server, org


class Desk:
    """A director's windows in one language, from one show to the next."""

    def __init__(self, browser: Browser, site: tuple[Server, Organisation], lang: str) -> None:
        self.browser, self.lang = browser, lang
        self.server, self.org = site
        self.windows: list[Window] = []
        self.host = self.opened("host", HOST)
        self.host.page.goto(f"{self.server.url}/sign-in")
        self.host.page.fill("#f-login", "ban.dung")
        self.host.page.fill("#f-password", PASSWORD)
        with self.host.page.expect_navigation(wait_until="load"):
            self.host.page.keyboard.press("Enter")

    def opened(self, name: str, size: tuple[int, int], address: str = "") -> Window:
        window = (Phone if size == PHONE else Window).of(self.browser, name, size, self.lang)
        self.windows.append(window)
        if address:
            window.page.goto(address)
        return window

    def make(self, stakes: str) -> None:
        """Make a show of this host and open its console."""
        script = yaml.load((ROOT / "quizzes/shows/demo.yaml").read_text(), yaml.CSafeLoader)
        for part in script["rounds"]:
            part["settings"] |= {name: value for name, value in PATIENT.items() if name in part["settings"]}
        script["rounds"][0] |= {"minutes": 6, "note": NOTE[self.lang]}
        made = scripts.create(
            "thử", script=script, stakes=stakes, host_member_id=self.org.members[DUNG], chapter_id=self.org.village
        )
        self.page = f"{self.server.url}/shows/{made.public_id}"
        self.host.page.goto(self.page)
        self.join = addresses.of(made, self.server.url, SECRET).join
        stage = str(self.host.page.locator("main a[href*='/stage/']").get_attribute("href"))
        self.stage = f"{stage}{'&' if '?' in stage else '?'}lang={self.lang}&"
        self.host.follow(self.host.page.locator("main a[href*='/host/']"))
        self.console, self.show_id = self.host.page.url, made.show_id

    def invited(self) -> tuple[str, str]:
        """The links of the MC's tablet and of the spare console."""
        page = self.host.page
        page.goto(self.console.replace("/host/", "/doors/"))
        self.host.follow(page.locator("form:has([value=mc]) button"))
        found = [page.locator(f".door a[href*='/{role}/']").get_attribute("href") for role in ("mc", "host")]
        page.goto(self.console)
        assert all(found)
        return str(found[0]), str(found[1])

    def keep(self, name: str, page: Page) -> None:
        """The picture that stands beside a line of the checklist."""
        page.wait_for_load_state()
        page.evaluate(SETTLED)
        if not PICTURES:
            return
        with Image.open(io.BytesIO(page.screenshot())) as shot:
            size = WIDE, round(WIDE * shot.height / shot.width)
            shot.convert("RGB").resize(size, Image.Resampling.LANCZOS).save(
                ROOT / "docs" / "pictures" / f"{name}-{self.lang}.webp", quality=72, method=6
            )


@pytest.mark.parametrize("lang", languages())
def test_the_checklist_is_walked_from_the_rehearsal_to_the_report(
    site: tuple[Server, Organisation], browser: Browser, lang: str
) -> None:
    desk = Desk(browser, site, lang)
    rehearsed(desk)
    mc, spare = before(desk)
    on_air(desk, mc)
    corrected(desk)
    over_cameras(desk)
    ended(desk, spare)
    complaints = {window.name: window.complaints for window in desk.windows if window.complaints}
    for window in desk.windows:
        window.page.context.close()
    assert complaints == {}


def rehearsed(desk: Desk) -> None:
    """A hall of bots plays a question to its end; it counts for nothing."""
    desk.make(asked.REHEARSAL)
    page = desk.host.page
    page.locator("[data-dialog=bots]").click()
    page.locator("dialog#bots [name=n]").fill(str(BOTS))
    page.locator("dialog#bots .strong").click()
    expect(page.locator("#rows [data-seat]")).to_have_count(BOTS)
    expect(page.locator(".rehearse [data-act=kick]")).to_be_visible()
    page.mouse.move(0, 0)
    desk.keep("rehearsal", page)
    for phase in ("ready", "open", "closed"):  # closed when every bot has answered
        desk.host.steps_to(phase) if phase != "closed" else desk.host.reaches(phase)
    desk.host.steps_to("revealed")
    expect(page.locator(".choices [data-right]")).to_have_count(1)
    desk.keep("rehearsed", page)


def before(desk: Desk) -> tuple[Window, Window]:
    """The check, the screens, the spare console that fires for a laptop that died."""
    desk.make(asked.POINTS)
    mc_link, spare_link = desk.invited()
    page = desk.host.page
    stage = desk.opened("stage", STAGE, desk.stage + "screen=main")
    left = desk.opened("left", STAGE, f"{desk.stage}screen=left")
    mc = desk.opened("mc", TABLET, mc_link)
    for number, name in enumerate(NAMES):
        phone = desk.opened(f"phone{number}", PHONE)
        assert isinstance(phone, Phone)
        phone.join(desk.join, name)
    for one in (stage, left):
        one.page.mouse.click(10, 10)  # sound may be heard from now on
    page.locator(".preflight [data-act=check_sound]").click()
    page.locator("[data-act=hear_sound]").click()
    expect(page.locator(".preflight :is(.bad, .warn)")).to_have_text([])
    desk.keep("preflight", page)
    page.locator("#screens summary").click()
    rows = page.locator("#screens li:has(select)")
    expect(rows).to_have_count(2)
    rows.last.locator("input").fill("Trái · Left")
    rows.last.locator("input").press("Enter")
    expect(left.page.locator(".screen-name")).to_have_text("Trái · Left")
    rows.last.locator("select").select_option("clean")
    expect(left.page.locator("html")).to_have_attribute("data-view", "clean")
    with left.page.expect_navigation():
        rows.last.locator("[data-act=reload_screen]").click()
    expect(left.page.locator("html")).to_have_attribute("data-view", "clean")
    left.page.context.close()
    expect(page.locator("#screens li.gone")).to_have_count(1)
    desk.keep("screens", page)
    desk.windows.remove(left)
    spare = desk.opened("spare", HOST, spare_link)
    page.keyboard.press("a")
    expect(spare.page.locator(".armed")).to_be_visible()
    desk.keep("armed", spare.page)
    page.goto("about:blank")  # the laptop is gone
    spare.page.keyboard.press("Enter")
    spare.reaches("ready")
    page.goto(desk.console)
    desk.host.reaches("ready")
    desk.host.steps_to("open")
    return mc, spare


def on_air(desk: Desk, mc: Window) -> None:
    page, stage = desk.host.page, next(one for one in desk.windows if one.name == "stage")
    stage.reaches("open")
    expect(page.locator(".running")).to_be_visible()
    desk.keep("console", page)
    page.keyboard.press("7")
    page.fill("#throw [name=reason]", SAID[desk.lang])
    page.locator("#throw .strong").click()
    expect(stage.page.locator("#thrown-message")).to_contain_text(SAID[desk.lang])
    expect(mc.page.locator(".read .note").first).to_contain_text(SAID[desk.lang])
    expect(mc.page.locator(".beside .key.open .told")).to_be_visible()
    desk.keep("mc", mc.page)
    desk.keep("message", stage.page)
    page.keyboard.press("5")
    expect(stage.page.locator("#thrown-trouble")).to_be_visible()
    desk.keep("fault", stage.page)
    page.keyboard.press("0")
    page.keyboard.press("8")
    expect(stage.page.locator("#thrown-message")).to_have_count(0)
    desk.host.reaches("paused")
    page.keyboard.press("6")
    expect(page.locator(".armed")).to_be_visible()
    page.keyboard.press("Enter")
    expect(stage.page.locator(".thrown.lot h1")).to_be_visible()
    desk.keep("lot", stage.page)
    page.keyboard.press("p")
    desk.host.reaches("open")


def corrected(desk: Desk) -> None:
    """Another question in place of a wrong one, and three steps back to the first one's seconds."""
    page = desk.host.page
    first = page.locator(".asked").inner_text()
    page.keyboard.press("e")
    page.fill("#replace [name=reason]", WHY[desk.lang])
    page.locator("#replace .strong").click()
    desk.host.reaches("ready")
    expect(page.locator(".asked")).not_to_have_text(first)
    expect(page.locator(".now .voided, .now .note").first).to_be_visible()
    desk.keep("replaced", page)
    desk.host.steps_to("open")
    page.keyboard.press("u")
    page.fill("#undo [name=steps]", "3")
    page.locator("#undo .strong").click()
    expect(page.locator(".asked")).to_have_text(first)
    desk.host.reaches("paused")
    expect(page.locator(".figure")).to_be_visible()
    desk.keep("undone", page)
    page.keyboard.press("p")
    if desk.host.in_phase("ready", "open") == "ready":  # it was being read when the fault came
        desk.host.steps_to("open")


def over_cameras(desk: Desk) -> None:
    """The pictures for the mixer: the question below, score and clock, words without numbers."""
    views = ("lower", "bug", "clean")
    shown = {one: desk.opened(one, STAGE, f"{desk.stage}view={one}&screen={one}") for one in views}
    for window in (one for one in desk.windows if isinstance(one, Phone)):
        window.page.locator("[data-ask] .opt").first.click()
    desk.host.reaches("closed")
    desk.host.steps_to("revealed")
    shown["clean"].reaches("revealed")
    desk.keep("clean", shown["clean"].page)
    desk.host.steps_to("ready")
    desk.host.steps_to("open")
    for view in ("lower", "bug"):
        shown[view].reaches("open")
        shown[view].page.evaluate(CAMERA)
    expect(shown["bug"].page.locator(".over-camera time-left")).to_be_visible()
    desk.keep("lower-third", shown["lower"].page)
    desk.keep("score-bug", shown["bug"].page)


def ended(desk: Desk, spare: Window) -> None:
    """To the end, one key after the other; then the report. The show is given away on its page."""
    page = desk.host.page
    desk.host.page.goto(desk.page)
    page.locator("details:has([name=host]) summary").click()
    expect(page.locator("[name=host]")).to_be_visible()
    page.locator("[name=host]").scroll_into_view_if_needed()
    desk.keep("handover", page)
    while (now := shows.catch_up(desk.show_id)).state.phase != "over":
        spare.page.keyboard.press("Space")
        give_up = monotonic() + AGAIN_S
        while shows.catch_up(desk.show_id).seq == now.seq and monotonic() < give_up:
            sleep(0.1)
    spare.reaches("over")
    page.goto(f"{desk.page}/report")
    expect(page.locator("main table").first).to_be_visible()
    desk.keep("report", page)
