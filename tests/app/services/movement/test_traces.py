"""Traces that are left for a time only: an own number until its check is decided, a child's browser, addresses."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.engines import Database
from app.models.movement import CheckItem, Teaching
from app.services.commit import reading
from app.services.movement import check_lists, checking, confirming, retention, reviewing
from app.services.movement.clock import now
from app.services.movement.confirming import Confirmation
from app.services.movement.teaching import Browser
from app.services.points import checkpoints
from quizzes.movement.steps import DAY, MINUTE
from tests import movement as way
from tests.organisation import Organisation, plant
from tests.people import AN, BINH, CHI

NUMBER = "0912345678"


@pytest.fixture
def org(bound: Database) -> Iterator[Organisation]:
    way.bind()
    with way.at_noon():
        yield plant()


@reading
def numbers(db: Session) -> list[str]:
    return [one for one in db.scalars(select(CheckItem.phone)) if one]


@reading
def browsers(db: Session) -> list[bool]:
    return [one is not None for one in db.scalars(select(Teaching.browser).order_by(Teaching.id))]


def sampled(org: Organisation, campaign: int, people: int = 3) -> list[tuple[str, Browser]]:
    """Several people taught, all of them in the sample."""
    found = []
    for number in range(people):
        found.append(way.taught(org, campaign, "other", f"Người {number} Một"))
        way.later((3 + number) * MINUTE)
    way.later(8 * DAY)
    checking.freeze_due(now())
    for _ in range(2):
        checkpoints.make(now())
    checking.draw_due()
    return found


def decide(org: Organisation, campaign: int, place: int, outcome: str) -> None:
    (one,) = check_lists.lists(campaign)
    item = sorted(check_lists.items(one.id), key=lambda item: item.teaching_id)[place]
    checking.decide(org.members[CHI], one.id, item.teaching_id, item.step, outcome)


def test_an_own_number_is_left_only_by_who_was_drawn_and_goes_with_the_decision(org: Organisation) -> None:
    campaign = way.begin(org)
    early = way.taught(org, campaign, "friend", "Bà Bưởi", BINH)
    confirming.leave_number(*early, NUMBER)
    assert numbers() == [], "nobody has been drawn"
    (first, mine), (second, other), _ = sampled(org, campaign)[:3]
    confirming.leave_number(first, mine, "0912 345 678")
    confirming.leave_number(second, other, "0987654321")
    with pytest.raises(Exception, match="code_gone"):
        confirming.leave_number(first, other, NUMBER)
    assert set(numbers()) <= {NUMBER, "0987654321"} and numbers()
    for one in check_lists.lists(campaign):
        for item in check_lists.items(one.id):
            if item.phone:
                checking.decide(org.members[CHI], one.id, item.teaching_id, item.step, "met")
                assert item.phone not in numbers(), "called, decided, forgotten"
    assert numbers() == []


@pytest.mark.parametrize("outcome", ["met", "failed"])
def test_a_number_goes_with_its_own_decision_and_the_others_stay(org: Organisation, outcome: str) -> None:
    campaign = way.begin(org)
    for number, pair in enumerate(sampled(org, campaign)):
        confirming.leave_number(*pair, f"09123456{number}{number}")
    decide(org, campaign, 0, outcome)
    assert numbers() == ["0912345611", "0912345622"]


def test_a_number_is_kept_no_longer_than_a_fortnight_though_the_list_is_still_looked_through(org: Organisation) -> None:
    campaign = way.begin(org)
    pairs = sampled(org, campaign)
    for pair in pairs:
        confirming.leave_number(*pair, NUMBER)
    decide(org, campaign, 0, "failed")
    assert len(numbers()) == 2, "one failed: each of the others is looked at, however long that takes"
    way.later(13 * DAY)
    checking.close_late(now())
    assert retention.erase_due(now())["numbers"] == 0
    way.later(DAY)
    checking.close_late(now())
    assert retention.erase_due(now())["numbers"] == 2
    assert numbers() == []


def test_a_number_goes_with_who_says_no_again_and_with_who_was_not_reached(org: Organisation) -> None:
    campaign = way.begin(org)
    first, second, _ = sampled(org, campaign)
    for pair in (first, second):
        confirming.leave_number(*pair, NUMBER)
    confirming.withdraw(*first)
    assert numbers() == [NUMBER]
    way.later(14 * DAY)
    checking.close_late(now())
    assert numbers() == []


def test_a_childs_browser_is_forgotten_when_its_page_is_over_unless_a_guardian_agreed(org: Organisation) -> None:
    campaign = way.begin(org)
    for kind in ("friend", "relative"):
        public_id, phone = way.show(org.members[AN], campaign, kind), way.phone()
        way.open_(public_id, phone)
        way.later(MINUTE)
        confirming.confirm(public_id, phone, Confirmation(2019))
    from app.services.movement import guardian

    said = guardian.Said(1985, Confirmation(2019, "Bé Sóc", True, way.WORDING))
    guardian.agree(guardian.guardian_code(public_id), way.phone(), said)
    way.later(29 * DAY)
    assert retention.erase_due(now())["children"] == 0 and browsers() == [True, True]
    way.later(2 * DAY)
    assert retention.erase_due(now())["children"] == 1
    assert browsers() == [False, True]


def test_people_behind_one_connection_one_after_another_are_looked_at_while_the_address_is_known(
    org: Organisation,
) -> None:
    campaign = way.begin(org)
    for number in range(4):
        who = (AN, BINH)[number % 2]
        public_id, phone = way.show(org.members[who], campaign, "other"), way.phone()
        way.open_(public_id, phone)
        way.later((1 + number) * MINUTE)  # unequal, so that nothing else is odd
        confirming.confirm(public_id, phone, Confirmation(1950 + number, f"Người {number} Một", True, way.WORDING))
        way.later(MINUTE)
    assert reviewing.look_through(campaign, now()) == 4
    assert {one.reasons for one in reviewing.queue(campaign)} == {("one_by_one",)}
