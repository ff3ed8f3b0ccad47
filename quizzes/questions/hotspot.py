"""Touch a place in a picture. A grid of eight columns (A to H) and six rows (1 to 6) lies over it; `answer`: the cells
of the right place. One touch inside it is right.

A cell is what a thumb can hit and what a screen reader can name, and no pixel of a phone has to be believed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

from quizzes.draws import Draws
from quizzes.problems import Problem
from quizzes.questions.cells import CellForm
from quizzes.questions.contract import (
    FULL,
    Choice,
    Question,
    Shown,
    bad_choice,
    bare_face,
    check_no_options,
    problem,
    question_type,
)
from quizzes.refusals import N_

CELL = re.compile(r"[A-H][1-6]")
PICTURE = re.compile(r"[^/]+\.webp")


def are_cells(value: Any) -> bool:
    """True for a list of different cells."""
    cells = isinstance(value, list) and all(isinstance(one, str) and CELL.fullmatch(one) for one in value)
    return cells and 0 < len(value) == len(set(value))


def check(draft: Question) -> list[Problem]:
    found, media = check_no_options(draft), draft.get("media")
    name = media.get("name") if isinstance(media, dict) else None
    if not isinstance(name, str) or not PICTURE.fullmatch(name):
        found.append(problem(("media",), "hotspot_picture", N_("Dạng câu này cần một hình.")))
    if not are_cells(draft.get("answer")):
        sentence = N_("Đáp án là các ô trên lưới 8 cột (A đến H) và 6 hàng (1 đến 6), ví dụ B2, C2.")
        found.append(problem(("answer",), "answer_cells", sentence))
    return found


def arrange(question: Question, draws: Draws) -> list[list[Any]]:
    return []


def face(question: Question, shown: Shown, lang: str) -> dict[str, Any]:
    return bare_face(question, lang) | {"options": []}


def read(question: Question, shown: Shown, raw: Any) -> Choice:
    """A cell. A list of them is the whole place, as the key has it."""
    if isinstance(raw, str) and CELL.fullmatch(raw):
        return raw
    if not are_cells(raw):
        raise bad_choice()
    return sorted(raw)


def grade(question: Question, shown: Shown, choice: Choice) -> int:
    place = question["answer"]
    return FULL if choice in place or choice == sorted(place) else 0


def solution(question: Question, shown: Shown, lang: str) -> dict[str, Any]:
    place = sorted(question["answer"])
    return {"choice": place, "texts": [", ".join(place)]}


def counts(question: Question, shown: Shown, choices: Iterable[Choice]) -> dict[str, int]:
    """Cell -> how many touched it."""
    return dict(Counter(cell for choice in choices for cell in ([choice] if isinstance(choice, str) else choice)))


def possible(question: Question, shown: Shown) -> list[Choice]:
    wrong = next(cell for cell in ("A1", *(f"{column}6" for column in "HGFE")) if cell not in question["answer"])
    return [sorted(question["answer"])[0], wrong]


def _read_cells(cell: Any) -> list[str] | None:
    found = re.split(r"[\s,;]+", str(cell).strip().upper())
    return found if are_cells(found) else None


QUESTION_TYPE = question_type(
    globals(),
    "hotspot",
    N_("Chạm vào hình"),
    cell=CellForm(_read_cells, ", ".join, N_("Ghi các ô của chỗ đúng trên lưới 8 cột, 6 hàng, ví dụ B2, C2.")),
    guide=(
        "Hình có lưới 8 cột (A đến H) và 6 hàng (1 đến 6): ghi các ô của chỗ đúng.",
        "A grid of 8 columns (A to H) and 6 rows (1 to 6) lies over the picture: the cells of the right place.",
    ),
)
