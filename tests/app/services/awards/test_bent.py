"""Ways to be one's own second person, by a second row of the list, and what stops them."""

from __future__ import annotations

from typing import Any

import pytest

from app.services.awards import proposing
from app.services.people import merging
from app.services.people.roles import grant_role
from app.services.points import adjustments
from app.services.scorecards import cards, scoring
from quizzes.hours import DAY
from quizzes.refusals import Rejected
from quizzes.scorecards.criteria import written
from tests.app.services.awards.test_awards import DRAFT
from tests.app.services.people.test_merging import listed
from tests.contests import now
from tests.organisation import Organisation, plant
from tests.people import AN, BINH, CHI


@pytest.fixture
def org(bound: Any) -> Organisation:
    return plant()


@pytest.fixture
def twin(org: Organisation) -> int:
    """A second row of Bình, who organises the province under both."""
    number = listed(org, "Nguyễn Văn Bình", year=1998)
    for one in (number, org.members[BINH]):
        grant_role(None, one, "organiser", org.province)
    grant_role(None, number, "organiser", org.branch)
    return number


def test_who_was_merged_with_the_proposer_is_no_second_person(org: Organisation, twin: int) -> None:
    made = proposing.propose(twin, org.province, DRAFT)
    merging.merge(org.members[CHI], org.members[BINH], twin, "Cùng một người")
    with pytest.raises(Rejected, match="second_person"):
        proposing.decide(org.members[BINH], made, True)
    merging.undo(org.members[CHI], merging.merged(org.members[BINH])[0].id)
    proposing.decide(org.members[BINH], made, True)  # they were two people after all


def test_who_was_merged_with_the_claimant_verifies_nothing_of_theirs(org: Organisation, twin: int) -> None:
    criteria, _ = written("Tổ chức; Có kế hoạch năm; có không; 5")
    draft = cards.Draft("Chấm điểm năm", "xa_phuong", criteria, now() + DAY)
    card = cards.card(cards.make(org.members[CHI], org.province, draft))
    scoring.claim(twin, card, org.ward, {0: (1, "Kế hoạch số 3")})
    merging.merge(org.members[CHI], org.members[BINH], twin, "Cùng một người")
    with pytest.raises(Rejected, match="second_person"):
        scoring.verify(org.members[BINH], card, org.ward, {0: (1, "")})
    scoring.verify(org.members[CHI], card, org.ward, {0: (1, "")})


def test_nobody_who_is_given_something_decides_or_revokes_it(org: Organisation) -> None:
    grant_role(None, org.members[AN], "organiser", org.province)
    made = proposing.propose(org.members[CHI], org.province, DRAFT)
    with pytest.raises(Rejected, match="second_person"):
        proposing.decide(org.members[AN], made, True)


def test_points_by_hand_are_not_agreed_to_by_whoever_was_merged_with_one_of_the_two(
    org: Organisation, twin: int
) -> None:
    by_twin = adjustments.propose(twin, org.members[AN], 10, "Giúp hội trường cả buổi")
    for_twin = adjustments.propose(org.members[CHI], twin, 10, "Giúp hội trường cả buổi")
    merging.merge(org.members[CHI], org.members[BINH], twin, "Cùng một người")
    for number in (by_twin, for_twin):
        with pytest.raises(Rejected, match="second_person"):
            adjustments.decide(org.members[BINH], number, True)
