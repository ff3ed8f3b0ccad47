"""The look of an ODS's cells: what numbers and days show, hidden rows and columns, merged cells, what is struck out.

The reader of values knows none of these. Runs in the child process, on an archive that was checked.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from app.services.files.opening.limits import COLUMNS, ROWS
from app.services.files.opening.looks import Looks
from app.services.files.opening.old_fonts import kind_of
from app.services.files.opening.xlsx_fonts import tag_of

SHUT = ("collapse", "filter")


def is_ods(data: bytes) -> bool:
    """True for an archive of this kind, false for every other workbook."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "content.xml" in archive.namelist()


class OdsBook:
    """The looks of all sheets of one file, by name."""

    since_1904 = False

    def __init__(self, data: bytes) -> None:
        self._struck: set[str] = set()
        self._fonts: dict[str, str] = {}
        self._sheets: dict[str, Looks] = {}
        self._undisplayed: set[str] = set()
        self.unseen: set[str] = set()
        archive = zipfile.ZipFile(io.BytesIO(data))
        if "content.xml" in archive.namelist():
            with archive.open("content.xml") as file:
                self._read(file)

    def looks(self, name: str) -> Looks:
        """The looks of the sheet of this name."""
        return self._sheets.get(name, Looks())

    def _read(self, file: Any) -> None:
        from defusedxml.ElementTree import iterparse

        for _, element in iterparse(file, events=("end",), forbid_dtd=True):
            tag = tag_of(element)
            if tag == "style":
                self._style(element)
            elif tag == "table":
                self._table(element)
                element.clear()

    def _style(self, element: Any) -> None:
        name = _of(element, "name")
        for one in element:
            if tag_of(one) == "table-properties" and _of(one, "display") == "false":
                self._undisplayed.add(name)
            if tag_of(one) == "text-properties":
                if _of(one, "text-line-through-style") not in ("", "none"):
                    self._struck.add(name)
                font = _of(one, "font-name") or _of(one, "font-family").strip("'\"")
                if kind_of(font):
                    self._fonts[name] = font

    def _table(self, element: Any) -> None:
        found = self._sheets.setdefault(_of(element, "name"), Looks())
        if _of(element, "style-name") in self._undisplayed:
            self.unseen.add(_of(element, "name"))
        at = row = 0
        styles: list[str] = []
        for one in _parts(element):
            if tag_of(one) == "table-column":
                many = min(_number(one, "number-columns-repeated"), COLUMNS - len(styles))
                if _of(one, "visibility") in SHUT:
                    found.hidden_columns |= set(range(at, at + many))
                styles += [_of(one, "default-cell-style-name")] * many
                at += many
            else:
                row = self._row(one, row, styles, found)

    def _row(self, one: Any, before: int, styles: list[str], found: Looks) -> int:
        many = _number(one, "number-rows-repeated")
        numbers = range(before + 1, min(before + many, ROWS) + 1)
        if _of(one, "visibility") in SHUT:
            found.hidden += numbers
        column = 0
        for cell in one:
            wide = _number(cell, "number-columns-repeated")
            if column < COLUMNS and tag_of(cell) == "table-cell" and any(tag_of(part) == "p" for part in cell):
                style = _of(cell, "style-name") or next(iter(styles[column : column + 1]), "")
                for at in range(column, min(column + wide, COLUMNS)):
                    for number in numbers:
                        self._cell(cell, (number, at), style, found)
            column += wide
        return before + many

    def _cell(self, cell: Any, place: tuple[int, int], style: str, found: Looks) -> None:
        text = "\n".join("".join(part.itertext()) for part in cell if tag_of(part) == "p")
        if not text:
            return
        spans = {style, *(_of(part, "style-name") for part in cell.iter() if tag_of(part) == "span")}
        if spans & self._struck:
            found.struck.add(place)
        if font := next((self._fonts[one] for one in spans if one in self._fonts), ""):
            found.fonts[place] = font
        if _of(cell, "value-type") not in ("", "string"):
            found.shown[place] = text, _of(cell, "date-value")[:10]
        high, wide = _number(cell, "number-rows-spanned"), _number(cell, "number-columns-spanned")
        if high > 1 or wide > 1:
            found.spans.append((place[0], place[1], place[0] + high - 1, place[1] + wide - 1))


def _parts(table: Any) -> Iterator[Any]:
    """The columns and rows of a table, those in groups and headings too."""
    for one in table:
        tag = tag_of(one)
        if tag in ("table-column", "table-row"):
            yield one
        elif tag.startswith("table-"):
            yield from _parts(one)


def _of(element: Any, name: str) -> str:
    """An attribute, whatever its namespace."""
    return next((str(value) for key, value in element.items() if key.rpartition("}")[2] == name), "")


def _number(element: Any, name: str) -> int:
    said = _of(element, name)
    return max(1, int(said)) if said.isdigit() else 1
