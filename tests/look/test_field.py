"""Pages of the work in the field as they look in use fit a small phone, in the language that is longer: nothing is cut,
and no card of a table is wider than the screen. Most of them no link leads to, or only with what stands in them."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Browser

from tests import movement as way
from tests.look import everything, field, frames
from tests.look.frames import Kept, Sheet
from tests.look.reader import Drawn, Watch, in_language
from tests.organisation import browser as signed_in


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """The engine makes no difference here."""
    return sqlite_url


def longer(app: Flask, watch: Watch, member: int | None, address: str) -> Drawn:
    """The page in the language in which it has more words."""
    client = signed_in(app, member)
    both = [watch.kept(address, client.get(in_language(address, lang))) for lang in ("vi", "en")]
    return max((one for one in both if one), key=lambda drawn: drawn.words)


def test_pages_of_the_field_fit_a_small_phone(app: Flask, browser: Browser) -> None:
    with way.at_noon():
        org, site, watch = everything.fill(app), Kept(app.wsgi_app), Watch(app.jinja_env)
        pages = field.pages(app, org)
        drawn = {
            name: longer(app, watch, org.members[who] if who else None, address)
            for name, (who, address) in pages.items()
        }
    sheets = [Sheet(name, site.keep(one.address, one.answer), (320,)) for name, one in drawn.items()]
    page = browser.new_page(reduced_motion="reduce", viewport={"width": 400, "height": 300})
    with site.served() as base:
        told = frames.faults(page, base, sheets)
    page.close()
    assert told == [], "\n".join(told)
    assert len(pages) > 60 and sum(one.text.count('class="table cards') for one in drawn.values()) > 25
