"""Ai đoán sát nhất."""

from typing import Any

from quizzes import show
from quizzes.engine import Viewer
from quizzes.script import check_question
from tests.quizzes.people import AN, BINH, CHI, DUNG, EVERYBODY, Stage, single
from tests.quizzes.questions.samples import question


def played(guesses: dict[int, float], **settings: Any) -> Stage:
    """A question whose key is 2025."""
    stage = Stage({"format": "closest", "settings": settings}, questions=[[question("number", 2025)]])
    stage.until("open")
    for seat, guess in guesses.items():
        stage.answer(seat, raw=guess)
    stage.until("revealed")
    return stage


def test_the_closest_earn_most_and_who_says_nothing_earns_nothing() -> None:
    stage = played({AN: 2000, BINH: 2024, CHI: 1900})
    assert [stage.score(seat) for seat in EVERYBODY] == [30, 50, 20, 0]
    closest = show.view(stage.state, Viewer("stage"))["format"]["closest"]
    assert closest == [{"seat": BINH, "points": 50}, {"seat": AN, "points": 30}, {"seat": CHI, "points": 20}]


def test_too_much_and_too_little_are_the_same_and_equal_ones_share_the_better_place() -> None:
    stage = played({AN: 2020, BINH: 2030, CHI: 2024.5, DUNG: 2035}, by_rank=[10, 6])
    assert [stage.score(seat) for seat in EVERYBODY] == [6, 6, 10, 0]


def test_only_numbers_are_asked() -> None:
    assert [one.code for one in check_question("closest", single(1))] == ["type_unknown"]
