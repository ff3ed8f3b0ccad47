"""The comparisons of the kill rounds: the record against the replies that phones got, and every seat's points."""

from __future__ import annotations

from typing import Any

import pytest

from app.load.chaos import DEATHS
from app.load.found import Found, counted_twice, judged_again
from app.load.loop import Loop
from app.load.steady import Seat
from app.load.wire import Screen

FIRST = {"no": 1, "results": {"1": [200, 1, 5], "2": [200, 1, 6]}}
SECOND = {"no": 2, "results": {"1": [200, 1, 5]}}
POINTS = [{"seat": 1, "points": 400}, {"seat": 2, "points": 200}, {"seat": 3, "points": 0}]


def journal(*verdicts: dict[str, Any]) -> list[list[Any]]:
    return [[seq, 0, "clock", None, "judged", data] for seq, data in enumerate(verdicts, start=1)]


def test_what_was_judged_and_counted_once_is_not_twice() -> None:
    assert counted_twice(journal(FIRST, SECOND), POINTS) == 0


def test_an_opening_judged_again_is_twice() -> None:
    assert counted_twice(journal(FIRST, SECOND, SECOND), POINTS) == 1


def test_every_seat_with_more_or_less_than_the_sum_of_its_verdicts_is_twice() -> None:
    assert counted_twice(journal(FIRST, SECOND), [*POINTS[1:], {"seat": 1, "points": 600}]) == 1
    assert counted_twice(journal(FIRST, SECOND), POINTS[:1]) == 1
    assert counted_twice(journal(FIRST, SECOND), [*POINTS, {"seat": 4, "points": 200}]) == 1


def test_a_server_dies_before_a_commit_after_it_and_at_random_in_every_eight_questions() -> None:
    assert len(DEATHS) == 8
    assert {"any", "long", "storing", "stored", "performed-judge"} == set(DEATHS)


def told(number: int, choice: Any, refused: str = "") -> Seat:
    seat = Seat(Loop(), ("127.0.0.1", 9), number)
    seat.phone.seat = number
    seat.told = {} if refused else {1: (choice, False)}
    seat.refused = {1: refused} if refused else {}
    return seat


def test_in_any_script_what_was_acknowledged_is_stored_as_given_and_only_too_late_may_be_refused() -> None:
    found = Found(4)
    record = {"ballots": [[1, 1, 0, "a", 5, 0], [1, 2, 0, "b", 5, 0]]}
    seats = [told(1, "a"), told(2, "a"), told(3, None, "too_late"), told(4, None, "bad_choice")]
    found.compare_stored(record, seats)
    assert (found.acknowledged, found.lost) == (2, 1)
    assert found.problems == ["seat 4 was refused in 1: bad_choice"]


class Line:
    """The line of a phone that has come back, and what was sent on it."""

    def __init__(self, screen: Screen) -> None:
        self.screen, self.sent = screen, list[str]()

    def call(self, event: str, message: bytes, then: Any) -> None:
        self.sent.append(event)


@pytest.mark.parametrize(("phase", "sends"), [("open", 1), ("answering", 1), ("closed", 1), ("suspended", 0)])
def test_who_comes_back_asks_what_became_of_an_answer_also_when_the_opening_is_over(phase: str, sends: int) -> None:
    seat, screen = Seat(Loop(), ("127.0.0.1", 9), 1), Screen(7, 0, {"phase": phase, "no": 2})
    seat.buzz(1)  # there is no line yet
    line: Any = Line(screen)
    seat.phone = line
    seat._saw(line, screen)
    assert line.sent == ["answer"] * sends


def test_every_member_has_the_points_of_the_end_once() -> None:
    found = Found(3)
    found.compare_posted({1: 400, 2: 0, 3: 20}, {1: [400], 2: [], 3: [20, 20]})
    assert (found.members, found.misposted) == (3, 1)


def test_an_opening_judged_again_is_counted_in_any_script() -> None:
    assert judged_again(journal(FIRST, SECOND, SECOND)) == 1
