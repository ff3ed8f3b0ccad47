"""Tables in which each option has a row below its question: "A. ...", a mark beside the right one, or bold letters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from quizzes.importers.contract import Cell, Sheet, as_text
from quizzes.importers.options import label_of
from quizzes.text import fold

WRONG = {"sai", "s", "false", "f", "0", "khong", "-", "no"}
"""A mark beside an option that says that it is not the right one."""


RIGHT = {"x", "v", "✓", "✔", "dung", "true", "*"}
"""A mark beside an option that says that it is the right one; a letter there is the key of the question."""


@dataclass
class _Group:
    """A question's row and the rows of its options, counted from 0."""

    row: int
    options: list[int] = field(default_factory=list)


def unstacked(sheet: Sheet, start: int, places: Mapping[str, int]) -> Sheet:
    """The same table with a row for each question, its options in the cell of its words; another table as it is."""
    text = places.get("text")
    if text is None or any(key.startswith("option_") for key in places):
        return sheet
    if "options" in places:
        return _beside(sheet, start, text, places["options"], places.get("answer"))
    groups = list(_groups(sheet, start, text))
    if not groups or 2 * sum(len(one.options) > 1 for one in groups) <= len(groups):
        return sheet
    rows = [list(row) for row in sheet.rows]
    for group in groups:
        _joined(sheet, rows, group, text, places.get("answer"))
    return replace(sheet, rows=rows)


def _groups(sheet: Sheet, start: int, text: int) -> Iterator[_Group]:
    group: _Group | None = None
    for at in range(start, len(sheet.rows)):
        said = _at(sheet.rows[at], text)
        found = label_of(said)
        if group and found and found[0] == chr(65 + len(group.options)):
            group.options.append(at)
        elif said and at + 1 not in sheet.hidden:
            if group:
                yield group
            group = _Group(at)
    if group:
        yield group


def _joined(sheet: Sheet, rows: list[list[Cell]], group: _Group, text: int, answer: int | None) -> None:
    """Writes the options and the letters of the right ones into the question's row, and empties theirs."""
    if not group.options:
        return
    rows[group.row][text] = "\n".join(_at(sheet.rows[at], text) for at in [group.row, *group.options])
    marks = [answer is not None and _means_right(_at(sheet.rows[at], answer)) for at in group.options]
    if not any(marks):
        marks = [(at + 1, text) in sheet.strong for at in group.options]
    if answer is not None and any(marks) and not all(marks) and not _at(sheet.rows[group.row], answer):
        rows[group.row] += [""] * (answer + 1 - len(rows[group.row]))
        rows[group.row][answer] = ", ".join(chr(65 + at) for at, right in enumerate(marks) if right)
    for at in group.options:
        rows[at] = []


def _beside(sheet: Sheet, start: int, text: int, options: int, answer: int | None) -> Sheet:
    """The same for options that stand one below the other in a column of their own, beside a question that is merged
    over their rows or stands in the first of them."""
    groups: list[_Group] = []
    below = {at for top, left, end, right in sheet.spans if left <= text <= right for at in range(top, end)}
    for at in range(start, len(sheet.rows)):
        said = _at(sheet.rows[at], options)
        if not said or "\n" in said or at + 1 in sheet.hidden:
            continue
        if groups and (at in below or not _at(sheet.rows[at], text)):
            groups[-1].options.append(at)
        elif _at(sheet.rows[at], text):
            groups.append(_Group(at))
    if not groups or 2 * sum(bool(one.options) for one in groups) <= len(groups):
        return sheet
    rows = [list(row) for row in sheet.rows]
    for group in groups:
        _gathered(sheet, rows, group, options, answer)
    return replace(sheet, rows=rows)


def _gathered(sheet: Sheet, rows: list[list[Cell]], group: _Group, options: int, answer: int | None) -> None:
    """Writes the options of a group into its first row, and the letters of those marked right; empties the others."""
    places = [group.row, *group.options]
    rows[group.row][options] = "\n".join(_at(sheet.rows[at], options) for at in places)
    marks = [answer is not None and fold(_at(sheet.rows[at], answer)).strip(" .") in RIGHT for at in places]
    if not any(marks) and not (answer is not None and any(_at(sheet.rows[at], answer) for at in places)):
        marks = [(at + 1, options) in sheet.strong for at in places]
    if answer is not None and any(marks) and not all(marks):
        rows[group.row] += [""] * (answer + 1 - len(rows[group.row]))
        rows[group.row][answer] = ", ".join(chr(65 + at) for at, right in enumerate(marks) if right)
    for at in group.options:
        rows[at] = []


def _means_right(mark: str) -> bool:
    return bool(mark) and fold(mark).strip(" .") not in WRONG


def _at(row: Sequence[Cell], column: int) -> str:
    return as_text(row[column]).strip() if column < len(row) else ""
