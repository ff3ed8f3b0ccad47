"""Ways in which somebody might bend 1+2: counted before a look, twice by spelling, by one pair of eyes, or once more."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import replace

import pytest

from app.models.engines import Database
from app.services import points
from app.services.movement import campaigns, cards, check_lists, checking, confirming, figures, posting, reviewing, rows
from app.services.movement.clock import now
from app.services.people.membership import move_member
from app.services.people.roles import grant_role
from app.services.points import checkpoints
from quizzes.movement.steps import DAY, MINUTE
from quizzes.refusals import Rejected
from tests import movement as way
from tests.organisation import Organisation, plant
from tests.people import AN, BINH, CHI


@pytest.fixture
def org(bound: Database) -> Iterator[Organisation]:
    way.bind()
    with way.at_noon():
        yield plant()


@pytest.fixture
def campaign(org: Organisation) -> int:
    return way.begin(org)


def balance(org: Organisation, campaign: int) -> float:
    posting.judge_again(campaign)
    assert points.verify() == []
    return points.balance(org.members[AN], 0, campaign)


def told(campaign: int) -> tuple[int, int]:
    found = figures.figures(campaigns.campaign_numbered(campaign), now())
    return found.taught, found.used


def drawn(campaign: int) -> list[check_lists.ItemLine]:
    """The steps that somebody has to find out about, after a week and two checkpoints."""
    way.later(8 * DAY)
    checking.freeze_due(now())
    for _ in range(2):
        checkpoints.make(now())
        way.later(DAY)
    checking.draw_due()
    return [item for one in check_lists.lists(campaign) for item in check_lists.items(one.id) if not item.outcome]


def test_what_was_rejected_does_not_count_again_when_its_person_is_forgotten(org: Organisation, campaign: int) -> None:
    public_id, phone = way.taught(org, campaign)
    way.verify_all(org, campaign)
    assert balance(org, campaign) == 60
    way.use(public_id, phone)
    way.verify_all(org, campaign, "failed")
    assert balance(org, campaign) == 0
    confirming.withdraw(public_id, phone)
    assert balance(org, campaign) == 0 and told(campaign) == (0, 0)
    with pytest.raises(Rejected, match="not_now"):
        reviewing.object_to(org.members[AN], public_id, "Bác ấy có tự làm được thật ạ.")


def test_who_withdraws_before_verification_stands_in_no_figure(org: Organisation, campaign: int) -> None:
    public_id, phone = way.taught(org, campaign)
    assert told(campaign) == (1, 0)
    confirming.withdraw(public_id, phone)
    assert told(campaign) == (0, 0)


def test_what_somebody_has_to_look_at_stands_in_no_figure_before(org: Organisation, campaign: int) -> None:
    first, phone = way.taught(org, campaign, "other", "Lê Thị Mận")
    again = way.show(org.members[AN], campaign, "other")
    way.open_(again, phone)
    way.confirm(again, phone, "Phạm Văn Na")
    assert rows.teaching(again).review == "waiting" and told(campaign) == (1, 0)
    held = campaigns.campaign_numbered(campaign)
    assert len(figures.nodes(held)[0]) == figures.milestone(held).count == 1
    reviewing.decide(org.members[CHI], again, True)
    assert told(campaign) == (2, 0) and len(figures.nodes(held)[0]) == figures.milestone(held).count == 2


NAMES = (
    "LE  THI MAN",
    "Lê Thị-Mận.",
    "LêThịMận",
    "lê thị\u00a0mận",
    unicodedata.normalize("NFD", "Lê Thị Mận"),
    "Lê Thị Mận\u200b",
)


@pytest.mark.parametrize("name", NAMES)
def test_one_person_spelled_otherwise_is_looked_at(org: Organisation, campaign: int, name: str) -> None:
    way.taught(org, campaign, "friend", "Lê Thị Mận")
    public_id, _ = way.taught(org, campaign, "relative", name)
    assert rows.teaching(public_id).review == "waiting"


def test_nobody_witnesses_their_own_teaching_with_a_card(org: Organisation, campaign: int) -> None:
    cards.make(org.members[CHI], campaign, "Nhà văn hóa khu phố 3")
    (card,) = cards.cards(campaign, now())
    public_id, mine = way.show(org.members[AN], campaign), replace(way.phone(org.members[AN]), card=card.code)
    way.open_(public_id, mine)
    said = confirming.Confirmation(1950, "Lê Thị Mận", True, way.WORDING)
    with pytest.raises(Rejected, match="witness_needed"):
        confirming.confirm(public_id, mine, said, witnessed=True)
    confirming.confirm(public_id, replace(mine, member_id=None), said, witnessed=True)


def test_who_had_a_part_does_not_say_whether_it_counts(org: Organisation, campaign: int) -> None:
    chi, binh = org.members[CHI], org.members[BINH]
    grant_role(None, binh, "organiser", org.province)
    public_id, eyes = way.show(org.members[AN], campaign), way.phone(chi)
    way.open_(public_id, eyes)
    way.later(MINUTE)
    said = confirming.Confirmation(1950, "Lê Thị Mận", True, way.WORDING)
    confirming.confirm(public_id, eyes, said, witnessed=True)
    way.child(org, campaign, "other", BINH)
    move_member(chi, binh, org.village)
    seen, own = sorted(drawn(campaign), key=lambda one: one.child)
    for who, item in ((chi, seen), (binh, own)):
        with pytest.raises(Rejected, match="own_part"):
            checking.decide(who, item.list_id, item.teaching_id, item.step, "met")
    for who, item in ((binh, seen), (chi, own)):
        checking.decide(who, item.list_id, item.teaching_id, item.step, "met")
    assert balance(org, campaign) == 60
