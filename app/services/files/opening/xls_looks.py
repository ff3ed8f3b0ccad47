"""The look of an old XLS's cells, read as that of an XLSX: formats of numbers, hidden rows and columns, fonts.

The reader of values knows none of these. Runs in the child process. Excel 5 to 2003: older files are no such archives.
"""

from __future__ import annotations

from collections.abc import Callable
from struct import iter_unpack, unpack_from

from app.services.files.opening.cell_formats import BUILT_IN
from app.services.files.opening.limits import COLUMNS
from app.services.files.opening.looks import GENERAL, Looks, Styles
from app.services.files.opening.old_fonts import kind_of
from app.services.files.opening.xls_records import records, workbook_stream
from app.services.files.opening.xls_strings import Run, Strings, short_text

BOF, EOF, CONTINUED = 0x809, 0x0A, 0x3C
UNICODE_FROM = 0x600
"""The version from which on texts are Unicode: Excel 97."""
PLAIN_COLOURS = frozenset({0, 1, 8, 9, 64, 65, 0x7FFF})
"""Black, white and the machine's own."""
BOLD_FROM = 700  # the weight of a font
ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}


class XlsBook:
    """The styles and strings of a workbook, and the looks of its sheets."""

    unseen: frozenset[str] = frozenset()

    def __init__(self, data: bytes) -> None:
        self.since_1904 = self.unicode = False
        self.styles = Styles()
        self._places: dict[str, int] = {}
        self._fonts: list[tuple[bool, bool, str]] = []
        self._codes = dict(BUILT_IN)
        self._style_count = 0
        self._strings: list[bytes] = []
        self._stream = workbook_stream(data)
        self._read()

    def looks(self, name: str) -> Looks:
        """The looks of the sheet of this name."""
        return _Scan(self.styles).run(self._stream, self._places[name])

    def _read(self) -> None:
        readers: dict[int, Callable[[bytes], None]] = {
            0x85: self._sheet,
            0x31: self._font,
            0x41E: self._format,
            0xE0: self._style,
        }
        before = 0
        for kind, data in records(self._stream):
            if kind == EOF:
                break
            if kind == BOF:
                self.unicode = unpack_from("<H", data)[0] >= UNICODE_FROM
            elif kind == 0x22:
                self.since_1904 = data[0] == 1
            elif kind == 0xFC or (kind == CONTINUED and before == 0xFC):
                self._strings.append(data)
            elif kind in readers:
                readers[kind](data)
            before = before if kind == CONTINUED else kind
        if self._strings:
            for number, (text, runs) in enumerate(Strings(self._strings).all()):
                if runs:
                    self._string(number, text, runs)

    def _sheet(self, data: bytes) -> None:
        self._places[short_text(data, 7, data[6], self.unicode)] = unpack_from("<I", data)[0]

    def _font(self, data: bytes) -> None:
        flags, colour, weight, underlined = unpack_from("<2xHHH2xB", data)
        name = short_text(data, 15, data[14], self.unicode)
        bright = weight >= BOLD_FROM or underlined != 0 or colour not in PLAIN_COLOURS
        self._fonts.append((bright, bool(flags & 8), name if kind_of(name) else ""))
        if len(self._fonts) == 4:
            self._fonts.append(self._fonts[0])  # no font has the number 4

    def _format(self, data: bytes) -> None:
        number = unpack_from("<H", data)[0]
        if self.unicode:
            self._codes[number] = short_text(data, 4, unpack_from("<H", data, 2)[0], True)
        else:
            self._codes[number] = short_text(data, 3, data[2], False)

    def _style(self, data: bytes) -> None:
        style, self._style_count = self._style_count, self._style_count + 1
        font, code = unpack_from("<HH", data)
        self.styles.formats[style] = self._codes.get(code, GENERAL)
        filled, colour = (data[17] >> 2, data[18] & 127) if self.unicode else (data[10] & 63, data[8] & 127)
        bright, struck, old = self._fonts[font] if font < len(self._fonts) else (False, False, "")
        if bright or (filled == 1 and colour not in PLAIN_COLOURS):
            self.styles.strong.add(style)
        if struck:
            self.styles.struck.add(style)
        if old:
            self.styles.old[style] = old

    def _string(self, number: int, text: str, runs: list[Run]) -> None:
        ends = [start for start, _ in runs[1:]] + [len(text)]
        words = []
        for (start, font), end in zip(runs, ends, strict=True):
            bright, struck, old = self._fonts[font] if font < len(self._fonts) else (False, False, "")
            if struck and text[start:end].strip():
                self.styles.struck_strings.add(number)
            if old:
                self.styles.old_strings[number] = old
            words += [text[start:end]] if bright and text[start:end].strip() else []
        if words:
            self.styles.strong_strings[number] = words


class _Scan:
    """One pass over the records of a sheet."""

    def __init__(self, styles: Styles) -> None:
        self.styles, self.found = styles, Looks()

    def run(self, stream: bytes, at: int) -> Looks:
        inside = 0
        for kind, data in records(stream, at):
            inside += (kind == BOF) - (kind == EOF)
            if not inside:
                break
            if inside == 1 and kind in READERS:
                READERS[kind](self, data)
        return self.found

    def row(self, data: bytes) -> None:
        number, high, flags = unpack_from("<H4xH4xH", data)
        if flags & 0x20 or (flags & 0x40 and not high & 0x7FFF):  # hidden, or of a height of its own that is none
            self.found.hidden.append(number + 1)

    def columns(self, data: bytes) -> None:
        first, last, wide, _, flags = unpack_from("<HHHHH", data)
        if flags & 1 or not wide:
            self.found.hidden_columns |= set(range(first, min(last + 1, COLUMNS)))

    def number(self, data: bytes) -> None:
        row, column, style = unpack_from("<HHH", data)
        self._number(row, column, style, unpack_from("<d", data, 6)[0])

    def short_number(self, data: bytes) -> None:
        row, column = unpack_from("<HH", data)
        for place, (style, raw) in enumerate(iter_unpack("<HI", data[4:10])):
            self._number(row, column + place, style, _short(raw))

    def short_numbers(self, data: bytes) -> None:
        row, column = unpack_from("<HH", data)
        for place, (style, raw) in enumerate(iter_unpack("<HI", data[4:-2])):
            self._number(row, column + place, style, _short(raw))

    def formula(self, data: bytes) -> None:
        row, column, style = unpack_from("<HHH", data)
        if data[12:14] != b"\xff\xff":
            self._number(row, column, style, unpack_from("<d", data, 6)[0])
        elif data[6] == 2:
            self._error(row, column, data[8])
        else:
            self._look(row, column, style)

    def truth(self, data: bytes) -> None:
        row, column, _, value, wrong = unpack_from("<HHHBB", data)
        if wrong:
            self._error(row, column, value)

    def shared(self, data: bytes) -> None:
        row, column, style, number = unpack_from("<HHHI", data)
        self._look(row, column, style)
        place = row + 1, column
        if number in self.styles.strong_strings:
            self.found.strong.setdefault(place, self.styles.strong_strings[number])
        if number in self.styles.struck_strings:
            self.found.struck.add(place)
        if number in self.styles.old_strings:
            self.found.fonts[place] = self.styles.old_strings[number]

    def text(self, data: bytes) -> None:
        self._look(*unpack_from("<HHH", data))

    def merged(self, data: bytes) -> None:
        for top, low, left, right in iter_unpack("<HHHH", data[2 : 2 + 8 * unpack_from("<H", data)[0]]):
            self.found.spans.append((top + 1, left, low + 1, right))

    def _look(self, row: int, column: int, style: int) -> None:
        place = row + 1, column
        if style in self.styles.strong:
            self.found.strong[place] = None
        if style in self.styles.struck:
            self.found.struck.add(place)
        if style in self.styles.old:
            self.found.fonts[place] = self.styles.old[style]

    def _number(self, row: int, column: int, style: int, value: float) -> None:
        self._look(row, column, style)
        code = self.styles.formats.get(style, GENERAL)
        if code != GENERAL:
            self.found.numbers[row + 1, column] = value, code

    def _error(self, row: int, column: int, number: int) -> None:
        self.found.errors[row + 1, column] = ERRORS.get(number, "#N/A")


def _short(raw: int) -> float:
    """A number in four bytes: the upper ones of a fraction or a whole one, perhaps a hundredth of it."""
    if raw & 2:
        value: float = (raw >> 2) - (1 << 30 if raw >> 31 else 0)
    else:
        value = unpack_from("<d", b"\0\0\0\0" + (raw & 0xFFFFFFFC).to_bytes(4, "little"))[0]
    return value / 100 if raw & 1 else value


READERS: dict[int, Callable[[_Scan, bytes], None]] = {
    0x208: _Scan.row,
    0x7D: _Scan.columns,
    0x203: _Scan.number,
    0x27E: _Scan.short_number,
    0xBD: _Scan.short_numbers,
    0x06: _Scan.formula,
    0x205: _Scan.truth,
    0xFD: _Scan.shared,
    0x204: _Scan.text,
    0xD6: _Scan.text,
    0xE5: _Scan.merged,
}
"""The kind of a record of a sheet -> what reads it."""
