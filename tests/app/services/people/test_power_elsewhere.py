"""An organiser writes only people of the own area into things of a chapter, and decides about them while they are there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from app.services.activities import undertakings
from app.services.activities.undertakings import Draft
from app.services.deeds import partners
from app.services.people import membership
from app.services.people.roles import grant_role
from app.services.points import adjustments, balances
from app.services.teams import teams
from quizzes.refusals import Rejected
from tests.contests import now
from tests.organisation import Organisation, plant
from tests.people import AN, BINH, CHI, DUNG

WORK = Draft("Tuyến đường thanh niên", points=5)
WRITTEN: dict[str, Callable[[Organisation, int, int], object]] = {
    "respected local person": lambda org, actor, who: partners.name(actor, org.village, who, "Trưởng thôn"),
    "a team's leader": lambda org, actor, who: teams.put(
        actor, teams.make(actor, org.village, f"Tổ số {who}"), who, "", "leader", "", False
    ),
    "owner of a youth work": lambda org, actor, who: undertakings.make(
        actor, org.village, "work", replace(WORK, owner_id=who)
    ),
    "owner of one that ran already": lambda org, actor, who: undertakings.change(
        actor, undertakings.make(actor, org.village, "work", WORK), replace(WORK, owner_id=who)
    ),
}


@pytest.fixture
def org(bound: object) -> Organisation:
    made = plant()
    grant_role(None, made.members[DUNG], "organiser", made.village)
    return made


@pytest.mark.parametrize("kind", list(WRITTEN))
def test_nobody_of_another_chapter_is_written_into_things_of_this_one(org: Organisation, kind: str) -> None:
    write, dung = WRITTEN[kind], org.members[DUNG]
    for who in (org.members[AN], org.members[CHI]):
        with pytest.raises(Rejected, match="no_such_member"):
            write(org, dung, who)
    write(org, org.members[CHI], org.members[BINH])


def test_points_by_hand_wait_no_longer_for_somebody_who_has_moved_away(org: Organisation) -> None:
    chi, binh, an = (org.members[who] for who in (CHI, BINH, AN))
    grant_role(None, org.members[DUNG], "organiser", org.branch)
    number = adjustments.propose(binh, an, 20, "Dẫn cả buổi tối ở nhà văn hóa")
    membership.move_member(chi, an, org.village)
    for who in (org.members[DUNG], chi):
        with pytest.raises(Rejected, match="proposal_gone"):
            adjustments.decide(who, number, True)
    adjustments.decide(chi, number, False)
    assert balances.balance(an, balances.season_of(now())) == 0
