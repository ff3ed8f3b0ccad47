"""Who a ranking proposes for awards: winners of official results, members who completed 1+2."""

from __future__ import annotations

from typing import Any

import pytest

from app.models.engines import Database
from app.services.awards import sources
from app.services.contests.publishing import making, publications, signing
from app.services.contests.results import grading
from app.services.movement import campaigns
from quizzes.hours import DAY
from quizzes.refusals import Rejected
from tests import movement
from tests.contests import hold, now
from tests.finished import sit
from tests.organisation import Organisation, plant
from tests.people import AN, BINH, CHI

ENDED = [{"opens_at": now() - 2 * DAY, "closes_at": now() - DAY}]


def finished(org: Organisation, **changes: Any) -> str:
    """A contest with official results, An behind Bình; its public id. Before they are official nobody is proposed."""
    held = hold(org, waves=ENDED, complaints={"window_days": 0}, **changes)
    for name, right in ((AN, 4), (BINH, 5)):
        sit(held, org.members[name], right=right)
    grading.grade_due(now())
    with pytest.raises(Rejected, match="not_found"):
        sources.proposed(f"contest:{held.public_id}", 10, now())
    for state in (publications.PROVISIONAL, publications.OFFICIAL):
        making.publish(org.members[CHI], held.id, state)
    return held.public_id


def test_official_winners_and_those_who_completed_1_2_are_proposed(bound: Database) -> None:
    signing.signer.bind("một bí mật của lần thử")
    movement.bind()
    org = plant()
    prizes = [{"key": "vang", "title": {"vi": "Giải Vàng"}, "count": 1}]
    found = sources.proposed(f"contest:{finished(org, prizes=prizes)}", 10, now())
    assert found.lines == [("DV-2", "Giải Vàng")]
    without = finished(org)
    assert sorted(sources.proposed(f"contest:{without}", 10, now()).lines) == [("DV-1", ""), ("DV-2", "")]

    with movement.at_noon():
        campaign = movement.begin(org)
        for kind in ("friend", "relative"):
            movement.taught(org, campaign, kind, name=f"Lê Thị {kind}")
        movement.verify_all(org, campaign)
    public_id = campaigns.campaign_numbered(campaign).public_id
    assert sources.proposed(f"campaign:{public_id}", 10, now()).lines == [("DV-1", "")]
    for unknown in ("show:abc", "campaign:abc", "standing:abc:1", "contest:abc", ""):
        with pytest.raises(Rejected, match="not_found"):
            sources.proposed(unknown, 10, now())
