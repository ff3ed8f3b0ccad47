"""CSV, XLSX, XLS and ODS as sheets of cells as they show. Runs in the child process: the file may be hostile."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

from app.services.files.opening import cell_formats, limits, looks
from app.services.files.opening.archives import check_archive, save_anew
from app.services.files.opening.limits import Unreadable
from app.services.files.opening.ods_looks import OdsBook, is_ods
from app.services.files.opening.old_fonts import unicode_of
from app.services.files.opening.plain_text import decoded
from app.services.files.opening.xls_looks import XlsBook
from quizzes.importers.contract import Cell, Dated, Sheet
from quizzes.refusals import N_

Book = looks.Book | OdsBook | XlsBook
Rows = list[list[Cell]]
SEPARATORS = ",;\t|"
SAMPLE = 20_000
"""Letters that the separator is guessed from."""
PAGE = re.compile(r"\s*(<(!doctype|html|head|meta|style|table|div|\?xml|!--)|MIME-Version:)", re.IGNORECASE)
"""The beginning of what other programs write and name .xls."""


def read_tables(data: bytes) -> list[Sheet]:
    """The sheets of an XLSX, XLS or ODS file, known by its first bytes, else of a CSV file."""
    if data.startswith(b"PK"):
        check_archive(data)
        return read_book(data, OdsBook if is_ods(data) else looks.Book)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return read_book(data, XlsBook)
    return [Sheet("", read_csv(data))]


def read_csv(data: bytes) -> Rows:
    """Separator , ; TAB or |: the one that makes most rows alike; Excel's line "sep=;" is obeyed."""
    text = decoded(data)
    if "\0" in text:
        raise Unreadable("csv_binary", N_("Đây không phải tệp CSV."))
    if PAGE.match(text):
        sentence = N_("Tệp này là một trang web hay XML, dù mang tên khác. Hãy mở bằng Excel và lưu lại dạng .xlsx.")
        raise Unreadable("page_as_table", sentence)
    first = re.split("[\r\n]", text, maxsplit=1)[0]
    told = re.fullmatch(f"sep=([{SEPARATORS}])", first)
    if told:
        text = text[len(first) :].lstrip("\r\n")
    separator = told[1] if told else max(SEPARATORS, key=lambda one: _alike(text[:SAMPLE], one))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        return bounded(reader)
    except csv.Error:
        sentence = N_("Tệp CSV viết sai ở dòng này (dấu nháy chưa đóng hoặc ô quá dài).")
        raise Unreadable("csv_syntax", sentence, line=reader.line_num) from None


def _alike(text: str, separator: str) -> tuple[int, int]:
    """(rows of the most frequent width, that width): a heading above the titles is one row only."""
    widths: Counter[int] = Counter()
    try:
        for row in islice(csv.reader(io.StringIO(text, newline=""), delimiter=separator), 50):
            widths[len(row)] += len(row) > 1
    except csv.Error:
        pass
    width, count = max(widths.items(), key=lambda one: (one[1], one[0]), default=(0, 0))
    return count, width


def read_book(data: bytes, look: type[Book]) -> list[Sheet]:
    """Every sheet, of the hidden ones the name only. `look`: reads the look of cells."""
    from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

    opened = None
    try:
        opened = CalamineWorkbook.from_filelike(io.BytesIO(data))
        book = look(data)
        about = [one for one in opened.sheets_metadata if one.typ is SheetTypeEnum.WorkSheet]
        if len(about) > limits.SHEETS:
            raise Unreadable("too_many_sheets", N_("Tệp có quá nhiều trang tính."))
        return [
            _sheet(one.name, opened.get_sheet_by_name(one.name), book)
            if one.visible is SheetVisibleEnum.Visible and one.name not in book.unseen
            else Sheet(one.name, [], unread=True)
            for one in about
        ]
    except (Unreadable, MemoryError):
        raise
    except PasswordError:
        raise Unreadable("old_excel", N_("Tệp có mật khẩu. Hãy lưu lại dạng .xlsx không mật khẩu.")) from None
    except Exception:  # the parsers name their errors in many ways; to the person they are one
        if opened and look is XlsBook:
            raise save_anew("old_excel", ".xls") from None
        raise Unreadable("xlsx_broken", N_("Tệp Excel bị hỏng, không đọc được.")) from None


def _sheet(name: str, opened: Any, book: Book) -> Sheet:
    if opened.total_height > limits.ROWS or opened.total_width > limits.COLUMNS:
        raise _too_large()
    rows = bounded(opened.to_python(skip_empty_area=False))
    seen = book.looks(name)
    doubts = _as_shown(rows, seen, book)
    strong = {
        at: [unicode_of(one, seen.fonts.get(at, "")) for one in words] if words else [str(_at(rows, at))]
        for at, words in seen.strong.items()
        if _at(rows, at) != ""
    }
    spans = [(top + 1, left, low + 1, right) for (top, left), (low, right) in opened.merged_cell_ranges or []]
    spans = spans or seen.spans
    _fill(rows, spans, strong)
    struck = {at for at in seen.struck if _at(rows, at) != ""}
    return Sheet(name, rows, seen.hidden, spans, strong, doubts, struck=struck, hidden_columns=seen.hidden_columns)


def _as_shown(rows: Rows, seen: looks.Looks, book: Book) -> dict[looks.CellAt, str]:
    """Put into every cell what it shows; the cells that may mean something else, with why."""
    doubts: dict[looks.CellAt, str] = {}
    for row, cells in enumerate(rows, 1):
        for column, cell in enumerate(cells):
            if (row, column) in seen.numbers:
                cells[column], doubt = _shown(*seen.numbers[row, column], book.since_1904)
            elif (row, column) in seen.shown:
                text, day = seen.shown[row, column]
                cells[column], doubt = (Dated(text, day) if day else text), ""
            elif isinstance(cell, int | float) and not isinstance(cell, bool):
                doubt = cell_formats.shown(cell, "General")[1]
                cells[column] = round(cell, 10) if doubt == "rounded" else cell
            else:
                continue
            if doubt:
                doubts[row, column] = doubt
    for (row, column), text in seen.errors.items():
        if row <= len(rows):
            rows[row - 1] += [""] * (column + 1 - len(rows[row - 1]))
            rows[row - 1][column], doubts[row, column] = text, "error"
    for (row, column), font in seen.fonts.items():
        if isinstance(cell := _at(rows, (row, column)), str) and cell and not isinstance(cell, Dated):
            rows[row - 1][column] = unicode_of(cell, font)
    return doubts


def _shown(value: float, code: str, since_1904: bool) -> tuple[Cell, str]:
    text, doubt = cell_formats.shown(value, code, since_1904)
    day = cell_formats.day_of(value, code, since_1904)
    return (Dated(text, day) if day else text), doubt


def _at(rows: Rows, place: looks.CellAt) -> Cell:
    row, column = place
    return rows[row - 1][column] if row <= len(rows) and column < len(rows[row - 1]) else ""


def _fill(rows: Rows, spans: Iterable[tuple[int, int, int, int]], strong: dict[looks.CellAt, list[str]]) -> None:
    """The value of a merged cell counts for all its rows."""
    for top, left, low, _ in spans:
        value = _at(rows, (top, left))
        for row in range(top + 1, min(low, len(rows)) + 1):
            cells = rows[row - 1]
            if value != "" and any(one != "" for one in cells):
                cells += [""] * (left + 1 - len(cells))
                if cells[left] == "":
                    cells[left] = value
                    if (top, left) in strong:
                        strong[row, left] = strong[top, left]


def bounded(rows: Iterable[list[Any]]) -> Rows:
    """Cells as plain values, without empty ends, within the limits."""
    found: Rows = []
    letters = 0
    for row in rows:
        cells = [_cell(value) for value in row]
        while cells and cells[-1] == "":
            cells.pop()
        letters += sum(len(one) if isinstance(one, str) else 8 for one in cells)
        if len(found) >= limits.ROWS or len(cells) > limits.COLUMNS or letters > limits.ALL_LETTERS:
            raise _too_large()
        if any(isinstance(one, str) and len(one) > limits.CELL_LETTERS for one in cells):
            sentence = N_("Có ô dài quá %(most)s ký tự.")
            raise Unreadable("cell_too_long", sentence, row=len(found) + 1, most=limits.CELL_LETTERS)
        found.append(cells)
    while found and not found[-1]:
        found.pop()
    return found


def _too_large() -> Unreadable:
    sentence = N_("Bảng quá lớn: nhiều nhất %(rows)s dòng và %(columns)s cột.")
    return Unreadable("table_too_large", sentence, rows=limits.ROWS, columns=limits.COLUMNS)


def _cell(value: Any) -> Cell:
    if isinstance(value, str | bool | int):
        return value
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 10**15 else value
    if isinstance(value, datetime):
        day = value.date()
        clock = "" if value.time() == time() else f" {value:%H:%M}"
        return Dated(f"{day:%d/%m/}{day.year:04}{clock}", day.isoformat())
    if isinstance(value, date):
        return Dated(f"{value:%d/%m/}{value.year:04}", value.isoformat())
    if isinstance(value, timedelta):
        return cell_formats.shown(value / timedelta(days=1), "[h]:mm")[0]
    return value.isoformat("minutes") if isinstance(value, time) else str(value) if value is not None else ""
