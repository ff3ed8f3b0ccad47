"""A typed answer. `answer`: the list of accepted spellings, the first is shown as the key.

Compared as people expect (quizzes.text.matches). Setting `marks`: optional (default) lets a letter lack
its marks, as phones without a Vietnamese keyboard type; required does not. `case`: ignore or exact.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from quizzes.engine import Setting
from quizzes.problems import Problem
from quizzes.questions import cells
from quizzes.questions.contract import (
    FULL,
    REST,
    Choice,
    Question,
    Shown,
    bad_choice,
    bare_face,
    check_no_options,
    problem,
    question_type,
    setting,
)
from quizzes.refusals import N_
from quizzes.text import matches, spelling, visible
from quizzes.words import is_decent

SETTINGS = {
    "marks": Setting("choice", "optional", N_("Dấu tiếng Việt"), choices=("optional", "required")),
    "case": Setting("choice", "ignore", N_("Chữ hoa, chữ thường"), choices=("ignore", "exact")),
}
LONGEST = 200  # characters of an answer
MOST_SPELLINGS = 30  # accepted spellings
SHOWN_VALUES = 8  # texts shown apart
GUESSES = ("không rõ", "chưa biết")


def check(draft: Question) -> list[Problem]:
    answer = draft.get("answer")
    if not isinstance(answer, list) or not 1 <= len(answer) <= MOST_SPELLINGS:
        sentence = N_("Đáp án phải là danh sách từ 1 đến %(most)s cách viết được chấp nhận.")
        return [*check_no_options(draft), problem(("answer",), "answer_spellings", sentence, most=MOST_SPELLINGS)]
    return check_no_options(draft) + [
        problem(("answer", place), "answer_spelling", N_("Cách viết này trống hoặc quá dài."))
        for place, one in enumerate(answer)
        if not isinstance(one, str) or len(one) > LONGEST or not visible(one)
    ]


def face(question: Question, shown: Shown, lang: str) -> dict[str, Any]:
    return bare_face(question, lang) | {"options": [], "max_length": LONGEST}


def read(question: Question, shown: Shown, raw: Any) -> Choice:
    """NFC, visible, single spaces."""
    if not isinstance(raw, str) or len(raw) > 2 * LONGEST:
        raise bad_choice()
    typed = visible(raw)
    if not 1 <= len(typed) <= LONGEST:
        raise bad_choice()
    return typed


def is_right(question: Question, typed: str) -> bool:
    marks, case = (setting(question, SETTINGS, name) for name in ("marks", "case"))
    return matches(typed, question["answer"], marks=marks, case=case)


def grade(question: Question, shown: Shown, choice: Choice) -> int:
    return FULL if is_right(question, choice) else 0


def solution(question: Question, shown: Shown, lang: str) -> dict[str, Any]:
    return {"choice": visible(question["answer"][0]), "texts": list(question["answer"])}


def counts(question: Question, shown: Shown, choices: Iterable[Choice]) -> dict[str, int]:
    """The key's first spelling and what at least two people wrote -> how many; the others together.

    It is shown to the hall, so what one person wrote, and indecent words, only count among the others.
    """
    first = visible(question["answer"][0])
    typed = Counter(choices)
    alike: Counter[str] = Counter()
    form: dict[str, str] = {}
    for text, count in typed.most_common():
        kind = spelling(text)
        alike[kind] += count
        form.setdefault(kind, text)
    found: Counter[str] = Counter({first: 0})
    for kind, count in alike.most_common():
        text = form[kind]
        if is_right(question, text):
            found[first] += count
        elif count > 1 and is_decent(text) and len(found) <= SHOWN_VALUES:
            found[text] += count
        else:
            found[REST] += count
    return dict(found)


def possible(question: Question, shown: Shown) -> list[Choice]:
    wrong = [guess for guess in GUESSES if not is_right(question, guess)]
    return [visible(question["answer"][0]), visible(question["answer"][-1]), *wrong]


QUESTION_TYPE = question_type(
    globals(),
    "text",
    N_("Điền chữ"),
    cell=cells.SPELLINGS,
    settings=SETTINGS,
    example={"text": {"vi": "Tên ứng dụng?"}, "answer": ["VNeID", "Ứng dụng VNeID"]},
    guide=("Ghi mọi cách viết được chấp nhận, ngăn bằng |.", "All accepted spellings, divided by |."),
)
