"""Duels of equal players on a quick and a slow line, with a fixed seed: the order of buzzes favours neither by much.

The question is heard in the hall, so both may buzz at the same moment; reactions are normal, 600 ms and 80 ms wide.
"""

import random
from collections.abc import Callable

import pytest

from quizzes.draws import Draws
from quizzes.engine import CLOCK, Ballot, Graded
from quizzes.mechanics.buzz import LAG_CAP_US, WINDOW_US, order
from quizzes.mechanics.floor import Floor
from tests.quizzes.people import BINH, CHI, Stage, single

DUELS, PLAYED = 4_000, 400
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


def common_turn_of_warm_up() -> Stage:
    """Buzzers open half a second after the host begins to read."""
    spec = {"format": "warm_up", "settings": {"contestants": 4, "each": 0, "common": 2, "along": False}}
    played = Stage(spec, questions=[[single(1), single(2)]], standings="never")
    played.until("open")
    return played


def steal_of_finish() -> Stage:
    """The contestant whose turn it is was wrong: the others may buzz."""
    spec = {"format": "finish", "settings": {"each": 1, "along": False}}
    played = Stage(spec, questions=[[single(number) for number in range(1, 5)]], standings="never")
    played.until("open")
    seat = played.state.round.cast.turn
    played.answer(seat, raw="20")
    played.advance()
    played.until("open")
    played.answer(seat, 1)
    played.advance()
    return played


def named_first(played: Stage, buzzes: dict[int, tuple[int, int]]) -> int | None:
    """The seat that gets the word, as the whole format decides it. `buzzes`: seat -> (received after the opening,
    measured lag), microseconds."""
    ask = played.ask
    assert ask.kind == "buzz"
    stored = [Ballot(seat, True, ask.opens_at + at, lag) for seat, (at, lag) in buzzes.items()]
    first = min(one.at for one in stored)
    inside = [one for one in stored if one.at <= first + WINDOW_US]
    played.at, played.ballots[ask.no] = first, inside
    played.command("buzzed", CLOCK, no=ask.no, at=first)
    played.clock()
    answering: int | None = played.state.round.of(Floor).answering
    return answering


def won_in_the_format(played: Stage, measured: bool) -> float:
    """Share of the duels that the quick line won; lots and seats favour neither, as the lines change hands."""
    dice, won, state, at = random.Random(2026), 0, played.state, played.at
    for number in range(PLAYED):
        quick, slow = (BINH, CHI) if number % 2 else (CHI, BINH)
        buzzes = {}
        for seat, line in ((quick, QUICK), (slow, SLOW)):
            half = round(1000 * line / 2)
            buzzes[seat] = (round(1000 * dice.gauss(600, 80)) + half, half if measured else 0)
        played.state, played.at, played.journal = state, at, []
        won += named_first(played, buzzes) == quick
    return won / PLAYED


@pytest.mark.parametrize("prepared", [common_turn_of_warm_up, steal_of_finish])
def test_equal_players_win_about_as_often_in_each_format_where_contestants_buzz(prepared: Callable[[], Stage]) -> None:
    assert 0.43 <= won_in_the_format(prepared(), measured=True) <= 0.57
    assert won_in_the_format(prepared(), measured=False) > 0.65
