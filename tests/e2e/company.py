"""Everybody who has a screen in a show, each in both languages, and the hands that play it to its end."""

from __future__ import annotations

from time import monotonic
from typing import Any

from playwright.sync_api import Browser

from tests.e2e.hall import HOST, PATIENCE_MS, PHONE, PICTURES, STAGE, Phone, Window

LANGUAGES = ("vi", "en")
TABLET, SMALL = (1024, 768), (412, 915)
MOST_STEPS = 200
TRIES_MS = (500, 1_000, 2_000, 4_000)
"""The waits for what a key does before the host presses it again, milliseconds."""

ANSWER = """(number) => {
  const answered = window.answered ??= new Set();
  for (const sheet of document.querySelectorAll("[data-ask]:not([data-shut]):not([data-chosen])")) {
    if (answered.has(sheet.dataset.ask) || !sheet.children.length) continue;
    answered.add(sheet.dataset.ask);
    const taps = [...sheet.querySelectorAll("[data-answer]")].filter((one) => !one.disabled);
    const bell = sheet.querySelector(".buzz, .bell");
    if (bell) { if (!number && !bell.disabled) bell.click(); continue; }
    if (taps.length) { taps[number % taps.length].click(); continue; }
    for (const one of sheet.querySelectorAll("[data-pick]")) one.click();
    for (const one of sheet.querySelectorAll("input[value=true]")) one.click();
    for (const one of sheet.querySelectorAll("[data-value]")) {
      one.value = "12";
      one.dispatchEvent(new Event("input", { bubbles: true }));
    }
    const form = sheet.querySelector("form");
    if (form) form.requestSubmit();
  }
  for (const sign of ["spin", "call"]) {
    const act = document.querySelector(`[data-act=${sign}]:not([disabled])`);
    if (act) { act.click(); break; }
  }
}"""
"""A phone answers all that it is asked once, each a little differently; only the first buzzes."""

SIGN = """() => [document.body.dataset.phase, ...[".now", ".next"].map((one) => document.querySelector(one)?.innerText)].join()"""
BEYOND = "(r => [r.scrollWidth - innerWidth, r.scrollHeight - innerHeight])(document.scrollingElement)"
MARK = """() => {
  for (const form of document.querySelectorAll("form[data-marks]:not([data-filled])")) {
    for (const one of form.querySelectorAll("input")) one.value = one.max - 1;
    form.requestSubmit();
  }
}"""


class Company:
    """All windows of one show: stage, console, MC and judge in both languages, three phones."""

    def __init__(self, browser: Browser, key: str, show: dict[str, Any]) -> None:
        self.key, self.kept, self.place = key, set[str](), ""
        self.hosts = [Window.of(browser, f"host-{lang}", HOST, lang) for lang in LANGUAGES]
        doors = [self.invited(show["host_url"].replace("/host/", "/doors/"), role) for role in ("mc", "judge")]
        self.windows = list(self.hosts)
        for role, size, url in (
            ("stage", STAGE, show["stage_url"]),
            ("mc", TABLET, doors[0]),
            ("judge", SMALL, doors[1]),
        ):
            for lang in LANGUAGES:
                window = Window.of(browser, f"{role}-{lang}", size, lang)
                window.page.goto(f"{url}?lang={lang}")
                self.windows.append(window)
        for window in self.hosts:
            window.page.goto(f"{show['host_url']}?lang={window.lang}")
        self.phones = [
            Phone.of(browser, f"phone{at}-{lang}", PHONE, lang) for at, lang in enumerate(("vi", "en", "vi"))
        ]
        self.windows += self.phones
        for phone, name in zip(self.phones, ("Nguyễn An", "Trần Bình", "Chi"), strict=True):
            phone.join(show["join_url"], name)

    @property
    def host(self) -> Window:
        return self.hosts[0]

    @property
    def judges(self) -> list[Window]:
        return [one for one in self.windows if one.name.startswith("judge")]

    def invited(self, doors: str, role: str) -> str:
        """The link of one more MC or judge."""
        page = self.host.page
        page.goto(doors)
        with page.expect_navigation():
            page.locator(f"form:has(input[name=role][value={role}]) button").first.click()
        link = page.locator(f"a[href*='/{role}/']").first.get_attribute("href")
        assert link
        return link

    def play(self) -> list[str]:
        """To the podium; the phases of each round, as `round phase`."""
        seen: list[str] = []
        for _ in range(MOST_STEPS):
            phase = self.together()
            self.place = (
                str(self.host.page.locator(".what b").first.inner_text()) if phase not in ("lobby", "over") else ""
            )
            self.look(phase)
            if f"{self.place} {phase}" not in seen:
                seen.append(f"{self.place} {phase}")
            if phase == "over":
                return seen
            self.step(phase)
        raise AssertionError(f"{self.key} does not come to its end: {seen}")

    def together(self) -> str:
        """The phase that every window shows."""
        waits = monotonic() + PATIENCE_MS / 1000
        while len(phases := {self.phase_of(window) for window in self.windows}) > 1:
            assert monotonic() < waits, {window.name: self.phase_of(window) for window in self.windows}
            self.host.page.wait_for_timeout(100)
        return phases.pop()

    def phase_of(self, window: Window) -> str:
        return str(window.page.evaluate("document.body?.dataset.phase"))

    def sign(self) -> str:
        """Changes with each screen of the console that asks for something else."""
        return str(
            self.host.page.evaluate(
                "document.body.dataset.phase + document.querySelector('.now')?.innerText + document.querySelector('.next')?.innerText"
            )
        )

    def step(self, phase: str) -> None:
        """The people of this phase do their part; then the host presses a key, where nothing has come of it."""
        if phase == "open":
            for number, phone in enumerate(self.phones):
                phone.page.evaluate(ANSWER, number)
            for window in self.judges:
                window.page.evaluate(MARK)
        before = self.sign()
        for wait in TRIES_MS:
            self.press(phase)
            for _ in range(wait // 100):
                if self.sign() != before:
                    return
                self.host.page.wait_for_timeout(100)
            if self.phase_of(self.host) != phase:
                return

    def press(self, phase: str) -> None:
        """A verdict where one is waited for, else the step that is offered."""
        waits = self.host.page.locator(".own [data-act=right]:not([disabled])").count()
        self.host.page.keyboard.press("KeyD" if waits and phase in ("open", "answering") else "Space")

    def look(self, phase: str) -> None:
        """No screen is too wide or too high; a picture is kept of what is new."""
        name = f"{self.place} {phase}".strip()
        if name in self.kept:
            return
        self.kept.add(name)
        for window in self.windows:
            wide, high = window.page.evaluate(
                "(r => [r.scrollWidth - innerWidth, r.scrollHeight - innerHeight])(document.scrollingElement)"
            )
            assert wide <= 0, f"{name}: {window.name} is {wide} px too wide"
            assert not window.name.startswith("stage") or high <= 0, f"{name}: {window.name} is {high} px too high"
            if PICTURES:
                window.shoot(f"{PICTURES}/{self.key}", f"{len(self.kept):02} {name}")

    def podium(self) -> None:
        """The first is brought on."""
        for _ in range(4):
            self.host.page.keyboard.press("Space")
            self.host.page.wait_for_timeout(300)

    def complaints(self) -> dict[str, list[str]]:
        return {window.name: window.complaints for window in self.windows if window.complaints}

    def close(self) -> None:
        for window in self.windows:
            window.page.context.close()
