"""A form of the field that is sent twice makes one thing, and leads to it both times."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from app.services.board import boards
from app.services.deeds.noting import day_at
from app.services.movement.clock import now
from app.services.voice import broadcasts
from tests.organisation import Organisation, browser, plant, send
from tests.people import AN, BINH, CHI

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
DATES = {"starts_on": "2026-01-01", "ends_on": "2040-12-31"}
FORMS = [
    ("activities/new", "activities", {"kind": "training", "starts": "2040-12-04T08:00", "ends": "2040-12-04T11:00"}),
    ("undertakings/new", "undertakings", {"kind": "work", "state": "running"}),
    ("voice", "voice", {"text": "Một đôi"}),
    ("sites", "sites", {"kind": "street", "name": "Việc đôi"}),
    ("teams", "teams", {"name": "Việc đôi"}),
    ("deeds/kind", "deeds/desk", {"name": "Việc đôi", "points": "5", "first_points": "0"}),
    (
        "targets/new",
        "targets",
        {"shape": "count", "goal": "5", "base": "members", "baseline": "0", "ways": ["hand"], **DATES},
    ),
]


@pytest.fixture
def org(app: Flask) -> Organisation:
    return plant()


@pytest.mark.parametrize(("form", "page", "fields"), FORMS)
def test_a_form_sent_twice_makes_one(
    app: Flask, org: Organisation, form: str, page: str, fields: dict[str, str]
) -> None:
    chi, here = browser(app, org.members[CHI]), f"/chapters/{org.branch}"
    first, again = (send(chi, f"{here}/{form}", **{"title": "Việc đôi", **fields}) for _ in range(2))
    assert first.status_code == 302
    assert again.status_code == 422 or again.location == first.location
    assert chi.get(f"{here}/{page}").text.count(">Việc đôi<") == 1


def test_an_idea_an_announcement_and_a_poll_sent_twice_are_one(app: Flask, org: Organisation) -> None:
    an, binh = browser(app, org.members[AN]), browser(app, org.members[BINH])
    ideas = {send(an, "/undertakings", title="Ý đôi", text="Một đôi").location for _ in range(2)}
    board, until = f"/chapters/{org.branch}/board", str(day_at(now()) + timedelta(days=5))
    for fields in (
        {"title": "Tin đôi", "text": "Một đôi"},
        {"what": "poll", "question": "Hỏi đôi?", "options": "Có\nKhông"},
    ):
        for _ in range(2):
            assert send(binh, board, until=until, **fields).status_code == 302
    assert len(ideas) == len(boards.announcements([org.branch])) == len(boards.polls([org.branch], None)) == 1


def test_what_was_taken_away_may_be_put_out_again(app: Flask, org: Organisation) -> None:
    binh, address = browser(app, org.members[BINH]), f"/chapters/{org.branch}/voice"
    first = send(binh, address, title="Tin đôi", text="Một đôi").location
    broadcasts.remove(org.members[BINH], first.rpartition("/")[2])
    assert send(binh, address, title="Tin đôi", text="Một đôi").location != first
