"""The look of an XLSX's cells: formats of numbers, hidden rows, bold, underlined or coloured cells.

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

GENERAL = "General"
PLAIN_COLOURS = frozenset({"", "FF000000", "00000000", "000000", "FFFFFFFF", "00FFFFFF"})
CellAt = tuple[int, int]


@dataclass
class Looks:
    """The look of one sheet's cells. `numbers`: (value, format) of cells whose format decides how they are shown."""

    numbers: dict[CellAt, tuple[float, str]] = field(default_factory=dict)
    strong: dict[CellAt, list[str] | None] = field(default_factory=dict)
    """The words that stand out, None for the whole cell."""
    hidden: list[int] = field(default_factory=list)


class Book:
    """The styles and strings of a workbook, and the looks of its sheets."""

    def __init__(self, data: bytes) -> None:
        self.archive = zipfile.ZipFile(io.BytesIO(data))
        self.names = set(self.archive.namelist())
        self.since_1904 = False
        self.paths = self._paths()
        self.formats, self.strong_styles = self._styles()
        self.strong_strings = self._strings()

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
                if _tag(element) in tags:
                    yield element

    def _paths(self) -> dict[str, str]:
        targets = {}
        for one in self._elements("xl/_rels/workbook.xml.rels", "Relationship"):
            target = one.get("Target") or ""
            targets[one.get("Id")] = target[1:] if target.startswith("/") else f"xl/{target}"
        found = {}
        for one in self._elements("xl/workbook.xml", "sheet", "workbookPr"):
            if _tag(one) == "workbookPr":
                self.since_1904 = one.get("date1904") in ("1", "true")
            else:
                link = next((value for name, value in one.items() if name.endswith("}id")), "")
                found[one.get("name") or ""] = targets.get(link, "")
        return found

    def _styles(self) -> tuple[dict[int, str], set[int]]:
        """Style -> format of its numbers, and the styles that stand out."""
        codes, fonts, fills, formats = dict(BUILT_IN), list[bool](), list[bool](), dict[int, str]()
        strong = set[int]()
        for one in self._elements("xl/styles.xml", "numFmt", "fonts", "fills", "cellXfs"):
            if _tag(one) == "numFmt":
                codes[int(one.get("numFmtId") or 0)] = one.get("formatCode") or GENERAL
            elif _tag(one) == "fonts":
                fonts = [_stands_out(font) for font in one]
            elif _tag(one) == "fills":
                fills = [_is_filled(fill) for fill in one]
            else:
                for number, style in enumerate(one):
                    formats[number] = codes.get(int(style.get("numFmtId") or 0), GENERAL)
                    font, fill = int(style.get("fontId") or 0), int(style.get("fillId") or 0)
                    if fonts[font : font + 1] == [True] or fills[fill : fill + 1] == [True]:
                        strong.add(number)
        return formats, strong

    def _strings(self) -> dict[int, list[str]]:
        found = {}
        for number, one in enumerate(self._elements("xl/sharedStrings.xml", "si")):
            if words := _strong_runs(one):
                found[number] = words
            one.clear()
        return found


class _Scan:
    """One pass over a sheet. Most of its cells look like nothing special and cost one call."""

    def __init__(self, book: Book, found: Looks) -> None:
        self.book, self.found, self.row = book, found, 0
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
            self.bright = tag != "r" and (self.bright or _is_bright(tag, about))
        elif tag == "row":
            self.row = int(about.get("r") or self.row + 1)
            if about.get("hidden") in ("1", "true"):
                self.found.hidden.append(self.row)

    def _cell(self, about: dict[str, str]) -> None:
        style, kind = int(about.get("s", 0)), about.get("t", "n")
        strong = style in self.book.strong_styles
        self.format = self.book.formats.get(style, GENERAL)
        formatted = kind == "n" and self.format != GENERAL
        self.bright = False
        wanted = formatted or kind == "inlineStr" or (kind == "s" and self.book.strong_strings)
        self.wanted = kind if wanted else ""
        if strong or self.wanted:
            column = about["r"].rstrip("0123456789")
            self.place = int(about["r"][len(column) :]), _column(column)
            if strong:
                self.found.strong[self.place] = None

    def _text(self, text: str) -> None:
        if self.value is not None:
            self.value.append(text)

    def _end(self, tag: str) -> None:
        if self.value is None or tag.rpartition(":")[2] not in ("v", "t"):
            return
        value, self.value = "".join(self.value), None
        if self.wanted == "n" and value:
            self.found.numbers[self.place] = float(value), self.format
        elif self.wanted == "s" and int(value) in self.book.strong_strings:
            self.found.strong.setdefault(self.place, self.book.strong_strings[int(value)])
        elif self.wanted == "inlineStr" and self.bright and value.strip():
            words = self.found.strong.setdefault(self.place, [])
            if words is not None:
                words.append(value)


def _tag(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _strong_runs(element: Any) -> list[str]:
    """The words of a text in several looks that stand out."""
    found = []
    for run in element.iter():
        if _tag(run) == "r":
            look = next((one for one in run if _tag(one) == "rPr"), None)
            if look is not None and _stands_out(look):
                found += ["".join(one.text or "" for one in run if _tag(one) == "t")]
    return [words for words in found if words.strip()]


def _stands_out(font: Any) -> bool:
    return any(_is_bright(_tag(one), one) for one in font)


def _is_bright(tag: str, about: Any) -> bool:
    if tag in ("b", "u"):
        return about.get("val") not in ("0", "false", "none")
    return tag == "color" and (about.get("rgb") or "").upper() not in PLAIN_COLOURS


def _is_filled(fill: Any) -> bool:
    for pattern in fill:
        if pattern.get("patternType") == "solid":
            colour = next((one for one in pattern if _tag(one) == "fgColor"), None)
            return colour is not None and (colour.get("rgb") or "").upper() not in PLAIN_COLOURS
    return False
