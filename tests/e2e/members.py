"""A browser window of somebody who is signed in to the application behind the test's own port."""

from __future__ import annotations

from flask import Flask
from playwright.sync_api import Browser

from tests.e2e.hall import Window
from tests.organisation import browser as signed_in


def window(app: Flask, browser: Browser, site: str, name: str, member: int, size: tuple[int, int]) -> Window:
    found = Window.of(browser, name, size, "vi")
    (cookie,) = signed_in(app, member)._cookies.values()
    found.page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": site}])
    return found
