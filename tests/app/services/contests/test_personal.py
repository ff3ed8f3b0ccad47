"""A person's data in contests are copied out whole, and erased as far as others' results allow."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.contests import Attempt
from app.models.engines import Database
from app.services.commit import reading
from app.services.contests import complaints
from app.services.contests.results import grading
from app.services.people import my_data
from quizzes.hours import DAY
from tests.contests import hold, now
from tests.finished import sit
from tests.organisation import Organisation, plant
from tests.people import AN

ENDED = [{"opens_at": now() - 2 * DAY, "closes_at": now() - DAY}]


@pytest.fixture
def org(bound: Database) -> Organisation:
    return plant()


@reading
def kept(db: Session) -> list[tuple[int | None, bytes | None]]:
    return [(row.birth_year, row.device_hash) for row in db.scalars(select(Attempt).order_by(Attempt.id))]


def test_tries_and_complaints_are_in_the_copy(org: Organisation) -> None:
    held = hold(org)
    sit(held, org.members[AN], right=2)
    complaints.complain(org.members[AN], held.id, complaints.Draft("technical", "Máy của tôi bị mất mạng."))
    copy = my_data.copy_of(org.members[AN])
    assert len(copy["attempts"][0]["questions"]) == len(copy["attempts"][0]["answers"]) == 6
    assert copy["complaints"][0]["text"] == "Máy của tôi bị mất mạng."


@pytest.mark.parametrize(("changes", "seen"), [
    ({"attempts": {"most": 3}}, (None, 1)),
    ({"attempts": {"most": 3}, "waves": ENDED}, (4, 1)),
    ({"showing": {"score": "at_once"}}, (4, 1)),
    ({"showing": {"score": "official"}, "waves": ENDED}, (None, 1)),
    ({"prediction": {"quantity": "entrants"}, "showing": {"score": "at_once"}}, (4, None)),
])  # fmt: skip
def test_the_copy_tells_score_and_number_no_sooner_than_the_page_of_the_try(
    org: Organisation, changes: dict[str, object], seen: tuple[int | None, int | None]
) -> None:
    sit(hold(org, **changes), org.members[AN], right=2)
    grading.grade_due(now())
    [mine] = my_data.copy_of(org.members[AN])["attempts"]
    assert (mine["half_points"], mine["number"]) == seen


def test_erasing_leaves_numbers_and_a_year_of_birth_only_where_places_depend_on_it(org: Organisation) -> None:
    for ranking in ({"keys": ["score"]}, {"keys": ["score", "younger"]}):
        held = hold(org, ranking=ranking)
        sit(held, org.members[AN], right=2, device_hash=b"d" * 32)
        complaints.complain(org.members[AN], held.id, complaints.Draft("technical", "Máy của tôi bị mất mạng."))
    my_data.erase(org.members[AN], org.members[AN])
    assert kept() == [(None, None), (2004, None)]
    assert {one["text"] for one in my_data.copy_of(org.members[AN])["complaints"]} == {""}
