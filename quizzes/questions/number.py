"""A number. `answer`: the number; settings: `tolerance` around it, counted as `tolerance_kind`, and a `unit`.

absolute (default): right when |typed - answer| <= tolerance; percent: when <= |answer| x tolerance / 100.
Computed in decimals as written, so that 0.15 lies within 0.05 of 0.1. A number may come as text in
Vietnamese writing: 1.000.000 or 3,5.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from quizzes.engine import Setting
from quizzes.problems import Problem
from quizzes.questions.cells import CellForm
from quizzes.questions.contract import (
    FULL,
    REST,
    Choice,
    Question,
    Shown,
    bad_choice,
    bare_face,
    check_no_options,
    localized,
    problem,
    question_type,
    setting,
)
from quizzes.refusals import N_
from quizzes.settings.values import is_number
from quizzes.text import fold

SETTINGS = {
    "tolerance": Setting("number", 0, N_("Sai số cho phép")),
    "tolerance_kind": Setting("choice", "absolute", N_("Cách tính sai số"), choices=("absolute", "percent")),
    "unit": Setting("localized", None, N_("Đơn vị")),
}
WRITTEN = 40
"""The most characters of a number as text."""
SHOWN_VALUES = 8
"""The numbers that are counted one by one; all others are counted together."""
PERCENT = re.compile(r"phan tram|per ?cent")
SCALES = frozenset(
    ["chuc", "tram", "nghin", "ngan", "van", "trieu", "ty", "ti", "dozen", "hundred", "thousand", "million", "billion"]
)
"""Words that change a number: they are dropped only where they are its unit."""


def check(draft: Question) -> list[Problem]:
    found = check_no_options(draft)
    if not is_number(draft.get("answer")):
        found.append(problem(("answer",), "answer_number", N_("Đáp án phải là một số.")))
    return found


def face(question: Question, shown: Shown, lang: str) -> dict[str, Any]:
    unit = setting(question, SETTINGS, "unit")
    return bare_face(question, lang) | {"options": []} | ({"unit": localized(unit, lang)} if unit else {})


def from_cell(cell: Any) -> float | None:
    """A number of the spreadsheet as it is, a text in Vietnamese writing."""
    value: Any = parse(cell) if isinstance(cell, str) else cell
    if not is_number(value):
        return None
    return int(value) if value == int(value) else float(value)


def read(question: Question, shown: Shown, raw: Any) -> Choice:
    """A whole number where it is one, so that 3 and 3.0 are the same choice; "5 người" where people are counted."""
    value = from_cell(_bare(question, raw) if isinstance(raw, str) else raw)
    if value is None:
        raise bad_choice()
    return value


def _bare(question: Question, typed: str) -> str:
    """A typed number without the words around it that are its unit or stand in its question; else as it was."""
    found = re.fullmatch(r"([^\d+−-]*)([+−-]?\d(?:[\d.,\s]*\d)?)([^\d]*)", typed[: 2 * WRITTEN].strip())
    if found is None or not found[1] + found[3]:
        return typed
    unit = setting(question, SETTINGS, "unit") or {}
    units = _words(" ".join(map(str, unit.values() if isinstance(unit, Mapping) else [unit])))
    known = (_words(" ".join(question["text"].values())) - SCALES) | units | set("%.,;")
    return found[2] if _words(f"{found[1]} {found[3]}") <= known else typed


def _words(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d]+|[^\w\s]", PERCENT.sub("%", fold(text))))


def parse(text: str) -> float | None:
    """Vietnamese writing first: dots between threes are thousands, a comma is decimal; 3.5 works too."""
    text = "".join(text[: WRITTEN + 1].split()).replace("−", "-")
    if re.fullmatch(r"[+-]?[0-9]{1,3}(\.[0-9]{3})+(,[0-9]+)?", text):
        text = text.replace(".", "")
    elif re.fullmatch(r"[+-]?[0-9]{1,3}(,[0-9]{3}){2,}(\.[0-9]+)?", text):
        text = text.replace(",", "")
    if len(text) > WRITTEN or not re.fullmatch(r"[+-]?[0-9]+([.,][0-9]+)?", text):
        return None
    return float(text.replace(",", "."))


def grade(question: Question, shown: Shown, choice: Choice) -> int:
    wanted, given = Decimal(repr(question["answer"])), Decimal(repr(choice))
    allowed = Decimal(repr(setting(question, SETTINGS, "tolerance")))
    if setting(question, SETTINGS, "tolerance_kind") == "percent":
        allowed = abs(wanted) * allowed / 100
    return FULL if abs(given - wanted) <= allowed else 0


def written(value: float, lang: str) -> str:
    """Write the number as people do: thousands divided from 10,000 on, so that years stay years."""
    text = f"{Decimal(repr(value)):,f}" if abs(value) >= 10_000 else f"{Decimal(repr(value)):f}"
    return text.translate(str.maketrans(",.", ".,")) if lang == "vi" else text


def solution(question: Question, shown: Shown, lang: str) -> dict[str, Any]:
    answer, allowed = question["answer"], setting(question, SETTINGS, "tolerance")
    words = [written(answer, lang)]
    if allowed:
        percent = "%" if setting(question, SETTINGS, "tolerance_kind") == "percent" else ""
        words.append(f"± {written(allowed, lang)}{percent}")
    unit = localized(setting(question, SETTINGS, "unit"), lang)
    return {"choice": read(question, shown, answer), "texts": [" ".join([*words, unit]).strip()]}


def counts(question: Question, shown: Shown, choices: Iterable[Choice]) -> dict[str, int]:
    """The most given numbers as text -> how many; the others together."""
    given = Counter(choices).most_common()
    most = {str(value): count for value, count in sorted(given[:SHOWN_VALUES])}
    rest = sum(count for _, count in given[SHOWN_VALUES:])
    return most | ({REST: rest} if rest else {})


def possible(question: Question, shown: Shown) -> list[Choice]:
    answer = question["answer"]
    far = abs(answer) * 2 + setting(question, SETTINGS, "tolerance") + 1
    choices = [answer, -far if answer > 0 else far, 0, answer + 1]
    return [read(question, shown, choice) for choice in choices if is_number(choice)]


CELL = CellForm(
    from_cell,
    lambda answer: int(answer) if answer == int(answer) else float(answer),
    N_("Ghi một số, ví dụ 2025 hoặc 3,5."),
)


QUESTION_TYPE = question_type(
    globals(),
    "number",
    N_("Điền số"),
    cell=CELL,
    settings=SETTINGS,
    example={"text": {"vi": "Năm nào?"}, "answer": 2026, "settings": {"tolerance": 0}},
    guide=("Ghi một số; sai số ở cột Thiết lập.", "A number; its tolerance in the settings."),
)
