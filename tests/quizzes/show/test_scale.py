"""A full hall beside a tenth of it, in one run: what fails has grown with the square."""

import json
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from quizzes import show
from quizzes.engine import CLOCK, Actor, Ballot, Command, Viewer
from tests.quizzes.people import SECOND, Stage, single, speed

TENTH, SEATS = 500, 5_000
IN_LINE, FLAT = 11.0, 1.5
"""Ten times the seats may take so many times the lines: a hundred times would be the square."""


def hall_of(seats: int) -> Stage:
    """Two questions answered by everybody."""
    played = Stage(
        speed(streak=True), questions=[[single(n) for n in range(1, 4)]], room={"upto": seats, "without": []}
    )
    for _ in range(2):
        played.until("open")
        options = [option for option, _ in played.ask.shown]
        played.ballots[played.ask.no] = [
            Ballot(seat, options[seat % 4], played.at + seat * 1_000) for seat in range(1, seats + 1)
        ]
        played.at += 10 * SECOND
        played.until("standings")
    return played


@pytest.fixture(scope="module")
def halls() -> tuple[Stage, Stage]:
    return hall_of(TENTH), hall_of(SEATS)


def growth(halls: tuple[Stage, Stage], work: Callable[[Stage], Any]) -> float:
    """How many times the lines it takes in a tenth of the hall it takes in the whole. Counted, not timed: a busy machine
    runs the same lines."""
    for hall in halls:
        work(hall)  # what a state keeps once it was asked for (its table) is made here
    return lines_of(work, halls[1]) / lines_of(work, halls[0])


def lines_of(work: Callable[[Stage], Any], hall: Stage) -> int:
    """Lines of Python that run, each as often as it does."""
    count = 0

    def line(_frame: FrameType, event: str, _about: Any) -> Any:
        nonlocal count
        count += event == "line"
        return line

    before = sys.gettrace()
    sys.settrace(line)
    try:
        work(hall)
    finally:
        sys.settrace(before)
    return count


def test_judging_a_hall_grows_with_the_hall_and_its_event_is_compact(halls: tuple[Stage, Stage]) -> None:
    def judged(hall: Stage) -> Any:
        return next(event for event, *_ in hall.journal if event.name == "judged")

    assert len(json.dumps(judged(halls[1]).data)) < 40 * SEATS
    assert growth(halls, lambda hall: show.evolve(hall.state, judged(hall))) < IN_LINE


def test_me_of_everybody_costs_a_look_into_a_dict_each(halls: tuple[Stage, Stage]) -> None:
    def me_of_everybody(hall: Stage) -> None:
        for seat in range(1, hall.room["upto"] + 1):
            show.me(hall.state, seat)

    assert growth(halls, me_of_everybody) < IN_LINE


def test_a_screen_does_not_grow_with_the_hall(halls: tuple[Stage, Stage]) -> None:
    for role in ("player", "stage", "host"):
        screen = show.view(halls[1].state, Viewer(role))
        assert len(json.dumps(screen)) < 8_000
    assert growth(halls, lambda hall: [show.view(hall.state, Viewer("player")) for _ in range(20)]) < FLAT


def test_the_hall_goes_on_after_a_restart(halls: tuple[Stage, Stage]) -> None:
    for hall in halls:
        again = hall.replayed()
        assert again == hall.state
        assert len(show.results(again)) == hall.room["upto"]
        hall.until("open")
        hall.command("close_now")

    def judge(hall):
        return show.decide(hall.state, Command("judge", Actor(CLOCK), hall.at, {"no": hall.state.no, "graded": []}))

    assert growth(halls, judge) < IN_LINE
