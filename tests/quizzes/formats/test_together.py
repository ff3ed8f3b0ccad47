"""Cả hội trường."""

from quizzes import show
from quizzes.engine import Viewer
from tests.quizzes.people import AN, BINH, CHI, EVERYBODY, Stage, single


def played(right: tuple[int, ...], wrong: tuple[int, ...] = (), **settings: float) -> Stage:
    stage = Stage({"format": "together", "settings": settings}, questions=[[single(1)]])
    stage.until("open")
    for seat in (*right, *wrong):
        stage.answer(seat, 0 if seat in right else 1)
    stage.until("revealed")
    return stage


def test_where_enough_of_those_who_answered_are_right_all_of_them_earn_the_bonus() -> None:
    stage = played(right=(AN, BINH), wrong=(CHI,), share=66)
    assert [stage.score(seat) for seat in EVERYBODY] == [15, 15, 5, 0], "Dũng said nothing"
    told = show.view(stage.state, Viewer("stage"))["format"]
    assert (told["reached"], told["right"], told["of"]) == (True, 2, 3)


def test_one_too_few_and_only_the_right_ones_earn_anything() -> None:
    stage = played(right=(AN, BINH), wrong=(CHI,), share=67)
    assert [stage.score(seat) for seat in EVERYBODY] == [10, 10, 0, 0]


def test_nobody_answers_and_nobody_earns_anything() -> None:
    stage = played(right=())
    assert [stage.score(seat) for seat in EVERYBODY] == [0, 0, 0, 0]
    assert show.view(stage.state, Viewer("stage"))["format"]["reached"] is False


def test_before_the_key_nobody_is_told_how_many_are_right() -> None:
    stage = Stage({"format": "together"}, questions=[[single(1)]])
    stage.until("open")
    stage.answer(AN, 0)
    stage.until("closed")
    assert "right" not in show.view(stage.state, Viewer("stage"))["format"]


def test_points_and_the_bonus_may_have_halves() -> None:
    stage = played(right=(AN, BINH), wrong=(CHI,), share=66, points=7.5, bonus=0.5)
    assert [stage.score(seat) for seat in EVERYBODY] == [8, 8, 0.5, 0]
