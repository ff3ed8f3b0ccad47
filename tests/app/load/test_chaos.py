"""The comparisons of the kill rounds: the record against the replies that phones got, and every seat's points."""

from __future__ import annotations

from typing import Any

from app.load.chaos import DEATHS
from app.load.found import counted_twice

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
