"""Papers written side by side stand out against chance; people who work alone do not."""

import random

import pytest

from quizzes.contest.desk.timing import Path, clusters, together
from quizzes.engine import SECOND
from tests.quizzes.contest.bank import OPENS

NAMES = [f"q{number}" for number in range(20)]


def path(member, times, group="chapter:1"):
    return Path(member, member, OPENS, times, (group,))


def alone(member, seed, start=0):
    """Somebody at an own pace through an own order."""
    chance = random.Random(seed)
    at, times = OPENS + start, {}
    for name in chance.sample(NAMES, len(NAMES)):
        at += chance.randrange(8, 50) * SECOND
        times[name] = at
    return path(member, times)


def beside(member, other, late=SECOND):
    """Somebody who answers each question a second after another did."""
    return path(member, {name: at + late for name, at in other.answered_at.items()})


def test_two_who_answer_together_are_found_with_the_figure_expected_by_chance():
    an = alone(1, 1)
    found = together([an, beside(2, an), alone(3, 3)], 0.01)
    assert {(one.kind, one.one.member, one.other.member) for one in found} == {("in_step", 1, 2), ("same_path", 1, 2)}
    assert all(one.expected < 1e-9 and one.shared == 20 for one in found)


def test_one_who_follows_later_in_the_same_order_is_found_by_the_way_not_by_the_clock():
    an = alone(1, 1)
    assert [one.kind for one in together([an, beside(2, an, 3600 * SECOND)], 0.01)] == ["same_path"]


@pytest.mark.parametrize("seed", range(10))
def test_a_hall_that_begins_together_and_works_alone_gives_no_pair(seed):
    hall = [alone(member, seed * 1000 + member, start=member * SECOND) for member in range(1, 41)]
    assert together(hall, 0.01) == []


def test_people_who_share_nothing_and_one_person_twice_are_not_compared():
    an = alone(1, 1)
    apart = Path(2, 2, OPENS, {name: at + SECOND for name, at in an.answered_at.items()}, ("chapter:2",))
    again = Path(3, 1, OPENS, dict(an.answered_at), ("chapter:1",))
    assert together([an, apart, again], 0.01) == []


def test_rooms_are_those_who_hang_together_by_pairs():
    assert clusters([(1, 2), (2, 3), (7, 8), (5, 4), (4, 6), (6, 9)]) == [(4, 5, 6, 9), (1, 2, 3)]
    assert clusters([]) == clusters([(1, 2)]) == []
