"""A fiftieth of a province, whose pages are counted: 100 chapters, 2,000 members and tries, 20,000 entries, 10 shows."""

from __future__ import annotations

from flask.testing import FlaskClient

from app.services.province.people import WARD_SIZE
from app.services.province.plan import Plan
from tests.counting import Work, counted

PART = 50
PLAN = Plan(part=PART)
TRIES, MEMBERS, CHAPTERS = PLAN["tries"], PLAN["members"], PLAN["chapters"]
ADMIN, HEAD, HOST = MEMBERS - 1, 1, 2 + WARD_SIZE
A_TURN = 1000
"""Rows between two breaths: some milliseconds of work."""


def asked(client: FlaskClient, address: str) -> tuple[str, Work]:
    """The page and its cost; it is asked for once before, as templates and statements are made then."""
    for _ in range(2):
        with counted() as work:
            answer = client.get(address)
            text = answer.get_data().decode(errors="replace")
    assert answer.status_code == 200
    return text, work
