"""Duels of equal players on a quick and a slow line, with a fixed seed: the order of buzzes favours neither by much.

The question is heard in the hall, so both may buzz at the same moment; reactions are normal, 600 ms and 80 ms wide.
"""

import random

from quizzes.draws import Draws
from quizzes.engine import Graded
from quizzes.mechanics.buzz import LAG_CAP_US, order

DUELS = 4_000
QUICK, SLOW = 30.0, 180.0
"""Round trips in milliseconds."""


def won_by_the_quick_line(quick_lag_ms: float = QUICK / 2, slow_lag_ms: float = SLOW / 2, slow: float = SLOW) -> float:
    """Share of the duels; the figures are what the server measured, half a round trip where nobody cheats."""
    dice, won = random.Random(2026), 0
    for number in range(DUELS):
        reactions = [dice.gauss(600, 80), dice.gauss(600, 80)]
        buzzes = [
            Graded(1, 0, round(1000 * (reactions[0] + QUICK / 2)), round(1000 * quick_lag_ms), True),
            Graded(2, 0, round(1000 * (reactions[1] + slow / 2)), round(1000 * slow_lag_ms), True),
        ]
        won += order(buzzes, Draws("công bằng", number))[0].seat == 1
    return won / DUELS


def test_equal_players_on_lines_of_30_and_180_ms_win_about_as_often() -> None:
    assert 0.43 <= won_by_the_quick_line() <= 0.57


def test_without_the_lag_taken_off_the_slow_line_would_lose_far_more() -> None:
    assert won_by_the_quick_line(0, 0) > 0.65


def test_who_delays_the_measuring_gains_no_more_than_the_cap() -> None:
    honest = won_by_the_quick_line(slow=QUICK, slow_lag_ms=QUICK / 2)
    at_the_cap = won_by_the_quick_line(slow=QUICK, slow_lag_ms=LAG_CAP_US / 1000)
    beyond = won_by_the_quick_line(slow=QUICK, slow_lag_ms=500)
    assert 0.47 < honest < 0.53
    assert beyond == at_the_cap
