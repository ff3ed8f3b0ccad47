"""Finds the titles of somebody's list, over one row or two, and the meaning of each of its columns."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from app.services.people.imports.groups import Groups, groups_of
from quizzes.importers import Sheet
from quizzes.text import fold, visible

TITLE_ROWS = 15
"""How far down the titles may stand: lists often begin with the name of the office and a date."""
ORDINALS = frozenset({"stt", "tt", "so tt", "so thu tu", "no", "#"})
"""Titles of the column of ordinal numbers, folded."""
ASIDE = re.compile(r"\s*\([^()]*\)[\s*:.]*$")
"""Words in brackets behind a title: (*), (dd/mm/yyyy)."""
UNUSED = "-"
"""Said of a column that is not read."""


@dataclass(frozen=True)
class Column:
    """A column by its key, the title in the template, and other titles people use (folded)."""

    key: str
    title: str
    also: tuple[str, ...] = ()
    needed: bool = False
    is_day: bool = False
    """A date is read as the day it means, whatever it shows."""
    instead: tuple[str, ...] = ()
    """Columns that say the same together: family name and given name."""
    asked: str = ""
    """A pattern of other titles that may mean this column: where only such a one is there, its reader is asked."""


@dataclass(frozen=True)
class Layout:
    """`start`: index of the first row below the titles. `places`: key -> its columns, from the left."""

    sheet: Sheet
    start: int
    titles: Sequence[str]
    places: Mapping[str, Sequence[int]] = field(default_factory=dict)
    groups: Groups = field(default_factory=Groups)

    @property
    def used(self) -> set[int]:
        """The columns that are read."""
        return {at for places in self.places.values() for at in places}

    @property
    def unknown(self) -> list[str]:
        """Titles of columns in sight that are not read."""
        shut = self.sheet.hidden_columns
        return [title for at, title in enumerate(self.titles) if title and at not in self.used and at not in shut]

    @property
    def shut(self) -> list[str]:
        """Titles of hidden columns that are not read."""
        shut = set(self.sheet.hidden_columns) - self.used
        return [title for at, title in enumerate(self.titles) if title and at in shut]

    @cached_property
    def struck(self) -> set[int]:
        """The rows, from 1, with a cell that would be read and is struck out."""
        return {row for row, at in self.sheet.struck if row > self.start and at in self.used} - {*self.sheet.hidden}

    @cached_property
    def _ordinal(self) -> int | None:
        return next((at for at, title in enumerate(self.titles) if folded_title(title) in ORDINALS), None)

    def counted(self, cells: Sequence[Any]) -> bool | None:
        """True when a row has its ordinal number; None where the table has no such column."""
        if self._ordinal is None:
            return None
        return str(cells[self._ordinal] if self._ordinal < len(cells) else "").strip(" .").isdigit()


def layouts_of(
    sheets: Sequence[Sheet], columns: Sequence[Column], chosen: Mapping[str, str]
) -> tuple[list[Layout], Layout | None]:
    """The sheets with all needed titles; where there is none, the likeliest row of titles to choose columns for."""
    found = [layout for sheet in sheets if not sheet.unread and (layout := _layout(sheet, columns, chosen))]
    heads = {"name", "chapter_name"} <= {column.key for column in columns}
    whole = [_grouped(one, heads) for one in found if is_whole(one.places, columns)]
    if unsure := [one for one in whole if _asks(one, columns, chosen)]:
        return [], unsure[0]
    return whole, found[0] if found and not whole else None


def _asks(one: Layout, columns: Sequence[Column], chosen: Mapping[str, str]) -> bool:
    """True when a column is missing and a title that is not understood may mean it."""
    titles = [title for said in (*one.unknown, *one.shut) if (title := folded_title(said)) not in chosen]
    missing = [each for each in columns if each.asked and each.key not in one.places]
    return any(re.search(each.asked, title) for each in missing for title in titles)


def _grouped(one: Layout, heads: bool) -> Layout:
    return replace(one, groups=groups_of(one.sheet.rows, one.start, one.used, heads))


def is_whole(places: Mapping[str, Any], columns: Sequence[Column]) -> bool:
    """True when every needed column is there, itself or in parts."""
    return all(
        one.key in places or (one.instead and all(part in places for part in one.instead))
        for one in columns
        if one.needed
    )


def _layout(sheet: Sheet, columns: Sequence[Column], chosen: Mapping[str, str]) -> Layout | None:
    """The row, or two rows, that name the most columns; else the first row with two words in it."""
    names = {fold(title): one.key for one in columns for title in (one.title, *one.also)}
    best: Layout | None = None
    for row in range(min(TITLE_ROWS, len(sheet.rows))):
        for depth in (1, 2):
            titles = _titles(sheet, row, depth)
            places: dict[str, list[int]] = {}
            for at, said in enumerate(titles):
                known = names if at not in sheet.hidden_columns else {}
                if key := _key(said, known, chosen):
                    places.setdefault(key, []).append(at)
            shown = [one[0] if one else "" for one in titles]
            made = Layout(sheet, row + depth, shown, places)
            if best is None or _columns(places) > _columns(best.places):
                best = made if places or sum(map(bool, shown)) > 1 else best
    return best


def _key(said: Sequence[str], names: Mapping[str, str], chosen: Mapping[str, str]) -> str:
    for one in said:
        title = folded_title(one)
        if title in chosen:
            return "" if chosen[title] == UNUSED else chosen[title]
    plain = (form for one in said for form in (folded_title(one), folded_title(ASIDE.sub("", one))))
    return next((names[title] for title in plain if title in names), "")


def folded_title(title: str) -> str:
    """A title as it is compared and remembered."""
    return fold(visible(title)).rstrip(" *:.")[:200]


def _titles(sheet: Sheet, row: int, depth: int) -> list[list[str]]:
    """For each column what it may be called: both rows together, the lower one, the upper one."""
    upper = [visible(str(cell)) for cell in sheet.rows[row]]
    lower = [visible(str(cell)) for cell in sheet.rows[row + 1]] if depth == 2 and row + 1 < len(sheet.rows) else []
    width = max(len(upper), len(lower))
    upper, lower = upper + [""] * (width - len(upper)), lower + [""] * (width - len(lower))
    for top, left, _, right in sheet.spans:
        if top == row + 1 and right - left < 3:
            upper[left : right + 1] = [upper[left]] * (min(right + 1, width) - left)
    for at in range(1, width if lower else 0):
        if not upper[at] and lower[at]:
            upper[at] = upper[at - 1]  # a title over two columns that were not merged
    found = []
    for high, low in zip(upper, lower, strict=True):
        both = f"{high} {low}" if high and low and high != low else ""
        found.append([one for one in (both, low, high) if one])
    return found


def _columns(places: Mapping[str, Sequence[int]]) -> int:
    """The number of columns that are understood; two rows that understand more together are both titles."""
    return sum(map(len, places.values()))
