"""Titles that stand again inside a sheet, as at the top of each printed page or above a second table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from quizzes.importers.contract import Cell, Sheet, as_text
from quizzes.importers.titles import Titles, is_enough, key_of
from quizzes.text import fold


@dataclass(frozen=True)
class Section:
    """A sheet down to its next row of titles, and the titles above its rows. `again`: they stood further up as well."""

    sheet: Sheet
    titles: Titles
    again: bool = False


def sections(sheet: Sheet, titles: Titles) -> list[Section]:
    """The parts of a sheet, from the top."""
    heads = [(one.start - 1, one) for one in _above(sheet, titles)] + [(titles.start - 1, titles)]
    row = titles.start
    while row < len(sheet.rows):
        found = None if row + 1 in sheet.hidden else _again(sheet, titles, row) or _titles_at(sheet.rows[row], row)
        if found:
            heads.append((row, found))
        row = found.start if found else row + 1
    ends = [*(row for row, _ in heads[1:]), len(sheet.rows)]
    return [
        Section(replace(sheet, rows=sheet.rows[:end]), head, place > 0)
        for place, ((_, head), end) in enumerate(zip(heads, ends, strict=True))
    ]


def _above(sheet: Sheet, titles: Titles) -> list[Titles]:
    """Titles with fewer columns that stand above, of rows that would be lost. The row right above may be the upper one
    of two."""
    found = [one for row in range(titles.start - 1) if (one := _titles_at(sheet.rows[row], row))]
    return found if found and found[0].start < titles.start - 1 else []


def _again(sheet: Sheet, titles: Titles, row: int) -> Titles | None:
    """The same titles, where this row repeats their last row, or it and the next one their last two."""
    for depth in (2, 1):
        before, here = sheet.rows[max(0, titles.start - depth) : titles.start], sheet.rows[row : row + depth]
        if len(here) == depth == len(before) and all(map(_same, before, here)):
            return replace(titles, start=row + depth)
    return None


def _same(one: Sequence[Cell], other: Sequence[Cell]) -> bool:
    words, others = ({at: said for at, cell in enumerate(row) if (said := fold(as_text(cell)))} for row in (one, other))
    return bool(words) and words == others


def _titles_at(row: Sequence[Cell], at: int) -> Titles | None:
    """The titles of a row that holds nothing else; None for another row, such as one of a question."""
    said = {column: text for column, cell in enumerate(row) if (text := as_text(cell))}
    keys = {column: key_of(text) for column, text in said.items()}
    places: dict[str, int] = {}
    for column, key in keys.items():
        places.setdefault(key, column)
    return Titles(at + 1, places, {}) if all(keys.values()) and is_enough(places) else None
