"""Before a round of a few begins, the host reads who will play it, and what parts those with as many points."""

from __future__ import annotations

from typing import Any

import pytest

from quizzes import show
from quizzes.engine import STAGE, Viewer
from tests.quizzes.people import AN, BINH, CHI, DUNG, EVERYBODY, Stage, single, speed
from tests.quizzes.show.test_line_up import TWO, rounds

FINAL = {"format": "warm_up", "settings": {"contestants": 2}}


def told(stage: Stage) -> dict[str, Any]:
    return dict(show.view(stage.state, Viewer("host"))["next"])


def revealed(stage: Stage, *right: tuple[int, float]) -> Stage:
    stage.until("open")
    for seat, after_s in sorted(right, key=lambda one: one[1]):
        stage.answer(seat, 0, after_s=after_s)
    stage.until("standings")
    return stage


def of_top(count: int, seed: str = "hạt") -> Stage:
    return Stage(*rounds(speed(seconds=0), who="top", count=count), questions=TWO, breaks=False, seed=seed)


def plays_next(stage: Stage) -> list[int]:
    index = stage.state.index
    while stage.state.index == index:
        stage.advance()
    return list(stage.state.round.cast.order or stage.state.round.setup.room.contestants)


@pytest.mark.parametrize("seed", range(6))
def test_a_lot_is_told_before_it_is_drawn_and_falls_as_told(seed: int) -> None:
    stage = revealed(of_top(2, f"{seed}"), (AN, 1), *((seat, 2) for seat in (BINH, CHI, DUNG)))
    coming = told(stage)
    assert coming["cut"]["by"] == "lot"
    assert coming["plays"][0] == AN
    assert {*coming["cut"]["enter"], *coming["cut"]["stay"]} == {*EVERYBODY}
    assert plays_next(stage) == coming["plays"]


def test_the_faster_one_is_told() -> None:
    stage = revealed(of_top(2), (AN, 1), (BINH, 3), (CHI, 2))
    assert told(stage)["cut"] | {"says": ""} == {"enter": [AN, CHI], "stay": [BINH], "by": "time", "says": ""}
    assert plays_next(stage) == [AN, CHI]


def test_more_right_answers_are_told() -> None:
    stage = revealed(of_top(1), (AN, 2), (BINH, 1))
    for seat in (AN, CHI):
        stage.command("adjust", seat=seat, points=200 - stage.score(seat))
    assert (stage.score(AN), stage.score(CHI)) == (200, 200)
    assert told(stage)["cut"]["by"] == "right"
    assert plays_next(stage) == [AN]


def test_where_points_part_them_nothing_is_told_but_who_plays() -> None:
    stage = revealed(of_top(1), (AN, 1))
    assert told(stage)["plays"] == [AN]
    assert "cut" not in told(stage)


def test_contestants_whom_nobody_named_are_told_too() -> None:
    stage = Stage(speed(seconds=0), FINAL, questions=[[single(1)], [single(2)]], breaks=False)
    revealed(stage, *((seat, 2) for seat in EVERYBODY))
    coming = told(stage)
    assert (coming["cut"]["by"], len(coming["plays"])) == ("lot", 2)
    assert plays_next(stage) == coming["plays"]


def test_in_a_round_and_before_a_round_of_everybody_nothing_is_told() -> None:
    stage = Stage(speed(seconds=0), speed(seconds=0), questions=TWO, breaks=False)
    revealed(stage, (AN, 1), (BINH, 1))
    assert "plays" not in told(stage)
    assert "next" not in show.view(stage.state, Viewer(STAGE))
