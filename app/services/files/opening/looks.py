"""The look of an XLSX's cells: formats of numbers, hidden rows and columns, fonts, what stands out or is struck out.

The reader of values knows none of these. Runs in the child process, on an archive that was checked.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.parsers.expat import ParserCreate

from app.services.files.opening.cell_formats import BUILT_IN
from app.services.files.opening.limits import COLUMNS
from app.services.files.opening.xlsx_fonts import (
    NOT,
    is_bright,
    is_filled,
    is_struck,
    old_font,
    stands_out,
    strong_runs,
    tag_of,
)

GENERAL = "General"
CellAt = tuple[int, int]


@dataclass
class Looks:
    """The look of one sheet's cells. `numbers`: (value, format) of cells whose format decides how they are shown."""

    numbers: dict[CellAt, tuple[float, str]] = field(default_factory=dict)
    strong: dict[CellAt, list[str] | None] = field(default_factory=dict)
    """The words that stand out, None for the whole cell."""
    hidden: list[int] = field(default_factory=list)
    hidden_columns: set[int] = field(default_factory=set)
    struck: set[CellAt] = field(default_factory=set)
    fonts: dict[CellAt, str] = field(default_factory=dict)
    """The font of cells that one of former times draws."""
    shown: dict[CellAt, tuple[str, str]] = field(default_factory=dict)
    """The text a number shows, and the day it means or "": an ODS says both itself."""
    errors: dict[CellAt, str] = field(default_factory=dict)
    """The word a cell shows whose formula came to nothing: #REF!, #N/A."""
    spans: list[tuple[int, int, int, int]] = field(default_factory=list)
    """Merged cells, where the reader of values does not know them."""


@dataclass
class Styles:
    """By the number of a style, or of a string in several looks."""

    formats: dict[int, str] = field(default_factory=dict)
    strong: set[int] = field(default_factory=set)
    struck: set[int] = field(default_factory=set)
    old: dict[int, str] = field(default_factory=dict)
    strong_strings: dict[int, list[str]] = field(default_factory=dict)
    struck_strings: set[int] = field(default_factory=set)
    old_strings: dict[int, str] = field(default_factory=dict)

    @property
    def telling(self) -> bool:
        """True when some strings look different from their cells."""
        return bool(self.strong_strings or self.struck_strings or self.old_strings)


class Book:
    """The styles and strings of a workbook, and the looks of its sheets."""

    unseen: frozenset[str] = frozenset()
    """Hidden sheets that the reader of values takes for visible ones: none here."""

    def __init__(self, data: bytes) -> None:
        self.archive = zipfile.ZipFile(io.BytesIO(data))
        self.names = set(self.archive.namelist())
        self.since_1904 = False
        self.paths = self._paths()
        self.styles = Styles()
        self._read_styles()
        self._read_strings()

    def looks(self, name: str) -> Looks:
        """The looks of the sheet of this name."""
        found, path = Looks(), self.paths.get(name, "")
        if path in self.names:
            _Scan(self, found).run(self.archive.read(path))
        return found

    def _elements(self, path: str, *tags: str) -> Iterator[Any]:
        """The elements of these names as they end; nothing is kept."""
        from defusedxml.ElementTree import iterparse

        if path not in self.names:
            return
        with self.archive.open(path) as file:
            for _, element in iterparse(file, events=("end",), forbid_dtd=True):
                if tag_of(element) in tags:
                    yield element

    def _paths(self) -> dict[str, str]:
        targets = {}
        for one in self._elements("xl/_rels/workbook.xml.rels", "Relationship"):
            target = one.get("Target") or ""
            targets[one.get("Id")] = target[1:] if target.startswith("/") else f"xl/{target}"
        found = {}
        for one in self._elements("xl/workbook.xml", "sheet", "workbookPr"):
            if tag_of(one) == "workbookPr":
                self.since_1904 = one.get("date1904") in ("1", "true")
            else:
                link = next((value for name, value in one.items() if name.endswith("}id")), "")
                found[one.get("name") or ""] = targets.get(link, "")
        return found

    def _read_styles(self) -> None:
        """Formats of numbers by style, and the styles that stand out, are struck out or draw with an old font."""
        codes, fonts, fills = dict(BUILT_IN), list[tuple[bool, bool, str]](), list[bool]()
        for one in self._elements("xl/styles.xml", "numFmt", "fonts", "fills", "cellXfs"):
            if tag_of(one) == "numFmt":
                codes[int(one.get("numFmtId") or 0)] = one.get("formatCode") or GENERAL
            elif tag_of(one) == "fonts":
                fonts = [(stands_out(font), is_struck(font), old_font(font)) for font in one]
            elif tag_of(one) == "fills":
                fills = [is_filled(fill) for fill in one]
            else:
                for number, style in enumerate(one):
                    self.styles.formats[number] = codes.get(int(style.get("numFmtId") or 0), GENERAL)
                    font, fill = int(style.get("fontId") or 0), int(style.get("fillId") or 0)
                    strong, struck, old = fonts[font] if font < len(fonts) else (False, False, "")
                    self._mark(number, strong or fills[fill : fill + 1] == [True], struck, old)

    def _mark(self, style: int, strong: bool, struck: bool, old: str) -> None:
        if strong:
            self.styles.strong.add(style)
        if struck:
            self.styles.struck.add(style)
        if old:
            self.styles.old[style] = old

    def _read_strings(self) -> None:
        for number, one in enumerate(self._elements("xl/sharedStrings.xml", "si")):
            if words := strong_runs(one):
                self.styles.strong_strings[number] = words
            looks = [look for look in one.iter() if tag_of(look) == "rPr"]
            if any(map(is_struck, looks)):
                self.styles.struck_strings.add(number)
            if old := next(filter(None, map(old_font, looks)), ""):
                self.styles.old_strings[number] = old
            one.clear()


class _Scan:
    """One pass over a sheet. Most of its cells look like nothing special and cost one call."""

    def __init__(self, book: Book, found: Looks) -> None:
        self.styles, self.found, self.row = book.styles, found, 0
        self.place: CellAt = (0, 0)
        self.value: list[str] | None = None  # collected while inside a value that is wanted
        self.wanted = self.format = ""
        self.bright = False  # inside a run that stands out

    def run(self, data: bytes) -> None:
        parser = ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._refuse
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._text
        parser.Parse(data, True)

    def _refuse(self, *_: Any) -> None:
        raise ValueError("a document type in a sheet")

    def _start(self, tag: str, about: dict[str, str]) -> None:
        tag = tag.rpartition(":")[2]
        if tag == "c":
            self._cell(about)
        elif tag == ("t" if self.wanted == "inlineStr" else "v") and self.wanted:
            self.value = []
        elif self.wanted == "inlineStr" and tag in ("r", "b", "u", "color"):
            self.bright = tag != "r" and (self.bright or is_bright(tag, about))
        elif tag == "strike" and self.wanted == "inlineStr" and about.get("val") not in NOT:
            self.found.struck.add(self.place)
        elif tag == "col" and _is_shut(about, "width"):
            first = int(about["min"]) - 1
            self.found.hidden_columns |= set(range(first, min(int(about["max"]), first + COLUMNS)))
        elif tag == "row":
            self.row = int(about.get("r") or self.row + 1)
            if _is_shut(about, "ht"):
                self.found.hidden.append(self.row)

    def _cell(self, about: dict[str, str]) -> None:
        style, kind = int(about.get("s", 0)), about.get("t", "n")
        strong, struck = style in self.styles.strong, style in self.styles.struck
        old = self.styles.old.get(style, "")
        self.format = self.styles.formats.get(style, GENERAL)
        formatted = kind == "n" and self.format != GENERAL
        self.bright = False
        wanted = formatted or kind in ("inlineStr", "e") or (kind == "s" and self.styles.telling)
        self.wanted = kind if wanted else ""
        if strong or struck or old or self.wanted:
            column = about["r"].rstrip("0123456789")
            self.place = int(about["r"][len(column) :]), _column(column)
            if strong:
                self.found.strong[self.place] = None
            if struck:
                self.found.struck.add(self.place)
            if old:
                self.found.fonts[self.place] = old

    def _text(self, text: str) -> None:
        if self.value is not None:
            self.value.append(text)

    def _end(self, tag: str) -> None:
        if self.value is None or tag.rpartition(":")[2] not in ("v", "t"):
            return
        value, self.value = "".join(self.value), None
        if self.wanted == "n" and value:
            self.found.numbers[self.place] = float(value), self.format
        elif self.wanted == "e":
            self.found.errors[self.place] = value
        elif self.wanted == "s":
            self._string(int(value))
        elif self.wanted == "inlineStr" and self.bright and value.strip():
            words = self.found.strong.setdefault(self.place, [])
            if words is not None:
                words.append(value)

    def _string(self, number: int) -> None:
        if number in self.styles.strong_strings:
            self.found.strong.setdefault(self.place, self.styles.strong_strings[number])
        if number in self.styles.struck_strings:
            self.found.struck.add(self.place)
        if number in self.styles.old_strings:
            self.found.fonts[self.place] = self.styles.old_strings[number]


def _is_shut(about: dict[str, str], size: str) -> bool:
    """True for a row or column that is hidden, or drawn together until nothing is seen of it."""
    return about.get("hidden") in ("1", "true") or about.get(size, "1").strip("0.") == ""


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
