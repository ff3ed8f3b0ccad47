"""Search engines keep only pages that name no person."""

from __future__ import annotations

import pytest
from flask import Flask

from app.security.headers import ANY_HOST, INDEXED
from tests.organisation import browser, plant
from tests.people import BINH


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """The engine makes no difference here."""
    return sqlite_url


def test_every_page_but_those_without_names_says_noindex(app: Flask) -> None:
    org = plant()
    client = browser(app, org.members[BINH])
    for rule in app.url_map.iter_rules():
        if rule.arguments or "GET" not in (rule.methods or ()):
            continue
        answer = client.get(rule.rule)
        kept = rule.endpoint in INDEXED
        assert answer.headers.get("X-Robots-Tag", "").startswith("noindex") is not kept, rule.rule
        written_by_us = rule.endpoint not in ANY_HOST  # the others answer what phones' makers expect, letter by letter
        if answer.status_code == 200 and answer.mimetype == "text/html" and written_by_us:
            assert ('<meta name="robots" content="noindex' in answer.text) is not kept, rule.rule
    for address in ("/results/none", "/contests/none/results", f"/chapters/{org.branch}", "/p/123456"):
        assert browser(app).get(address).headers["X-Robots-Tag"] == "noindex", address
