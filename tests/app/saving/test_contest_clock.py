"""The clock grades, corrects and posts without anybody asking; a second worker finds nothing left to do."""

from __future__ import annotations

import pytest

from app.models.engines import Database
from app.saving.contest_clock import ContestClock
from app.services import points
from app.services.contests.publishing import making, publications, signing
from app.services.contests.results import decisions, integrity
from quizzes.hours import DAY
from tests.contests import hold, now
from tests.finished import sit
from tests.organisation import Organisation, plant
from tests.people import AN, CHI

ENDED = [{"opens_at": now() - 2 * DAY, "closes_at": now() - DAY}]


@pytest.fixture
def org(bound: Database) -> Organisation:
    signing.signer.bind("một bí mật của lần thử")
    return plant()


def test_everything_follows_by_itself(org: Organisation) -> None:
    held = hold(org, waves=ENDED, complaints={"window_days": 0})
    sit(held, org.members[AN], right=6, seconds=5)
    first, second = ContestClock(), ContestClock()
    first.beat()
    assert integrity.waiting(held.id) == 1
    for state in (publications.PROVISIONAL, publications.OFFICIAL):
        making.publish(org.members[CHI], held.id, state)
    draft = decisions.Draft("disqualify", "Một lý do đủ dài.", member=org.members[AN])
    decisions.decide(org.members[CHI], held.id, draft)
    second.beat()
    assert [one.no for one in publications.headings(held.id)] == [1, 2, 3]
    assert publications.published(held.id, 3).results["points"] == {}
    ContestClock().beat()
    assert len(publications.headings(held.id)) == 3
    assert points.verify() == []
