"""Put into order. `options` in any order, `answer`: their indexes in the right order.

Setting `scoring`:
    all_or_nothing (default)   the right order gives 1000, any other 0
    pairs                      1000 x max(0, pairs in right order - pairs in wrong order) / all pairs,
                               rounded down: a random order is worth nothing on average
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from typing import Any

from quizzes.draws import Draws
from quizzes.engine import Setting
from quizzes.problems import Problem
from quizzes.questions import cells, options
from quizzes.questions.contract import FULL, Choice, Question, Shown, bad_choice, problem, question_type, setting
from quizzes.refusals import N_

SETTINGS = {"scoring": Setting("choice", "all_or_nothing", N_("Cách chấm"), choices=("all_or_nothing", "pairs"))}


def check(draft: Question) -> list[Problem]:
    """The fewest options: of two, the order shown would tell the right one."""
    found = options.check_options(draft, least=3)
    answer = draft.get("answer")
    count = 0 if found else len(draft["options"])
    if not found and not (options.are_indexes(answer, count) and len(draft["answer"]) == count):
        sentence = N_("Đáp án phải là số thứ tự của tất cả phương án, đếm từ 0, theo thứ tự đúng.")
        found.append(problem(("answer",), "answer_order", sentence))
    return found


def arrange(question: Question, draws: Draws) -> list[list[Any]]:
    """Draws the order without the key. Only an order that is right by chance is turned by one place."""
    ids = options.drawn_ids(len(question["options"]), draws)
    order = draws.shuffled(range(len(ids)))
    if order == question["answer"]:
        order = order[1:] + order[:1]
    return [[option_id, index] for option_id, index in zip(ids, order, strict=True)]


def read(question: Question, shown: Shown, raw: Any) -> Choice:
    order = options.read_ids(shown, raw)
    if len(order) != len(shown):
        raise bad_choice()
    return list(order)


def right_order(question: Question, shown: Shown) -> list[str]:
    return [options.id_of(shown, index) for index in question["answer"]]


def grade(question: Question, shown: Shown, choice: Choice) -> int:
    right = right_order(question, shown)
    if setting(question, SETTINGS, "scoring") == "pairs":
        pairs = list(combinations((right.index(one) for one in choice), 2))
        agree = sum(before < after for before, after in pairs)
        return FULL * max(0, 2 * agree - len(pairs)) // len(pairs)
    return FULL if choice == right else 0


def solution(question: Question, shown: Shown, lang: str) -> dict[str, Any]:
    texts = [options.text_of(question, index, lang) for index in question["answer"]]
    return {"choice": right_order(question, shown), "texts": texts}


def counts(question: Question, shown: Shown, choices: Iterable[Choice]) -> dict[str, int]:
    """Option id -> how many put it at its right place."""
    right = right_order(question, shown)
    found = dict.fromkeys(options.ids(shown), 0)
    for choice in choices:
        for given, wanted in zip(choice, right, strict=True):
            found[wanted] += given == wanted
    return found


def possible(question: Question, shown: Shown) -> list[Choice]:
    right = right_order(question, shown)
    return [right, options.ids(shown), right[::-1]]


QUESTION_TYPE = question_type(
    globals(),
    "ordering",
    N_("Sắp xếp thứ tự"),
    face=options.face,
    cell=cells.LETTERS,
    settings=SETTINGS,
    example={"text": {"vi": "Sắp xếp các bước."}, "options": options.LETTERED, "answer": [2, 0, 1, 3]},
    guide=("Ghi các chữ cái theo thứ tự đúng.", "The letters in the right order."),
)
