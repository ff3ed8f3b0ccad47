"""Order, ties, lots, packed keys, rates and the fading sum."""

import random
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.ranking import Key, fading_sum, lot, order, packed, ranked, rate, rolled_up

SCORE = Key("score", "", most_first=True)
TIME = Key("time", "", most_first=False)
KEYS = (SCORE, TIME)
rows = st.lists(st.tuples(st.integers(0, 3), st.none() | st.integers(0, 3)), max_size=12).map(
    lambda found: [(number, {"score": score, "time": time}) for number, (score, time) in enumerate(found)]
)


def table(people):
    return [(place.rank, place.row[0]) for place in ranked(people, lambda row: order(row[1], KEYS), lambda row: row[0])]


def test_more_points_then_less_time_stand_first():
    people = [(1, {"score": 8, "time": 50}), (2, {"score": 9, "time": 90}), (3, {"score": 9, "time": 70})]
    assert table(people) == [(1, 3), (2, 2), (3, 1)]


def test_equal_people_share_a_rank_and_the_next_rank_is_left_out():
    people = [(number, {"score": score, "time": 1}) for number, score in ((1, 5), (2, 7), (3, 7), (4, 9))]
    assert table(people) == [(1, 4), (2, 2), (2, 3), (4, 1)]


@pytest.mark.parametrize("most_first", [True, False])
def test_a_missing_measure_stands_last_in_either_direction(most_first):
    key = (Key("time", "", most_first),)
    assert order({"time": None}, key) > order({"time": -(10**15)}, key)
    assert order({"time": None}, key) > order({"time": 10**15}, key)


@given(rows, st.randoms(use_true_random=False))
def test_the_table_does_not_depend_on_the_order_of_reading(people, chance):
    other = list(people)
    chance.shuffle(other)
    assert table(other) == table(people)


@given(rows)
def test_a_rank_is_one_more_than_the_number_of_better_people(people):
    for rank, number in table(people):
        mine = order(people[number][1], KEYS)
        assert rank == 1 + sum(order(row[1], KEYS) < mine for row in people)


@given(rows)
def test_taking_somebody_out_keeps_the_others_in_order(people):
    left = [number for _, number in table(people[:-1])]
    assert left == [number for _, number in table(people) if number < len(people) - 1]


ORDERS = st.tuples(*[st.tuples(st.integers(0, 1), st.integers(-(2**62), 2**62))] * 2)


@given(ORDERS, ORDERS)
def test_packed_orders_compare_as_the_orders_do(mine, yours):
    assert (packed(mine) < packed(yours)) == (mine < yours)
    assert len(packed(mine)) == 18


def test_lots_are_fair_and_depend_only_on_seed_and_number():
    first = sum(lot(f"seed {trial}", 1) < lot(f"seed {trial}", 2) for trial in range(2000))
    assert 880 < first < 1120  # five standard deviations around 1,000
    assert lot("s", 7) == lot("s", 7) != lot("t", 7)


def test_rates_are_millionths_at_most_the_whole():
    assert [rate(7, 10), rate(1, 3), rate(12, 10), rate(3, 0)] == [700_000, 333_333, 1_000_000, 0]


@settings(max_examples=50)
@given(st.lists(st.integers(0, 600), max_size=40))
def test_the_fading_sum_is_the_published_formula(points):
    exact = sum(Fraction(95, 100) ** i * worth for i, worth in enumerate(sorted(points, reverse=True)))
    assert abs(fading_sum(points) - exact * 1000) <= 1
    shuffled = list(points)
    random.Random(1).shuffle(shuffled)
    assert fading_sum(shuffled) == fading_sum(points)


def test_one_more_result_never_lowers_the_fading_sum_and_size_alone_does_not_win():
    assert fading_sum([20, 20, 1]) > fading_sum([20, 20])
    assert fading_sum([20] * 5000) <= fading_sum([20] * 100) * 101 // 100


def test_what_a_chapter_earns_counts_for_everything_above_it():
    own = [("/1/7/23/", 5), ("/1/", 1), ("/1/7/", 2), ("/1/9/", -3)]
    assert rolled_up(own) == {1: 5, 7: 7, 23: 5, 9: -3}


class Counted(str):
    """A path that counts how often it is looked at."""

    looks = 0

    def _look(self, name, *args):
        Counted.looks += 1
        return getattr(str(self), name)(*args)

    def strip(self, *args):
        return self._look("strip", *args)

    def startswith(self, *args):
        return self._look("startswith", *args)


def test_each_path_is_walked_once_however_many_there_are():
    for many in (10, 1000):
        Counted.looks = 0
        sums = rolled_up((Counted(f"/1/{node}/"), 1) for node in range(2, many + 2))
        assert (Counted.looks, sums[1]) == (many, many)
