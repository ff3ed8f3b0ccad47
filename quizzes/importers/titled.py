"""Questions in a table, XLSX or CSV: from the project's template or as people have them.

One row a question. Columns are found by their titles in any order; answers are letters, numbers, the words of an
option, bold letters or a star; what the file does not say (topic, source, difficulty) is asked once for all of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from quizzes.importers import mark_columns
from quizzes.importers.contract import Cell, Given, Imported, Read, Sheet, as_text
from quizzes.importers.exam_keys import BY_MARK
from quizzes.importers.finishing import ASKED, finished
from quizzes.importers.rows import Row, question
from quizzes.importers.sections import Section, sections
from quizzes.importers.stacked import unstacked
from quizzes.importers.table import column_letters, column_of
from quizzes.importers.titles import Titles, titles_of
from quizzes.problems import Problem
from quizzes.questions.contract import problem
from quizzes.refusals import N_
from quizzes.text import fold

OURS = {"vi du", "huong dan · guide", "huong dan"}
"""Sheets of the template that hold no questions of the person."""
NAMES = re.compile(r"(?!câu\s)[^\W\d_]{3}", re.IGNORECASE)
"""A word that can name a topic; a number alone or “Câu 3” cannot."""
COUNTED = re.compile(r"^\s*(?:(?:phần|chủ đề|chương|nhóm)\s+)?(?:[IVX]+|\d+|[A-H])\s*[.:)]\s*", re.IGNORECASE)
"""The number before the name of a topic."""
MOST_NAMED = 20  # columns or sheets named


def read(sheets: Sequence[Sheet], given: Given | None = None) -> Imported:
    """The questions of every sheet with titles; what is left out is said."""
    given = given or {}
    tables = [(sheet, titles) for sheet in sheets if not sheet.unread and (titles := titles_of(sheet))]
    own = [one for one in tables if fold(one[0].name) not in OURS]
    tables = own or tables
    if not tables:
        sentence = N_("Không thấy dòng tiêu đề có cột “Câu hỏi” và “Đáp án”.")
        found = Imported(problems=[replace(problem((), "header_missing", sentence), row=1)])
        found.problems += _left_out(sheets, [])
        return found
    named = len(tables) > 1
    cut = [part for sheet, titles in tables for part in sections(sheet, titles)]
    parts = [mark_columns.told(part.sheet, part.titles) for part in cut]
    lacks = [key for key in ASKED if not any(key in titles.places for _, titles in parts)]
    reads = (one for sheet, titles in parts for one in _rows(sheet, titles, given, named))
    found = finished(reads, given, _placed, lacks)
    if found.asked and not given.get("type") and not any("type" in titles.places for _, titles in parts):
        found.asked.insert(0, "type")
    found.problems += _left_out(sheets, [sheet for sheet, _ in tables])
    found.problems += [note for sheet, titles in parts for note in _unused(sheet, titles)]
    found.problems += _repeated(cut)
    return found


def _repeated(cut: Sequence[Section]) -> list[Problem]:
    """Names the rows that repeat the titles of their sheet."""
    rows = [part.titles.start for part in cut if part.again]
    sentence = N_("Các dòng lặp lại tiêu đề cột không phải câu hỏi: %(rows)s.")
    return [_note("rows_titles", sentence, rows[0], rows=_listed([str(row) for row in rows]))] if rows else []


def _rows(sheet: Sheet, titles: Titles, given: Given, named: bool) -> Iterator[Read]:
    places = _sorted_out(sheet, titles)
    bands, topic = _bands(sheet, titles), ""
    sheet = unstacked(sheet, titles.start, places)
    for number, cells in enumerate(sheet.rows[titles.start :], titles.start + 1):
        if number in sheet.hidden or number in _struck(sheet, titles) or all(as_text(cell) == "" for cell in cells):
            continue
        if number == titles.start + 1 and _counts(cells):
            continue
        if number in bands:
            topic = bands[number]
            continue
        values = {key: cells[at] for key, at in places.items() if at < len(cells)}
        if all(as_text(value) == "" for key, value in values.items() if key != "number"):
            continue  # rows that were numbered in advance
        if topic:
            values.setdefault("topic", topic)
        strong = {key: sheet.strong[number, at] for key, at in places.items() if (number, at) in sheet.strong}
        doubts = {key: sheet.doubts[number, at] for key, at in places.items() if (number, at) in sheet.doubts}
        made = question(Row(values, strong, doubts), given)
        made.rule = BY_MARK if made.rule and mark_columns.MARKED in places else made.rule
        yield replace(made, place=number, where=(sheet.name if named else "", places))


def _counts(cells: Sequence[Cell]) -> bool:
    """True for a row below the titles that only numbers the columns: (1), (2), (3)."""
    said = [as_text(cell).strip(" ().") for cell in cells if as_text(cell)]
    return len(said) > 2 and said == [str(place + 1) for place in range(len(said))]


def _bands(sheet: Sheet, titles: Titles) -> dict[int, str]:
    """Row -> its only words, of rows that head those below: in the column of numbers, or merged over several."""
    merged = {(top, left) for top, left, bottom, right in sheet.spans if top == bottom and right > left}
    found = {}
    for number, cells in enumerate(sheet.rows[titles.start :], titles.start + 1):
        filled = [(at, said) for at, cell in enumerate(cells) if (said := as_text(cell))]
        if len(filled) == 1 and number not in sheet.hidden and NAMES.search(filled[0][1]):
            at, said = filled[0]
            if at == titles.places.get("number") or (number, at) in merged:
                found[number] = COUNTED.sub("", said).strip() or said
    return found


def _struck(sheet: Sheet, titles: Titles) -> set[int]:
    """The rows whose question is struck out."""
    words = {titles.places.get("text"), titles.places.get("content")}
    return {row for row, at in sheet.struck if row > titles.start and at in words}


def _sorted_out(sheet: Sheet, titles: Titles) -> dict[str, int]:
    """Assigns two columns whose titles mean the same, by the contents of their cells."""
    places = dict(titles.places)
    if "content" in places and "text" not in places:
        places["text"] = places.pop("content")
    elif "content" in places:
        lengths = {key: _letters(sheet, titles.start, places[key]) for key in ("text", "content")}
        if lengths["content"] > lengths["text"] and lengths["text"] <= 12:
            places["text"] = places["content"]
        elif "options" not in places and "option_A" not in places:
            places["options"] = places["content"]
        del places["content"]
    if "right" in places:
        if "answer" in places and "options" not in places and "option_A" not in places:
            places["options"] = places["answer"]
        places["answer"] = places.pop("right")
    return places


def _letters(sheet: Sheet, start: int, column: int) -> float:
    """The mean length of a column's cells, letters."""
    cells = [as_text(row[column]) for row in sheet.rows[start:] if column < len(row) and as_text(row[column])]
    return sum(map(len, cells)) / len(cells) if cells else 0


def _placed(one: Problem, read: Read) -> Problem:
    sheet: str = read.where[0]
    places: dict[str, int] = read.where[1]
    column = places.get(column_of(one.path))
    if column is None and one.path[:1] == ("options",):
        column = places.get("options", places.get("text"))
    prefix = f"{sheet}!" if sheet else ""
    at = f"{prefix}{column_letters(column) if column is not None else ''}{read.place}"
    return replace(one, row=read.place, cell=at if column is not None or sheet else None)


def _left_out(sheets: Sequence[Sheet], tables: Sequence[Sheet]) -> list[Problem]:
    """Reports the sheets that were not read: hidden ones, those without titles."""
    found, read = [], {id(sheet) for sheet in tables}
    for sheet in sheets:
        if sheet.unread:
            sentence = N_("Trang tính ẩn “%(name)s” không được đọc.")
            found.append(_note("sheet_hidden", sentence, 1, name=sheet.name))
        elif id(sheet) not in read and sheet.rows and fold(sheet.name) not in OURS and tables:
            sentence = N_("Trang tính “%(name)s” không có dòng tiêu đề nên không được đọc.")
            found.append(_note("sheet_untitled", sentence, 1, name=sheet.name))
    return found


def _unused(sheet: Sheet, titles: Titles) -> Iterator[Problem]:
    """Reports the rows and columns of one table that hold no question or are not understood."""
    hidden = [row for row in sorted(sheet.hidden) if titles.start < row <= len(sheet.rows)]
    struck = sorted(_struck(sheet, titles) - {*sheet.hidden})
    sentences = {
        "rows_hidden": N_("Các dòng đang ẩn không được đọc: %(rows)s. Muốn đọc, hãy bỏ lọc hoặc bỏ ẩn rồi tải lại."),
        "rows_struck": N_(
            "Các dòng có chữ bị gạch ngang không được đọc: %(rows)s. Muốn đọc, hãy bỏ gạch ngang rồi tải lại."
        ),
        "rows_headings": N_(
            "Các dòng chỉ có một tiêu đề được đọc làm chủ đề của các câu bên dưới, không phải câu hỏi: %(rows)s."
        ),
        "rows_unasked": N_("Các dòng chỉ có một tiêu đề không được đọc, vì tệp có cột chủ đề: %(rows)s."),
    }
    heading = "rows_unasked" if "topic" in titles.places else "rows_headings"
    for code, rows in (("rows_hidden", hidden), ("rows_struck", struck), (heading, sorted(_bands(sheet, titles)))):
        if rows:
            yield _note(code, sentences[code], rows[0], rows=_listed([str(row) for row in rows]))
    named = {at: f" “{name[:40]}”" for at, name in titles.unknown.items()}
    names = [f"{column_letters(at)}{name}" for at, name in sorted((_untitled(sheet, titles) | named).items())]
    if names:
        sentence = N_("Các cột không được dùng: %(names)s.")
        yield _note("columns_unknown", sentence, titles.start, names=_listed(names))


def _untitled(sheet: Sheet, titles: Titles) -> dict[int, str]:
    """Column -> "", of columns that have no title and yet words or numbers below."""
    filled = {at for row in sheet.rows[titles.start :] for at, cell in enumerate(row) if as_text(cell)}
    return dict.fromkeys(sorted(filled - {*titles.places.values()}), "")


def _listed(names: Sequence[str]) -> str:
    more = f" … (+{len(names) - MOST_NAMED})" if len(names) > MOST_NAMED else ""
    return ", ".join(names[:MOST_NAMED]) + more


def _note(code: str, sentence: str, row: int, **about: str) -> Problem:
    return Problem((), code, sentence, about, row=row, warning=True)
