"""One statement, true or false. `answer`: true or false. It is answered by option id, as a choice of two."""

from __future__ import annotations

from typing import Any

from quizzes.draws import Draws
from quizzes.problems import Problem
from quizzes.questions import cells, options
from quizzes.questions.contract import (
    FULL,
    Choice,
    Question,
    Shown,
    bare_face,
    check_no_options,
    problem,
    question_type,
)
from quizzes.refusals import N_


def check(draft: Question) -> list[Problem]:
    found = check_no_options(draft)
    if not isinstance(draft.get("answer"), bool):
        found.append(problem(("answer",), "answer_bool", N_("Đáp án phải là true (đúng) hoặc false (sai).")))
    return found


def arrange(question: Question, draws: Draws) -> list[list[Any]]:
    return [[option_id, index] for index, option_id in enumerate(options.drawn_ids(2, draws))]


def face(question: Question, shown: Shown, lang: str) -> dict[str, Any]:
    words = options.TRUE_AND_FALSE.get(lang, options.TRUE_AND_FALSE["vi"])
    faces = [{"id": option_id, "text": words[index]} for option_id, index in shown]
    return bare_face(question, lang) | {"options": faces}


def right_id(question: Question, shown: Shown) -> str:
    return options.id_of(shown, 0 if question["answer"] else 1)


def grade(question: Question, shown: Shown, choice: Choice) -> int:
    return FULL if choice == right_id(question, shown) else 0


def solution(question: Question, shown: Shown, lang: str) -> dict[str, Any]:
    word = options.TRUE_AND_FALSE.get(lang, options.TRUE_AND_FALSE["vi"])[0 if question["answer"] else 1]
    return {"choice": right_id(question, shown), "texts": [word]}


QUESTION_TYPE = question_type(
    globals(),
    "true_false",
    N_("Đúng hay sai"),
    read=options.read_one,
    counts=options.count_each,
    possible=options.each_one,
    cell=cells.TRUTH,
    example={"text": {"vi": "Một nhận định."}, "answer": True},
    guide=("Ghi Đ hoặc S; không cần phương án.", "Đ (true) or S (false); no options."),
)
