"""The spreadsheet of Kahoot: question, four answers, seconds, the numbers of the right answers.

The template has its titles in row 8 and a running number in column A; other writers begin in row 1 without it, so the
titles are found by their shape, whatever their language: four titles that differ in their number, the question before
them, the seconds and the right answers after them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from quizzes.importers.building import chosen, numbered
from quizzes.importers.contract import Cell, Given, Imported, Importer, Read, Sheet, as_text
from quizzes.importers.finishing import read_table, write_table
from quizzes.problems import Problem
from quizzes.questions.contract import problem
from quizzes.refusals import N_
from quizzes.text import fold

WITHIN = 12
"""The rows from the top among which the titles of the columns are looked for."""
SECONDS_WORDS = re.compile(
    r"\b(time|thoi gian|tiempo|temps|zeit\w*|tempo|tijd\w*|czas\w*|waktu|sec|sek|seg|giay|secs|seconds)\b"
)
NUMBERED = re.compile(r"(.*?)\b([1-6])\b")
TITLES = [
    "",
    "Question - max 120 characters",
    *(f"Answer {n} - max 75 characters" for n in range(1, 5)),
    "Time limit (sec) – 5, 10, 20, 30, 60, 90, 120, or 240 secs",
    "Correct answer(s) - choose at least one",
]
STEM, OPTION, SECONDS = 120, 75, 20
"""Kahoot's own limits for a question and an option, letters, and the time written for a question, seconds."""
RIGHT = N_("Đáp án theo cột Correct answer(s).")


def knows(sheets: Sequence[Sheet]) -> bool:
    return any(_titles(sheet) for sheet in sheets)


def _titles(sheet: Sheet) -> tuple[int, dict[str, int]] | None:
    for row, cells in enumerate(sheet.rows[:WITHIN]):
        words = [fold(as_text(cell)) for cell in cells]
        first = next((at for at, word in enumerate(words) if _is_answer(words, at, 1)), 0)
        count = next((n for n in range(6) if not _is_answer(words, first + n, n + 1)), 6)
        after = words[first + count : first + count + 2]
        if first and count > 1 and words[first - 1] and len(after) == 2 and SECONDS_WORDS.search(after[0]) and after[1]:
            answers = {str(n + 1): first + n for n in range(count)}
            return row, answers | {"text": first - 1, "seconds": first + count, "right": first + count + 1}
    return None


def _is_answer(words: Sequence[str], at: int, number: int) -> bool:
    """True when this title is that of answer `number`, and its other words are those of the title of number 1."""
    places = (at, at - number + 1)
    found, first = (NUMBERED.match(words[place]) if 0 <= place < len(words) else None for place in places)
    return bool(found and first and int(found[2]) == number and found[1] == first[1])


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
    head: list[list[Cell]] = [[], ["", "Quiz template"], ["", "Sân Chơi Số"], *([] for _ in range(4)), list(TITLES)]
    return write_table(questions, {"single", "multiple", "true_false"}, 4, head, _row)


def _row(number: int, one: Mapping[str, Any], options: list[Cell], numbers: str) -> list[Cell] | Problem:
    if len(one["text"]["vi"]) > STEM or any(len(str(option)) > OPTION for option in options):
        sentence = N_("Câu thứ %(n)s dài hơn Kahoot cho phép (%(stem)s ký tự câu hỏi, %(option)s ký tự phương án).")
        return problem((), "too_long", sentence, stem=STEM, option=OPTION)
    return [number, one["text"]["vi"], *options, SECONDS, numbers]


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
