"""Every template, filled with the longest, the most and the unbreakable, on a small phone up to a wall of screens.

One crawl of one filled database: who administers everything, an organiser, a member and a stranger follow every link,
then come the answers to forms and what is opened by codes; and each format is played for everybody who has a screen.
At each width no text is cut, covered or off-screen; English is looked at where it is longer.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page

from quizzes.engine import STAGE
from tests.look import frames, harness, played
from tests.look.elsewhere import ELSEWHERE
from tests.look.everything import fill
from tests.look.frames import Kept, Sheet
from tests.look.reader import Drawn, Reader, Watch
from tests.look.tab import SEAT
from tests.look.ways import ways
from tests.organisation import browser as signed_in
from tests.people import AN, BINH, CHI


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """The engine makes no difference here."""
    return sqlite_url


def new(reader: Reader, seen: set[str]) -> Iterator[tuple[str, Drawn]]:
    """The pages of a reader that show a template or a kind which nobody has seen yet."""
    for endpoint, pages in reader.pages.items():
        for drawn in pages:
            if {endpoint, *drawn.templates} - seen:
                seen |= {endpoint, *drawn.templates}
                yield endpoint, drawn


def sheets(site: Kept, reader: Reader, seen: set[str]) -> Iterator[Sheet]:
    for _, drawn in new(reader, seen):
        yield Sheet(drawn.address, site.keep(drawn.address, drawn.answer))
        english = reader.page(drawn.address, "en")
        if english and (english.words > drawn.words or english.templates - seen):
            seen |= english.templates
            yield Sheet(f"{drawn.address} in English", site.keep(drawn.address, english.answer), (320, 1366))


def as_signed_in(page: Page, base: str, client: FlaskClient) -> None:
    page.context.clear_cookies()
    name = client.application.config["SESSION_COOKIE_NAME"]
    if cookie := client.get_cookie(name):
        page.context.add_cookies([{"name": name, "value": cookie.value, "url": base}])


def drawn_sheets(site: Kept, drawn: list[Drawn], seen: set[str]) -> Iterator[Sheet]:
    for one in drawn:
        if one.templates - seen:
            seen |= one.templates
            yield Sheet(one.address, site.keep(one.address, one.answer))


def pages(app: Flask, page: Page, seen: set[str]) -> list[str]:
    """The faults of all pages that links and ways lead to."""
    org, watch, site, told = fill(app), Watch(app.jinja_env), Kept(app.wsgi_app), list[str]()
    with site.served() as base:
        for member in (CHI, BINH, AN, ""):
            client = signed_in(app, org.members[member] if member else None)
            reader = Reader(app, client, watch, enough=3)
            reader.read()
            as_signed_in(page, base, client)
            told += frames.faults(page, base, sheets(site, reader, seen))
        told += frames.faults(page, base, drawn_sheets(site, ways(app, org, watch), seen))
    return told


def screens(page: Page, seen: set[str]) -> list[str]:
    """The faults of the screens of shows."""
    look = harness.create_app()
    watch = Watch(look.jinja_env)
    with look.test_request_context("/"):
        found = played.pictures(look)
    seen |= watch.now
    page.add_init_script(f"localStorage.setItem('scs-seat-look', '{SEAT}')")
    rooms = [
        Sheet(
            role,
            f"/show?role={role}&phase=lobby",
            ready="html[data-ready]",
            still="stage" * (role == STAGE),
            screens=shown,
        )
        for role, shown in found.items()
    ]
    with Kept(look.wsgi_app).served() as base:
        told = frames.faults(page, base, [*rooms, Sheet("the door", "/join"), Sheet("the code", "/page/live/qr")])
    seen |= watch.now
    return told


def test_nothing_is_cut_covered_or_off_screen_on_any_page(app: Flask, browser: Browser) -> None:
    page, seen = browser.new_page(reduced_motion="reduce", viewport={"width": 400, "height": 300}), set[str]()
    told = screens(page, seen) + pages(app, page, seen)
    page.close()
    assert told == [], "\n".join(told)
    every = {one for one in app.jinja_env.list_templates() if not one.startswith("awards/fonts/")}
    assert every - seen - ELSEWHERE.keys() == set(), "not looked at, and nobody says why"
    assert ELSEWHERE.keys() - every == set(), "known, but gone"
