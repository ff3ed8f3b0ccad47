"""The spreadsheet of Quizizz, now Wayground: XLSX or CSV, a row of help below the titles.

Of Fill-in-the-Blank the options are the accepted answers. Open-Ended, Poll and Draw have no key, so they are said.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from quizzes.importers.building import chosen, no_key, numbered, unknown_kind
from quizzes.importers.contract import Cell, Given, Imported, Importer, Read, Sheet, as_text
from quizzes.importers.finishing import read_table, write_table
from quizzes.problems import Problem
from quizzes.questions.contract import problem
from quizzes.refusals import N_
from quizzes.text import fold

TITLES = [
    "Question Text",
    "Question Type",
    *(f"Option {n}" for n in range(1, 6)),
    "Correct Answer",
    "Time in seconds",
    "Image Link",
    "Answer explanation",
]
KEYS = {
    "question text": "text",
    "question type": "type",
    "correct answer": "right",
    "answer explanation": "why",
    "explanation": "why",
    "image link": "picture",
} | {f"option {n}": str(n) for n in range(1, 6)}
WITHIN, SECONDS = 6, 30
"""The rows from the top among which the titles are looked for, and the time written for a question, seconds."""
HELP = ("text of the question", "(required)", "required")
RIGHT = N_("Đáp án theo cột Correct Answer.")
NAMES = {
    "single": "Multiple Choice",
    "multiple": "Checkbox",
    "true_false": "Multiple Choice",
    "text": "Fill-in-the-Blank",
}


def knows(sheets: Sequence[Sheet]) -> bool:
    return any(_titles(sheet) for sheet in sheets)


def _titles(sheet: Sheet) -> tuple[int, dict[str, int]] | None:
    for row, cells in enumerate(sheet.rows[:WITHIN]):
        places = {KEYS[key]: at for at, cell in enumerate(cells) if (key := fold(as_text(cell)).rstrip(" *:")) in KEYS}
        if {"text", "type", "1", "right"} <= places.keys():
            return row, places
    return None


def read(sheets: Sequence[Sheet], given: Given | None = None) -> Imported:
    return read_table(sheets, given, _titles, _rows, N_("Đây không phải bảng của Quizizz hay Wayground."))


def _rows(sheet: Sheet, start: int, places: Mapping[str, int]) -> list[Read]:
    found = []
    for number, cells in enumerate(sheet.rows[start + 1 :], start + 2):
        text = {key: as_text(cells[at]) for key, at in places.items() if at < len(cells)}
        help_row = number == start + 2 and fold(text.get("text", "")).startswith(HELP)
        if number not in sheet.hidden and not help_row and any(text.values()):
            found.append(replace(_question(text), place=number))
    return found


def _question(text: Mapping[str, str]) -> Read:
    kind = re.sub(r"[^a-z]", "", fold(text.get("type", ""))) or "multiplechoice"
    options, right, problems = numbered(text, "12345")
    if kind.startswith("fill"):
        said = text.get("right", "")
        draft: dict[str, Any] = {
            "type": "text",
            "text": {"vi": text.get("text", "")},
            "answer": options or [one for one in [said] if one],
        }
        problems = [_other_key(said)] if options and said and problems else []
    elif kind in ("multiplechoice", "checkbox", "mcq", "msq", "multipleselect"):
        draft = chosen(text.get("text", ""), options, right, kind not in ("multiplechoice", "mcq"))
    else:
        draft = {"type": "text", "text": {"vi": text.get("text", "")}, "answer": None}
        problems = [unknown_kind(text["type"]), no_key()]
    if text.get("why"):
        draft["explanation"] = {"vi": text["why"]}
    if text.get("picture"):
        sentence = N_("Hình ở địa chỉ khác không được tải về; hãy thêm hình sau khi nhập.")
        problems.append(Problem(("media",), "picture_linked", sentence, warning=True))
    return Read(draft, 0, problems, RIGHT)


def _other_key(said: str) -> Problem:
    sentence = N_("Cột đáp án đúng ghi “%(said)s”, không phải một trong các đáp án được chấp nhận.")
    return problem(("answer",), "answer_other", sentence, said=said[:40])


def write(questions: Sequence[Mapping[str, Any]], topics: Any = None) -> tuple[Sheet, list[Problem]]:
    return write_table(questions, NAMES.keys(), 5, [list(TITLES)], _row)


def _row(number: int, one: Mapping[str, Any], options: list[Cell], numbers: str) -> list[Cell]:
    why = (one.get("explanation") or {}).get("vi", "")
    return [one["text"]["vi"], NAMES[one["type"]], *options, numbers, SECONDS, "", why]


IMPORTER = Importer(
    key="quizizz",
    title=N_("Bảng của Quizizz (Wayground)"),
    container="rows",
    suffixes=(".xlsx", ".csv"),
    read=read,
    write=write,
    knows=knows,
    asks=True,
)
