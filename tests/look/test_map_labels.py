"""The names below the printed map stay in their columns, however long the chapters' names are."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from tests.look.everything import fill
from tests.organisation import browser
from tests.people import CHI

COLUMN, WIDEST = 632, 0.62
"""Units between the two columns of names; the width of a letter of the font in its size, on the whole line."""


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """The engine makes no difference here."""
    return sqlite_url


def test_no_name_below_the_map_reaches_into_the_next_column(app: Flask) -> None:
    client = browser(app, fill(app).members[CHI])
    campaigns = set(re.findall(r'/movement/([a-z0-9]{10})"', client.get("/movement/campaigns").text))
    seen = 0
    for campaign in campaigns:
        drawn = client.get(f"/movement/{campaign}/spread.svg").text
        for size, group in re.findall(r'<g fill="#fff" font-size="(\d+)">((?:<text.*?</text>)+)</g>', drawn, re.DOTALL):
            for text in re.findall(r"<text.*?</text>", group, re.DOTALL):
                line = " ".join(re.sub(r"<[^>]*>", "", text).split())
                assert len(line) * int(size) * WIDEST < COLUMN, line
                seen += 1
    assert seen > 10
