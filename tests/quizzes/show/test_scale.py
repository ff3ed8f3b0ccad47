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
    """The ratio of the lines run in the whole hall to those run in a tenth of it. They are counted, not timed: a busy
    machine runs the same lines."""
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


CALLS_BEFORE = 42
"""Calls of the rules for one answer on the day before rounds were played by mechanics (54e2b114), counted as here."""


def test_an_answer_takes_no_more_calls_than_before_the_grammar(halls: tuple[Stage, Stage]) -> None:
    for seats in (TENTH, SEATS):
        hall = Stage(
            speed(streak=True), questions=[[single(n) for n in range(1, 4)]], room={"upto": seats, "without": []}
        )
        hall.until("open")
        assert calls_of(lambda hall=hall, seats=seats: answers(hall, seats)) <= CALLS_BEFORE * seats


def answers(hall: Stage, seats: int) -> None:
    """The questions of the shell to the rules for each answer that arrives."""
    no, options = hall.ask.no, [option for option, _ in hall.ask.shown]
    for seat in range(1, seats + 1):
        assert show.may_answer(hall.state, no, seat)
        show.read_choice(hall.state, no, options[seat % 4])
        assert show.after_ballot(hall.state, no, hall.at) is None


def calls_of(work: Callable[[], Any]) -> int:
    """Calls of Python and C while this runs."""
    count = 0

    def call(_frame: FrameType, event: str, _about: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(call)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count
