"""One page of the look's server in a real browser, under the site's strict policy."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

SEAT = '{"ticket": "t", "seat": 5, "code": "K7QM", "name": "Võ Hoàng Yến Nhi"}'


class Tab:
    """One page; `faults` are script errors and breaches of the content policy.

    Tests share it one after another: a new one takes the browser more than most tests take.
    """

    def __init__(self, browser: Browser, base: str) -> None:
        self.browser, self.base, self.faults = browser, base, list[str]()
        self.page = self._opened()
        self.session = self.page.context.new_cdp_session(self.page)

    def _opened(self) -> Page:
        page = self.browser.new_context(reduced_motion="reduce").new_page()
        page.add_init_script(f"localStorage.setItem('scs-seat-look', '{SEAT}')")
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", lambda message: message.type == "error" and self.faults.append(message.text))
        return page

    def as_new(self, size: tuple[int, int]) -> None:
        """Nothing of the test before: no document, nothing stored, the mouse in the corner."""
        self.page.goto("about:blank")
        self.session.send("Storage.clearDataForOrigin", {"origin": self.base, "storageTypes": "all"})
        self.page.emulate_media(reduced_motion="reduce", color_scheme="light")
        self.page.set_viewport_size({"width": size[0], "height": size[1]})
        self.page.mouse.move(0, 0)
        self.faults.clear()

    @contextmanager
    def begun_by(self, script: str) -> Iterator[Page]:
        """Within the block the page is another one, in which `script` runs before those of each document."""
        shared, size = self.page, self.page.viewport_size
        assert size
        self.page = self._opened()
        self.page.set_viewport_size(size)
        self.page.add_init_script(script)
        try:
            yield self.page
        finally:
            self.page.context.close()
            self.page = shared

    def show(self, query: str) -> Page:
        self.page.goto(f"{self.base}/show?{query}")
        self.page.wait_for_selector("[data-ready]", state="attached")
        self.page.evaluate("document.fonts.ready")
        return self.page

    def acks(self) -> list[Any]:
        found: list[Any] = self.page.evaluate(
            "import('/static/look/vendor/socket.io-4.8.4.esm.min.js').then(() => window.acks)"
        )
        return found


def violations(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {node['html'][:140]} {node['failureSummary'][:200]}" for one in found for node in one["nodes"]
    ]
