"""Tournaments: plans that fit, draws that anybody can do again, and who goes on."""

from __future__ import annotations

from collections import Counter

import pytest

from quizzes.tournament.going_on import BEST, WINNER, Result, by_points, drawn, going_on
from quizzes.tournament.stages import PLANS, Stage, as_data, as_lines, check, from_data, written

PROVINCE = PLANS["province"].stages


@pytest.mark.parametrize("key", PLANS)
def test_a_shipped_plan_fits_and_reads_back_from_lines_and_data(key: str) -> None:
    stages = PLANS[key].stages
    assert check(stages) == []
    assert written(as_lines(stages)) == (stages, [])
    assert from_data(as_data(stages)) == stages


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "stages_count"),
        ("Vòng loại", "stage_line"),
        ("Vòng loại; sáu; 3", "stage_line"),
        ("; 1; 3", "stage_name"),
        ("Chung kết; 2; 3", "stage_last"),
        ("Vòng loại; 6; 3; 1\nChung kết; 1; 3", "stage_goes_on"),
        ("Vòng loại; 1; 3; 1\nChung kết; 1; 3", "stage_goes_on"),
        ("Vòng loại; 6; 1; 1\nChung kết; 1; 6", "stage_size"),
        ("Vòng loại; 2; 4; 1; 3\nChung kết; 1; 5", "stage_best"),
    ],
)
def test_what_is_wrong_with_a_plan_is_named(text: str, code: str) -> None:
    assert [one.code for one in written(text)[1]] == [code]


def test_seventeen_teams_are_drawn_into_six_matches_and_the_seed_draws_the_same_again() -> None:
    matches = drawn(range(1, 18), PROVINCE[0], "hạt", 0)
    assert Counter(map(len, matches)) == {3: 5, 2: 1}
    assert sorted(one for match in matches for one in match) == list(range(1, 18))
    assert matches == drawn(reversed(range(1, 18)), PROVINCE[0], "hạt", 0)
    assert matches != drawn(range(1, 18), PROVINCE[0], "hạt khác", 0)


def test_two_winners_and_the_best_runner_up_go_to_the_final() -> None:
    semis = [by_points({1: 200, 2: 180, 3: 10}), by_points({4: 90, 5: 80, 6: 70})]
    found = going_on(PROVINCE[1], semis, "hạt", 1)
    assert [(one.entrant, one.way, one.match, one.lot) for one in found] == [
        (1, WINNER, 1, False),
        (4, WINNER, 2, False),
        (2, BEST, 1, False),
    ]


def test_a_show_may_place_equal_points_and_else_the_lot_decides_and_says_so() -> None:
    one_match = Stage("Trận", 1, 2)
    broken = going_on(one_match, [{1: Result(2, 100), 2: Result(1, 100)}], "hạt", 0)
    assert [(one.entrant, one.lot) for one in broken] == [(2, False)]
    winners = set()
    for seed in map(str, range(20)):
        [one] = going_on(one_match, [by_points({1: 100, 2: 100})], seed, 0)
        winners.add(one.entrant)
        assert one.lot
    assert winners == {1, 2}


def test_equal_runners_up_are_drawn_among_themselves() -> None:
    semis = [by_points({1: 200, 2: 80}), by_points({4: 90, 5: 80})]
    found = going_on(PROVINCE[1], semis, "hạt", 1)
    assert found[2].lot and found[2].entrant in (2, 5)
    assert not found[0].lot
