"""Pages of the work in the field as they look in use fit a small phone, in the language that is longer: nothing is cut,
and no card of a table scrolls sideways. Most of them no link leads to, or only with what stands in them."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Browser

from tests import movement as way
from tests.look import everything, field
from tests.look.test_every_page import Site, in_language, length, looked_at, served
from tests.organisation import browser as signed_in

SIDEWAYS = (
    "[...document.querySelectorAll('.table.cards')].filter((one) => one.scrollWidth > one.clientWidth + 1).length"
)


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """The engine makes no difference here."""
    return sqlite_url


def test_pages_of_the_field_fit_a_small_phone(app: Flask, browser: Browser) -> None:
    with way.at_noon():
        org = everything.fill(app)
        pages = field.pages(app, org)
        name, faults, cards = app.config["SESSION_COOKIE_NAME"], list[str](), 0
        with served(Site(app)) as base:
            context = browser.new_context(reduced_motion="reduce", base_url=base)
            page = context.new_page()
            for who in sorted({one for one, _ in pages.values()}):
                context.clear_cookies()
                client = signed_in(app, org.members[who] if who else None)
                if cookie := client.get_cookie(name):
                    context.add_cookies([{"name": name, "value": cookie.value, "url": base}])
                for key, address in ((key, address) for key, (one, address) in pages.items() if one == who):
                    longer = max(("vi", "en"), key=lambda lang: length(client.get(in_language(address, lang)).text))
                    page.goto(in_language(address, longer))
                    faults += looked_at(page, (320,), f"{key} in {longer}")
                    cards += page.locator(".table.cards").count()
                    faults += [f"{key} in {longer}: a card scrolls"] * bool(page.evaluate(SIDEWAYS))
            context.close()
    assert faults == [], "\n".join(faults)
    assert len(pages) > 60 and cards > 30
