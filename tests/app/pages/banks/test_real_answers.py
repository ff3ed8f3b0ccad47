"""How hard a question was, from real answers of contests that are over."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from app.pages.banks import real_answers
from app.services.banks.review_desk import Use
from quizzes.contest.desk.statistics import Item


def use(number: int, *, over: bool = True) -> Use:
    return Use("contest", f"c{number}", {"vi": "Cuộc thi"}, 1, over, {}, number)


def test_the_answers_of_all_contests_say_how_hard_a_question_is(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = {
        1: Item("b/q", 20, 900, 310, {}, ""),
        2: Item("b/q", 60, 300, -400, {}, "check_key"),
        3: Item("b/q", 99, 0, 0, {}, ""),
    }
    monkeypatch.setattr(real_answers.statistics, "ready", lambda number: SimpleNamespace(items=[kept[number]]))
    found = real_answers.real([use(1), use(2), use(3, over=False)], "b/q")
    assert (found.answers, found.difficulty) == (80, 4), "450 of a thousand were right; what still runs tells nothing"
    assert real_answers.real([use(1)], "b/q").difficulty is None, "twenty answers are too few"
    assert real_answers.real([use(1)], "b/another").asked_in == []


def test_each_share_right_has_its_difficulty() -> None:
    assert [real_answers.level(share) for share in (1000, 850, 849, 700, 500, 300, 299, 0)] == [1, 1, 2, 2, 3, 4, 5, 5]
