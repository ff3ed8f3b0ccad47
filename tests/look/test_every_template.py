"""No template is forgotten: each is reached by links, or known to be reached otherwise.

A new page that no link leads to, or a template that nothing draws any more, is told here.
"""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from tests.look import test_every_page
from tests.look.elsewhere import ELSEWHERE
from tests.look.everything import fill
from tests.organisation import browser
from tests.people import AN, BINH, CHI


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """The engine makes no difference here."""
    return sqlite_url


def templates_of(app: Flask) -> set[str]:
    """The names that are loaded from now on, of those too that others extend, include or import."""
    loaded, load = set[str](), app.jinja_env._load_template

    def loading(name: str, given: Any) -> Any:
        loaded.add(name)
        return load(name, given)

    app.jinja_env._load_template = loading  # type: ignore[method-assign]
    return loaded


def test_every_template_is_reached_by_links_or_known_to_be_reached_otherwise(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(test_every_page, "ENOUGH", 3)  # links of one page of a kind lead to other kinds than another's
    org, reached = fill(app), templates_of(app)
    for member in (CHI, BINH, AN, ""):
        reader = test_every_page.Reader(app, browser(app, org.members[member] if member else None))
        reader.read()
    every = {one for one in app.jinja_env.list_templates() if not one.startswith("awards/fonts/")}
    assert every - reached - ELSEWHERE.keys() == set(), "neither reached by a link nor known to be reached otherwise"
    assert ELSEWHERE.keys() - every == set(), "known, but gone"
