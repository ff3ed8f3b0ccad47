"""Finds the titles of somebody's list, over one row or two, and the meaning of each of its columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from app.services.people.imports.groups import Groups, groups_of
from quizzes.importers import Sheet
from quizzes.text import fold, visible

TITLE_ROWS = 15
"""How far down the titles may stand: lists often begin with the name of the office and a date."""
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


@dataclass(frozen=True)
class Layout:
    """`start`: index of the first row below the titles. `places`: key -> its columns, from the left."""

    sheet: Sheet
    start: int
    titles: Sequence[str]
    places: Mapping[str, Sequence[int]] = field(default_factory=dict)
    groups: Groups = field(default_factory=Groups)

    @property
    def unknown(self) -> list[str]:
        """Titles of columns that are not read."""
        used = {at for places in self.places.values() for at in places}
        return [title for at, title in enumerate(self.titles) if title and at not in used]


def layouts_of(
    sheets: Sequence[Sheet], columns: Sequence[Column], chosen: Mapping[str, str]
) -> tuple[list[Layout], Layout | None]:
    """The sheets with all needed titles; where there is none, the likeliest row of titles to choose columns for."""
    found = [layout for sheet in sheets if not sheet.unread and (layout := _layout(sheet, columns, chosen))]
    heads = {"name", "chapter_name"} <= {column.key for column in columns}
    whole = [_grouped(one, heads) for one in found if is_whole(one.places, columns)]
    return whole, found[0] if found and not whole else None


def _grouped(one: Layout, heads: bool) -> Layout:
    used = {at for places in one.places.values() for at in places}
    return replace(one, groups=groups_of(one.sheet.rows, one.start, used, heads))


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
                if key := _key(said, names, chosen):
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
    return next((names[title] for one in said if (title := folded_title(one)) in names), "")


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
