"""Match pairs. `options`: first all of one side, then as many of the other; `answer`: for each of the first side the
number of its partner among all options, counted from 0.

A phone shows the first side as a list, and the partners are tapped in its order.

Setting `scoring`:
    all_or_nothing (default)   every pair right gives 1000, any other 0
    each                       1000 x right pairs / pairs, rounded down
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from quizzes.draws import Draws
from quizzes.engine import Setting
from quizzes.problems import Problem
from quizzes.questions import cells, options
from quizzes.questions.contract import (
    FULL,
    Choice,
    Question,
    Shown,
    bad_choice,
    bare_face,
    problem,
    question_type,
    setting,
)
from quizzes.refusals import N_

LEAST = 3
"""The fewest pairs: of two, a person who knows one knows both."""
SETTINGS = {"scoring": Setting("choice", "all_or_nothing", N_("Cách chấm"), choices=("all_or_nothing", "each"))}


def check(draft: Question) -> list[Problem]:
    found = options.check_options(draft, least=2 * LEAST)
    count = 0 if found else len(draft["options"])
    if count % 2:
        found.append(
            problem(("options",), "options_odd", N_("Ghép đôi cần số phương án chẵn: nửa đầu ghép với nửa sau."))
        )
    elif count and not (_is_answer(draft.get("answer"), count)):
        sentence = N_("Đáp án phải là số thứ tự của phương án nửa sau, đếm từ 0, theo thứ tự của nửa đầu.")
        found.append(problem(("answer",), "answer_pairs", sentence))
    return found


def _is_answer(answer: Any, count: int) -> bool:
    return options.are_indexes(answer, count) and sorted(answer) == list(range(count // 2, count))


def arrange(question: Question, draws: Draws) -> list[list[Any]]:
    """Each side in a drawn order; the first side stands first."""
    count = len(question["options"])
    ids = options.drawn_ids(count, draws)
    order = [*draws.shuffled(range(count // 2)), *draws.shuffled(range(count // 2, count))]
    return [[option_id, index] for option_id, index in zip(ids, order, strict=True)]


def sides(shown: Shown) -> tuple[Shown, Shown]:
    half = len(shown) // 2
    return shown[:half], shown[half:]


def face(question: Question, shown: Shown, lang: str) -> dict[str, Any]:
    """`rows`: the first side; `options`: the partners to be put beside it."""
    first, second = (options.face(question, side, lang)["options"] for side in sides(shown))
    return bare_face(question, lang) | {"rows": first, "options": second}


def read(question: Question, shown: Shown, raw: Any) -> Choice:
    partners = options.read_ids(sides(shown)[1], raw)
    if len(partners) != len(shown) // 2:
        raise bad_choice()
    return list(partners)


def right_partners(question: Question, shown: Shown) -> list[str]:
    return [options.id_of(shown, question["answer"][index]) for _, index in sides(shown)[0]]


def grade(question: Question, shown: Shown, choice: Choice) -> int:
    right = right_partners(question, shown)
    agree = sum(given == wanted for given, wanted in zip(choice, right, strict=True))
    if setting(question, SETTINGS, "scoring") == "each":
        return int(FULL * agree // len(right))
    return FULL if agree == len(right) else 0


def solution(question: Question, shown: Shown, lang: str) -> dict[str, Any]:
    texts = [
        f"{options.text_of(question, index, lang)} – {options.text_of(question, question['answer'][index], lang)}"
        for _, index in sides(shown)[0]
    ]
    return {"choice": right_partners(question, shown), "texts": texts}


def counts(question: Question, shown: Shown, choices: Iterable[Choice]) -> dict[str, int]:
    """Partner -> how many put it at its right place."""
    right = right_partners(question, shown)
    found = dict.fromkeys(right, 0)
    for choice in choices:
        for given, wanted in zip(choice, right, strict=True):
            found[wanted] += given == wanted
    return found


def possible(question: Question, shown: Shown) -> list[Choice]:
    right = right_partners(question, shown)
    return [right, right[1:] + right[:1], right[::-1]]


QUESTION_TYPE = question_type(
    globals(),
    "matching",
    N_("Ghép đôi"),
    cell=cells.LETTERS,
    settings=SETTINGS,
    example={
        "text": {"vi": "Ghép mỗi việc với nơi làm."},
        "options": [{"text": {"vi": one}} for one in ("Việc 1", "Việc 2", "Việc 3", "Nơi 1", "Nơi 2", "Nơi 3")],
        "answer": [5, 3, 4],
    },
    guide=(
        "Nửa đầu các phương án ghép với nửa sau: ghi chữ cái của nửa sau theo thứ tự nửa đầu.",
        "The first half of the options is matched with the second: its letters, in the order of the first.",
    ),
)
