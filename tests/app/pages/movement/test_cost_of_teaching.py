"""The statements that a confirmation costs, so that a crowd at a stall does not hold up a show beside it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from app.services.movement import rows
from tests import movement as way
from tests.app.pages.movement.test_taught_pages import RIGHT, opened, say
from tests.counting import counted
from tests.organisation import Organisation, browser, plant
from tests.people import AN

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def org(app: Flask) -> Iterator[Organisation]:
    with way.at_noon():
        yield plant()


def test_the_way_from_the_code_to_the_kept_page_takes_few_statements(app: Flask, org: Organisation) -> None:
    public_id = way.show(org.members[AN], way.begin(org))
    with counted() as work:
        phone = opened(app, public_id)
        phone.get(f"/t/{public_id}")
        said = {"year": 1956, "name": "Lê Thị Mận", "agreed": 1}
        for step in ("year", "agree", "questions"):
            answer = say(phone, public_id, step=step, **said, asked=1, **RIGHT)
        assert answer.status_code == 303 and "Lê Thị Mận" in phone.get(f"/t/{public_id}").text
    assert rows.teaching(public_id).confirmed_at
    assert work.statements <= 22, "\n".join(work.said)


@pytest.mark.parametrize("count", [1, 12])
def test_a_members_goal_costs_the_same_however_many_were_taught(app: Flask, org: Organisation, count: int) -> None:
    campaign = way.begin(org)
    for number in range(count):
        way.taught(org, campaign, "other", f"Người Số {number}")
    with counted() as work:
        assert len(rows.of_member(org.members[AN], campaign)) == count
    assert work.statements == 2, "BEGIN and one more"
    assert browser(app, org.members[AN]).get("/movement").status_code == 200
