"""A held Enter or a double click sends a page's form once, however slow the line is."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, Route

from tests.e2e.test_contest_setup import LAPTOP, org, organiser
from tests.organisation import Organisation

__all__ = ["org"]
HELD = 6


@pytest.fixture
def page(app: Flask, org: Organisation, site: str, browser: Browser) -> Page:
    page = organiser(app, org, browser, site, LAPTOP)
    page.goto(f"{site}/contests/new")
    return page


@pytest.fixture
def sent(page: Page) -> list[str]:
    """The addresses that were posted to; each answers that the page stays."""
    posted: list[str] = []

    def pass_on(route: Route) -> None:
        if route.request.method == "POST":
            posted.append(route.request.url)
            route.fulfill(status=204)
        else:
            route.continue_()

    page.route("**", pass_on)
    return posted


def waited(page: Page) -> None:
    """Let the browser send what it has to send."""
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 100)))")


def test_a_held_enter_sends_once(page: Page, sent: list[str]) -> None:
    page.get_by_label("Ngày mở đợt đầu").fill("2099-12-07")
    page.get_by_role("button", name="Tiếp tục").focus()
    for _ in range(HELD):
        page.keyboard.down("Enter")  # without an up between them the browser says that it repeats
    page.keyboard.up("Enter")
    waited(page)
    assert len(sent) == 1


def test_a_double_click_sends_once(page: Page, sent: list[str]) -> None:
    page.get_by_label("Ngày mở đợt đầu").fill("2099-12-07")
    page.get_by_role("button", name="Tiếp tục").dblclick(no_wait_after=True)
    waited(page)
    assert len(sent) == 1
