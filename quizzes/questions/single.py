"""One right option among several. `answer`: the index of the right option, from 0."""

from __future__ import annotations

from typing import Any

from quizzes.problems import Problem
from quizzes.questions import cells, options
from quizzes.questions.contract import FULL, Choice, Question, Shown, problem, question_type
from quizzes.refusals import N_


def check(draft: Question) -> list[Problem]:
    found = options.check_options(draft)
    if not found and not options.is_index(draft.get("answer"), len(draft["options"])):
        sentence = N_("Đáp án phải là số thứ tự của một phương án, đếm từ 0.")
        found.append(problem(("answer",), "answer_index", sentence))
    return found


def grade(question: Question, shown: Shown, choice: Choice) -> int:
    return FULL if choice == options.id_of(shown, question["answer"]) else 0


def solution(question: Question, shown: Shown, lang: str) -> dict[str, Any]:
    right = question["answer"]
    return {"choice": options.id_of(shown, right), "texts": [options.text_of(question, right, lang)]}


QUESTION_TYPE = question_type(
    globals(),
    "single",
    N_("Một đáp án đúng"),
    read=options.read_one,
    counts=options.count_each,
    possible=options.each_one,
    **options.CHOSEN,
    cell=cells.LETTER,
    settings={"shuffle": options.SHUFFLE},
    example={"text": {"vi": "Câu chọn một đáp án?"}, "options": options.LETTERED, "answer": 1},
    guide=("Ghi chữ cái của phương án đúng.", "The letter of the right option."),
)
