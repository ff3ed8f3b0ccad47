"""A hall with a host, a stage and phones, each a browser window of its own, watched for complaints."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Response, expect

from tests.serving import ROOT

LOCALES = {"vi": "vi-VN", "en": "en-US"}
HOST, STAGE, PHONE = (1366, 768), (1920, 1080), (360, 740)
PICTURES = os.environ.get("SCS_TEST_PICTURES", "")
"""A folder below `artifacts`: pictures are taken where it is named; each is drawn anew, without a graphics card."""
PATIENCE_MS = 60_000
"""How long anything may take that should be instant: the machine is shared."""

SETTLED = """Promise.allSettled(document.getAnimations()
    .filter((one) => one.effect.getComputedTiming().endTime < Infinity).map((one) => one.finished))"""
"""Until what moves has come to rest, but for what turns for ever."""

expect.set_options(timeout=PATIENCE_MS)


@dataclass
class Window:
    """One person's browser: nothing shared with the others, and every complaint of it kept."""

    name: str
    page: Page
    lang: str
    complaints: list[str] = field(default_factory=list)
    offline: bool = False

    @classmethod
    def of(cls, browser: Browser, name: str, size: tuple[int, int], lang: str) -> Window:
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            locale=LOCALES[lang],
            has_touch=size == PHONE,
            reduced_motion="reduce",  # moving pictures are costly without a graphics card
        )
        context.set_default_timeout(PATIENCE_MS)
        window = cls(name, context.new_page(), lang)
        window.page.on("console", window._console)
        window.page.on("pageerror", lambda error: window.complaints.append(f"error: {error}"))
        window.page.on("response", window._response)
        return window

    def _console(self, message: ConsoleMessage) -> None:
        lost = self.offline and ("net::ERR" in message.text or "WebSocket connection" in message.text)
        untouched = "AudioContext was not allowed" in message.text  # silent until somebody touches the page
        if message.type in ("error", "warning") and not lost and not untouched:
            self.complaints.append(f"{message.type}: {message.text}")

    def _response(self, response: Response) -> None:
        if response.status >= 400:
            self.complaints.append(f"{response.status}: {response.url}")

    def reaches(self, phase: str) -> None:
        expect(self.page.locator(f'body[data-phase="{phase}"]')).to_be_attached()

    def steps_to(self, phase: str) -> None:
        """Press the key of the next step, once more where a busy server has taken nothing: it never steps twice from
        what the console still shows."""
        there = self.page.locator(f'body[data-phase="{phase}"]')
        for _ in range(3):
            self.page.keyboard.press("Space")
            with suppress(AssertionError):
                return expect(there).to_be_attached(timeout=PATIENCE_MS / 3)
        return self.reaches(phase)

    def in_phase(self, *phases: str) -> str:
        """The phase it is in, once that is one of these."""
        expect(self.page.locator(",".join(f'body[data-phase="{one}"]' for one in phases))).to_be_attached()
        return str(self.page.locator("body").get_attribute("data-phase"))

    def see(self, text: str) -> None:
        expect(self.page.get_by_text(text).filter(visible=True).first).to_be_visible()

    def follow(self, link: Locator) -> None:
        """Press what leads to another page, and wait until that page is there: what is asked earlier meets none."""
        with self.page.expect_navigation(wait_until="load"):
            link.click()

    def loaded(self) -> Page:
        """The page once its document is whole: between two pages there is none to ask."""
        self.page.wait_for_load_state()
        return self.page

    def shoot(self, folder: str, name: str) -> None:
        """Wait until everything rests, and keep a picture where pictures are asked for."""
        self.loaded().evaluate(SETTLED)
        if not PICTURES:
            return
        kept = ROOT / "artifacts" / folder
        kept.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=str(kept / f"{name}-{self.name}.jpg"), type="jpeg", quality=85)

    def check_accessible(self) -> None:
        found = Axe().run(self.loaded()).response["violations"]
        assert not found, [(self.name, one["id"], [node["html"] for node in one["nodes"]][:3]) for one in found]

    def check_no_scrollbars(self) -> None:
        """A screen for a projector or a phone's answer never scrolls sideways; the projector not at all."""
        wide, high = self.loaded().evaluate(
            "(r => [r.scrollWidth - innerWidth, r.scrollHeight - innerHeight])(document.scrollingElement)"
        )
        assert wide <= 0, f"{self.name} is {wide} px too wide"
        assert self.name != "stage" or high <= 0, f"{self.name} is {high} px too high"


class Phone(Window):
    """A player's window."""

    def join(self, url: str, name: str) -> None:
        self.page.goto(url)
        self.page.locator("input[name=name]").fill(name)
        self.page.locator("form[data-join] .send").click()
        self.reaches("lobby")

    @property
    def status(self) -> Locator:
        """The line that says what became of the answer."""
        return self.page.locator(".status [data-status]")

    @property
    def net(self) -> Locator:
        """The line that says how the connection is, while there is something to say."""
        return self.page.locator(".net [data-net-is]").filter(visible=True)

    @property
    def score(self) -> Locator:
        return self.page.locator("header [data-mine=score]")

    def choose(self, *, rightly: bool) -> None:
        """Answer the question on the screen, by the bank's key."""
        sheet = self.page.locator("[data-ask]")
        text = sheet.locator("h1")
        expect(text).not_to_be_empty()
        question = asked(self.lang)[text.inner_text()]
        answer = question.get("answer", 0)
        match question["type"]:
            case "single":
                self._option(question, answer if rightly else (answer + 1) % len(question["options"])).click()
            case "ordering":
                for index in answer if rightly else answer[::-1]:
                    self._option(question, index).click()
                sheet.locator(".send").click()
            case "number":
                sheet.locator("[data-value]").fill(str(answer if rightly else answer + 1))
                sheet.locator(".send").click()

    def _option(self, question: dict[str, Any], index: int) -> Locator:
        text = question["options"][index]["text"]
        return self.page.locator("[data-ask] .opt").filter(has=self.page.get_by_text(text[self.lang], exact=True))


@cache
def asked(lang: str) -> dict[str, dict[str, Any]]:
    """Every question of the shipped banks and of the demo's own, by its text in this language."""
    banks = [yaml.load(file.read_text(), yaml.CSafeLoader) for file in sorted((ROOT / "quizzes/banks").glob("*.yaml"))]
    questions = [one for bank in banks for one in (bank["questions"] if isinstance(bank, dict) else bank)]
    demo = yaml.load(Path(ROOT / "quizzes/shows/demo.yaml").read_text(), yaml.CSafeLoader)
    questions += [one for part in demo["rounds"] for one in part["questions"] if isinstance(one, dict)]
    return {one["text"][lang]: one for one in questions if lang in one["text"]}
