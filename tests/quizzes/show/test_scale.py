"""A full hall: 5,000 seats. Generous bounds; they fail when something grows with the square."""

import json
from time import perf_counter

import pytest

from quizzes import show
from quizzes.engine import CLOCK, Ballot, Viewer
from tests.quizzes.people import SECOND, Stage, single, speed

SEATS = 5_000


@pytest.fixture(scope="module")
def hall() -> Stage:
    """Two questions answered by everybody."""
    played = Stage(
        speed(streak=True), questions=[[single(n) for n in range(1, 4)]], room={"upto": SEATS, "without": []}
    )
    for _ in range(2):
        played.until("open")
        options = [option for option, _ in played.ask.shown]
        played.ballots[played.ask.no] = [
            Ballot(seat, options[seat % 4], played.at + seat * 1_000) for seat in range(1, SEATS + 1)
        ]
        played.at += 10 * SECOND
        played.until("standings")
    return played


def seconds(work: object) -> float:
    began = perf_counter()
    work()  # type: ignore[operator]
    return perf_counter() - began


def test_judging_a_hall_is_quick_and_its_event_is_compact(hall: Stage) -> None:
    event = next(event for event, *_ in hall.journal if event.name == "judged")
    assert len(json.dumps(event.data)) < 40 * SEATS
    state = hall.state
    assert seconds(lambda: show.evolve(state, event)) < 1.0


def test_me_of_everybody_costs_a_look_into_a_dict_each(hall: Stage) -> None:
    show.me(hall.state, 1)
    assert seconds(lambda: [show.me(hall.state, seat) for seat in range(1, SEATS + 1)]) < 1.5


def test_a_screen_does_not_grow_with_the_hall(hall: Stage) -> None:
    for role in ("player", "stage", "host"):
        screen = show.view(hall.state, Viewer(role))
        assert len(json.dumps(screen)) < 8_000
    assert seconds(lambda: [show.view(hall.state, Viewer("player")) for _ in range(20)]) < 1.0


def test_the_hall_goes_on_after_a_restart_in_a_moment(hall: Stage) -> None:
    again = hall.replayed()
    assert again == hall.state
    assert len(show.results(again)) == SEATS
    hall.until("open")
    hall.command("close_now")
    assert seconds(lambda: hall.command("judge", CLOCK, no=hall.state.no, graded=[])) < 1.0
