"""Performances that judges mark."""

from typing import Any

import pytest

from quizzes import show
from quizzes.engine import Viewer
from quizzes.refusals import Rejected
from tests.quizzes.people import AN, BINH, SECOND, Stage, word

JUDGES = [1_000_001, 1_000_002, 1_000_003, 1_000_004]


def stage(**settings: Any) -> Stage:
    """An and Bình perform before four judges."""
    spec = {"format": "judged", "settings": {"contestants": 2, **settings}}
    played = Stage(spec, questions=[[word(1)]], known={"judges": JUDGES}, standings="never")
    played.until("open")
    return played


def seen(played: Stage) -> dict[str, Any]:
    found: dict[str, Any] = show.view(played.state, Viewer("stage"))["format"]
    return found


def mark(played: Stage, *sheets: list[float]) -> None:
    no = next(ask.no for ask in show.asks(played.state) if ask.status == "open")
    for judge, marks in zip(JUDGES, sheets, strict=False):
        played.answer(judge, raw={str(number): mark for number, mark in enumerate(marks, start=1)}, no=no)
    played.until("revealed")


def test_the_mean_of_the_judges_goes_to_whoever_performed_and_every_sheet_is_published() -> None:
    played = stage()
    assert "sheets" not in seen(played)
    mark(played, [8, 9], [7, 8], [9, 9], [8, 8])
    assert (played.score(AN), played.score(BINH)) == (16.5, 0)
    assert [one["marks"] for one in seen(played)["sheets"]] == [[8, 9], [7, 8], [9, 9], [8, 8]]
    mark_next = [[5, 5]] * 4
    played.until("open")
    mark(played, *mark_next)
    assert played.score(BINH) == 10
    played.advance()
    assert played.phase == "over"
    assert played.replayed() == played.state


def test_highest_and_lowest_may_be_left_out() -> None:
    played = stage(marks="trimmed")
    mark(played, [10, 10], [8, 8], [7, 7], [0, 0])
    assert played.score(AN) == 15


@pytest.mark.parametrize(("over", "points"), [(-1, 16), (0, 16), (1, 15), (30, 15), (31, 14), (10_000, 0)])
def test_each_started_stretch_of_overtime_costs_its_points_and_never_more_than_there_are(
    over: int, points: float
) -> None:
    played = stage(minutes=3, overtime_every=30, overtime_points=1)
    played.at = played.ask.opens_at + (180 + over) * SECOND
    played.command("performed")
    with pytest.raises(Rejected, match="not_now"):
        played.command("performed")
    mark(played, *[[8, 8]] * 4)
    assert (played.score(AN), seen(played)["docked"]) == (points, 16 - points)


def test_a_pause_is_no_overtime() -> None:
    played = stage(minutes=3)
    played.command("pause")
    played.at += 600 * SECOND
    played.command("resume")
    played.at += 100 * SECOND
    played.command("performed")
    mark(played, *[[8, 8]] * 4)
    assert played.score(AN) == 16


def test_without_judges_the_performance_goes_on_and_gives_no_points() -> None:
    spec = {"format": "judged", "settings": {"contestants": 1}}
    played = Stage(spec, questions=[[word(1)]], standings="never")
    played.until("revealed")
    assert (played.score(AN), seen(played)["sheets"]) == (0, [])
    played.until("over")


def test_the_host_may_give_more_time() -> None:
    played = stage(minutes=3, overtime_points=1)
    played.command("extend", seconds=60)
    played.at = played.ask.opens_at + 235 * SECOND
    played.command("performed")
    mark(played, *[[8, 8]] * 4)
    assert played.score(AN) == 16
