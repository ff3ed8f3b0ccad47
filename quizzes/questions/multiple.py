"""Several right options. `answer`: the list of their indexes, from 0.

Setting `scoring`:
    all_or_nothing (default)   exactly the right options give 1000, everything else 0
    each                       1000 x max(0, right picks - wrong picks) / number of right options,
                               rounded down: picking everything never pays
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from quizzes.engine import Setting
from quizzes.problems import Problem
from quizzes.questions import cells, options
from quizzes.questions.contract import FULL, Choice, Question, Shown, problem, question_type, setting
from quizzes.refusals import N_

SETTINGS = {
    "scoring": Setting("choice", "all_or_nothing", N_("Cách chấm"), choices=("all_or_nothing", "each")),
    "shuffle": options.SHUFFLE,
}


def check(draft: Question) -> list[Problem]:
    found = options.check_options(draft, least=3)
    if not found and not options.are_indexes(draft.get("answer"), len(draft["options"])):
        sentence = N_("Đáp án phải là danh sách số thứ tự các phương án đúng, đếm từ 0, không lặp lại.")
        found.append(problem(("answer",), "answer_indexes", sentence))
    return found


def read(question: Question, shown: Shown, raw: Any) -> Choice:
    """In shown order, so that the same picks are the same choice."""
    picked = options.read_ids(shown, raw)
    return [one for one in options.ids(shown) if one in picked]


def grade(question: Question, shown: Shown, choice: Choice) -> int:
    at = options.indexes(shown)
    right = set(question["answer"])
    hits = sum(at[one] in right for one in choice)
    misses = len(choice) - hits
    if setting(question, SETTINGS, "scoring") == "each":
        return FULL * max(0, hits - misses) // len(right)
    return FULL if hits == len(right) and not misses else 0


def solution(question: Question, shown: Shown, lang: str) -> dict[str, Any]:
    right = [[option_id, index] for option_id, index in shown if index in question["answer"]]
    texts = [options.text_of(question, index, lang) for _, index in right]
    return {"choice": [option_id for option_id, _ in right], "texts": texts}


def counts(question: Question, shown: Shown, choices: Iterable[Choice]) -> dict[str, int]:
    """Option id -> how many picked it; the sum may exceed the number of people."""
    found = dict.fromkeys(options.ids(shown), 0)
    for choice in choices:
        for one in choice:
            found[one] += 1
    return found


def possible(question: Question, shown: Shown) -> list[Choice]:
    right = solution(question, shown, "vi")["choice"]
    wrong = [one for one in options.ids(shown) if one not in right]
    some = [right, right[:1] + wrong[:1], wrong or right[1:], options.ids(shown)[:1]]
    return [read(question, shown, choice) for choice in some]


QUESTION_TYPE = question_type(
    globals(),
    "multiple",
    N_("Nhiều đáp án đúng"),
    **options.CHOSEN,
    cell=cells.LETTERS,
    settings=SETTINGS,
    is_set=True,
    example={"text": {"vi": "Câu chọn nhiều đáp án?"}, "options": options.LETTERED, "answer": [0, 2]},
    guide=("Ghi các chữ cái của mọi phương án đúng.", "The letters of all right options."),
)
