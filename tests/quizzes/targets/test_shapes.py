"""Reached, near or not; denominators from below; where the pace leads; the sets of the founding documents."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from quizzes.deeds.kinds import SHIPPED, known
from quizzes.targets.presets import PRESETS
from quizzes.targets.shapes import (
    BASES,
    COUNT,
    DECLARATIONS,
    DECLARED,
    DEEDS,
    PERCENT,
    WAYS,
    Standing,
    forecast,
    running,
)
from quizzes.targets.shapes import denominator as base_of

BEGIN = date(2023, 1, 1)


@pytest.mark.parametrize(
    ("standing", "state", "missing", "filled"),
    [
        (Standing(COUNT, 5000, 5000), "met", 0, 100),
        (Standing(COUNT, 5000, 4999), "near", 1, 99),
        (Standing(COUNT, 5000, 3999), "not", 1001, 79),
        (Standing(PERCENT, 9000, 27, 30), "met", 0, 100),
        (Standing(PERCENT, 9000, 26, 30), "near", 1, 96),
        (Standing(PERCENT, 10_000, 2, 3), "not", 1, 66),
        (Standing(PERCENT, 9000, 1, 2), "not", 1, 50),
        (Standing(PERCENT, 9000, 0, 0), "unknown", 0, 0),
        (Standing(PERCENT, 9000, 5, None), "unknown", 0, 0),
        (Standing(COUNT, None, 5), "open", 0, 0),
    ],
)
def test_a_standing_is_reached_near_or_not(standing: Standing, state: str, missing: int, filled: int) -> None:
    assert (standing.state, standing.missing(), standing.filled) == (state, missing, filled)


def test_a_denominator_that_is_given_above_hides_those_below_and_else_they_add_up() -> None:
    given = {"/1/2/": 30, "/1/3/4/": 10, "/1/3/5/": 5, "/1/2/9/": 7}
    assert base_of("/1/", given) == 45 and base_of("/1/2/", given) == 30 and base_of("/1/2/9/", given) == 7
    assert base_of("/1/3/", given) == 15 and base_of("/1/8/", given) is None
    assert base_of("/1/", {"/1/": 100, **given}) == 100


def test_the_forecast_goes_on_with_the_pace_of_four_weeks() -> None:
    today = BEGIN + timedelta(days=99)
    days = {today - timedelta(days=n): 10 for n in range(28)} | {BEGIN: 500}
    assert forecast(780, days, BEGIN, today, today + timedelta(days=10)) == 880
    assert forecast(780, days, BEGIN, today, today) == 780, "the deadline is here"
    young = {BEGIN: 4, BEGIN + timedelta(days=1): 6}
    assert forecast(10, young, BEGIN, BEGIN + timedelta(days=1), BEGIN + timedelta(days=11)) == 60


def test_the_chart_begins_with_what_was_there_before_and_ends_with_all() -> None:
    points = running(
        {BEGIN - timedelta(days=9): 3, BEGIN + timedelta(days=100): 7}, 20, BEGIN, BEGIN + timedelta(days=365)
    )
    assert points[0] == (BEGIN, 23) and points[-1] == (BEGIN + timedelta(days=365), 30) and len(points) <= 62
    assert [count for _, count in points] == sorted(count for _, count in points)


def test_every_proposed_target_can_be_set() -> None:
    for preset in PRESETS.values():
        titles = [one.title for one in preset.targets]
        assert len(titles) == len(set(titles))
        for one in preset.targets:
            assert set(one.ways) <= WAYS.keys() and all(known(name, SHIPPED) for name in one.counts)
            assert (DEEDS in one.ways) == bool(one.counts) and (DECLARED in one.ways) == bool(one.declares)
            assert not one.declares or one.declares in DECLARATIONS
            assert (one.shape == PERCENT) == (one.base in BASES)
