"""The growth curve: ends at the whole, never falls, stays in its box, and says nothing of fewer than five."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from quizzes.movement.growth import HIGH, WIDE, curve

DAYS = st.dictionaries(st.integers(0, 500), st.integers(1, 900), max_size=40)


def test_fewer_than_five_are_not_drawn_and_five_are():
    assert curve({3: 4}, {}, 0, 10) is None
    drawn = curve({3: 5}, {9: 2}, 0, 10)
    assert drawn is not None and (drawn.all_taught, drawn.all_used, drawn.lines) == (5, 2, ())
    assert drawn.taught.endswith(f"{WIDE}.0 0.0"), "the last day stands at the top right"


def test_the_highest_milestones_passed_are_drawn():
    drawn = curve({0: 60, 5: 60}, {}, 0, 10)
    assert drawn is not None and [one for one, _ in drawn.lines] == [50, 100]


@given(DAYS, DAYS, st.integers(0, 100), st.integers(0, 500))
def test_a_curve_rises_inside_its_box_whatever_the_days(taught, used, first, last):
    drawn = curve(taught, used, first, last)
    if drawn is None:
        return
    points = [(float(x), float(y)) for x, y in re.findall(r"([\d.-]+) ([\d.-]+)", drawn.taught)]
    assert all(0 <= x <= WIDE and 0 <= y <= HIGH for x, y in points)
    assert points == sorted(points, key=lambda one: (one[0], -one[1])) and len(points) <= 201
