"""The spreadsheet of Kahoot: question, four answers, seconds, the numbers of the right answers.

The template has its titles in row 8 and a running number in column A; other writers begin in row 1 without it, so the
titles are found by their first words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from quizzes.importers.building import chosen, not_carried, numbered, numbers_of
from quizzes.importers.contract import Cell, Given, Imported, Importer, Read, Sheet, as_text
from quizzes.importers.finishing import read_table
from quizzes.problems import Problem
from quizzes.questions.contract import problem
from quizzes.refusals import N_
from quizzes.text import fold

WITHIN = 12
STARTS = {"question": "text", "time limit": "seconds", "correct answer": "right"}
TITLES = [
    "", "Question - max 120 characters", *(f"Answer {n} - max 75 characters" for n in range(1, 5)),
    "Time limit (sec) – 5, 10, 20, 30, 60, 90, 120, or 240 secs", "Correct answer(s) - choose at least one",
]  # fmt: skip
STEM, OPTION, SECONDS = 120, 75, 20
RIGHT = N_("Đáp án theo cột Correct answer(s).")


def knows(sheets: Sequence[Sheet]) -> bool:
    return any(_titles(sheet) for sheet in sheets)


def _titles(sheet: Sheet) -> tuple[int, dict[str, int]] | None:
    for row, cells in enumerate(sheet.rows[:WITHIN]):
        places: dict[str, int] = {}
        for column, cell in enumerate(cells):
            words = fold(as_text(cell))
            numbered = re.match(r"answer (\d)", words)
            named = (key for start, key in STARTS.items() if words.startswith(start))
            key = numbered[1] if numbered else next(named, "")
            if key:
                places.setdefault(key, column)
        if {"text", "seconds", "right", "1", "2"} <= places.keys():
            return row, places
    return None


def read(sheets: Sequence[Sheet], given: Given | None = None) -> Imported:
    return read_table(sheets, given, _titles, _rows, N_("Đây không phải bảng của Kahoot."))


def _rows(sheet: Sheet, start: int, places: Mapping[str, int]) -> list[Read]:
    found = []
    for number, cells in enumerate(sheet.rows[start + 1 :], start + 2):
        text = {key: as_text(cells[at]) for key, at in places.items() if at < len(cells)}
        if number in sheet.hidden or not any(value for key, value in text.items() if key != "seconds"):
            continue
        options, right, problems = numbered(text, "123456")
        found.append(Read(chosen(text.get("text", ""), options, right), number, problems, RIGHT))
    return found


def write(questions: Sequence[Mapping[str, Any]], topics: Any = None) -> tuple[Sheet, list[Problem]]:
    """The table in the template's form, and which questions it cannot hold: other types, texts that are too long."""
    problems = not_carried(questions, {"single", "multiple", "true_false"}, 4)
    left = {one.path[0] for one in problems}
    rows: list[list[Cell]] = [[] for _ in range(7)]
    rows[1], rows[2] = ["", "Quiz template"], ["", "Sân Chơi Số"]
    rows.append(list(TITLES))
    for place, one in enumerate(questions):
        if place in left:
            continue
        options, numbers = numbers_of(one)
        if len(one["text"]["vi"]) > STEM or any(len(option) > OPTION for option in options):
            sentence = N_("Câu thứ %(n)s dài hơn Kahoot cho phép (%(stem)s ký tự câu hỏi, %(option)s ký tự phương án).")
            problems.append(problem((place,), "too_long", sentence, n=place + 1, stem=STEM, option=OPTION))
            continue
        rows.append([len(rows) - 7, one["text"]["vi"], *options, *[""] * (4 - len(options)), SECONDS, numbers])
    return Sheet("Sheet1", rows), problems


IMPORTER = Importer(
    key="kahoot",
    title=N_("Bảng của Kahoot"),
    container="rows",
    suffixes=(".xlsx", ".csv"),
    read=read,
    write=write,
    knows=knows,
    asks=True,
)
