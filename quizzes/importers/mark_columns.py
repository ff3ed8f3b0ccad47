"""Tables with a column of marks for each option: an x under A, B, C or D, or right after the words of the option."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import compress

from quizzes.importers.contract import Cell, Sheet, as_text
from quizzes.importers.options import lines, split
from quizzes.importers.stacked import RIGHT, WRONG
from quizzes.importers.table import LETTERS, TYPES
from quizzes.importers.titles import Titles, key_of
from quizzes.text import fold

MARKS = RIGHT | {"1", "d", "yes", "y", "t", "co", "+", "•", "●", "☑", "✅", "1,0", "1.0"}
EMPTY = WRONG | {"", "n", "o", "0,0", "0.0", "☐", "✗", "✘", "□"}
MARKED = "marked"
"""Beside the places of a table whose key is given by marks."""
FEWEST = 2
"""The fewest columns of marks: one alone says Đúng or Sai of a statement."""


def told(sheet: Sheet, titles: Titles) -> tuple[Sheet, Titles]:
    """The same table with the letters of its key in one column where marks give it; another table as it is."""
    places = dict(titles.places)
    options = [places[key] for one in LETTERS if (key := f"option_{one}") in places]
    if len(options) < FEWEST:
        return sheet, titles
    keys = {at for name in ("answer", "right") if (at := places.get(name)) is not None and at not in options}
    for columns, left in ((_again(sheet, titles, options), False), (_after(options), False), (options, True)):
        own = {*columns}
        if len(columns) != len(options) or not _are_marks(sheet, titles.start, columns):
            continue
        if any(_filled(sheet, titles.start, at) for at in keys - own) or (left and not _hold_options(sheet, titles)):
            continue
        named = {name: at for name, at in places.items() if at not in own}
        unknown = {at: name for at, name in titles.unknown.items() if at not in own}
        return _answered(sheet, replace(titles, places=named, unknown=unknown), columns)
    return sheet, titles


def _again(sheet: Sheet, titles: Titles, options: Sequence[int]) -> list[int]:
    """The second columns titled A, B, C, D, in the order of the options."""
    title_rows = sheet.rows[max(0, titles.start - 2) : titles.start]
    found = []
    for at in options:
        name = _title(title_rows, at)
        width = max(map(len, title_rows), default=0)
        others = [one for one in range(width) if one not in options and name and _title(title_rows, one) == name]
        found += others if len(others) == 1 else []
    return found


def _title(rows: Sequence[Sequence[Cell]], column: int) -> str:
    """The option that a column is titled by, in either of the rows of titles."""
    names = (key_of(as_text(row[column])) for row in reversed(rows) if column < len(row))
    return next((name for name in names if name.startswith("option_")), "")


def _after(options: Sequence[int]) -> list[int]:
    """The columns right after those of the options, where no option stands in one."""
    found = [at + 1 for at in options]
    return [] if {*found} & {*options} else found


def _are_marks(sheet: Sheet, start: int, columns: Sequence[int]) -> bool:
    """True when every cell is a mark or says nothing, and there is a mark."""
    said = [fold(as_text(row[at])) for row in _rows(sheet, start) for at in columns if at < len(row)]
    return any(one in MARKS for one in said) and all(one in MARKS or one in EMPTY for one in said)


def _rows(sheet: Sheet, start: int) -> list[Sequence[Cell]]:
    return [row for number, row in enumerate(sheet.rows[start:], start + 1) if number not in sheet.hidden]


def _filled(sheet: Sheet, start: int, column: int) -> bool:
    return any(column < len(row) and as_text(row[column]) for row in _rows(sheet, start))


def _hold_options(sheet: Sheet, titles: Titles) -> bool:
    """True when the options stand in the words of most questions, or in a cell of their own."""
    column = titles.places.get("options", titles.places.get("text", titles.places.get("content", -1)))
    cells = [as_text(row[column]) for row in _rows(sheet, titles.start) if 0 <= column < len(row)]
    held = [len(lines(cell)) if "options" in titles.places else len(split(cell)[1]) for cell in cells if cell]
    return 2 * sum(count >= FEWEST for count in held) > len(held)


def _answered(sheet: Sheet, titles: Titles, columns: Sequence[int]) -> tuple[Sheet, Titles]:
    """The table with the letters of the marked options in the first of these columns, and nothing in the others."""
    rows = [list(row) for row in sheet.rows]
    kind = titles.places.get("type", -1)
    for row in rows[titles.start :]:
        row += [""] * (max(columns) + 1 - len(row))
        right = [fold(as_text(row[at])) in MARKS for at in columns]
        truths = kind >= 0 and TYPES.get(fold(as_text(row[kind]))) == "true_false_set"
        letters = ["Đ" if one else "S" for one in right] if truths else compress(LETTERS, right)
        for at in columns:
            row[at] = ""
        row[columns[0]] = ", ".join(letters) if any(right) else ""
    places = {name: at for name, at in titles.places.items() if name not in ("answer", "right")}
    return replace(sheet, rows=rows), replace(titles, places=places | dict.fromkeys(("answer", MARKED), columns[0]))
