"""Traces that are left for a time only: an own number until its check is decided, a child's page, addresses."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.engines import Database, database
from app.models.movement import CheckItem, Teaching
from app.services import points
from app.services.commit import reading
from app.services.movement import check_lists, checking, children, confirming, retention, reviewing, rows
from app.services.movement.clock import now
from app.services.movement.confirming import Confirmation
from app.services.movement.teaching import Browser
from app.services.points import checkpoints
from app.services.points.reading import by_source
from quizzes.ledger.rules import USUAL
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


def held(pair: tuple[str, Browser]) -> bool:
    seen = rows.teaching(pair[0])
    return seen is not None and children.holds(seen, pair[1], now())


def test_a_childs_page_is_over_after_a_month_unless_a_guardian_agreed(org: Organisation) -> None:
    campaign = way.begin(org)
    alone, guarded = way.child(org, campaign, "friend"), way.child(org, campaign, "relative")
    way.agreed(*guarded)
    assert not held((alone[0], guarded[1])) and not held((alone[0], way.phone())), "its own page, in its own browser"
    way.later(29 * DAY)
    assert held(alone) and held(guarded)
    way.later(2 * DAY)
    assert not held(alone) and held(guarded)
    assert children.guardian_code(*alone) == "", "its code is over, too"


def test_a_browser_on_which_a_child_was_taught_is_looked_at_when_it_confirms_again(org: Organisation) -> None:
    campaign = way.begin(org)
    _, phone = way.child(org, campaign)
    second = way.show(org.members[AN], campaign)
    way.open_(second, phone)
    way.confirm(second, replace(phone, children=True))
    assert [one.reasons for one in reviewing.queue(campaign)] == [("same_browser",)]


def test_a_guardian_gives_the_place_and_takes_it_back(org: Organisation) -> None:
    campaign = way.begin(org)
    pair = way.child(org, campaign, "relative")
    assert kinds() == [("other", "", None)], "until then a child is somebody else, who earns what anybody does"
    way.verify_all(org, campaign)
    assert points_of(org) == [("deed", USUAL.helped)]
    mother = way.agreed(*pair)
    assert kinds() == [("relative", ",".join(way.SERVICES), f"{campaign}:{org.members[AN]}:relative")]
    assert points_of(org) == [("taught", USUAL.taught)]
    confirming.withdraw(pair[0], mother)
    assert kinds()[0][1] == "", "what it was shown goes; what was verified stays a number"
    assert points_of(org) == [("taught", USUAL.taught)] and points.verify() == []


def test_a_guardian_who_says_no_again_before_anything_was_verified_leaves_a_child_and_nothing_more(
    org: Organisation,
) -> None:
    campaign = way.begin(org)
    pair = way.child(org, campaign, "relative")
    confirming.withdraw(pair[0], way.agreed(*pair))
    assert kinds() == [("other", "", None)]


def test_a_place_somebody_stands_in_stays_theirs_when_a_guardian_agrees(org: Organisation) -> None:
    campaign = way.begin(org)
    pair = way.child(org, campaign, "friend")
    way.taught(org, campaign, "friend")
    way.agreed(*pair)
    assert kinds()[0] == ("other", ",".join(way.SERVICES), None)


def test_guardians_who_agree_at_once_put_one_child_into_the_place(org: Organisation) -> None:
    campaign = way.begin(org)
    pairs = [way.child(org, campaign, "relative") for _ in range(3)]
    with ThreadPoolExecutor(3) as pool:
        assert len(list(pool.map(lambda pair: way.agreed(*pair), pairs))) == 3
    assert sorted(kind for kind, _, _ in kinds()) == ["other", "other", "relative"]


def kinds() -> list[tuple[str, str, str | None]]:
    with database.read() as db:
        return [(one.kind, one.services, one.slot) for one in db.scalars(select(Teaching).order_by(Teaching.id))]


def points_of(org: Organisation) -> list[tuple[str, float]]:
    return by_source(org.members[AN], points.season_of(now()))


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
