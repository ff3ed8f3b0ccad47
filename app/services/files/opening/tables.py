"""CSV and XLSX as sheets of plain cells. Runs in the child process: the file may be hostile."""

from __future__ import annotations

import csv
import io
import re
import stat
import zipfile
import zlib
from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from app.services.files.opening import limits
from app.services.files.opening.limits import Unreadable
from app.services.files.opening.plain_text import decoded
from quizzes.importers.contract import Cell
from quizzes.refusals import N_

Rows = list[list[Cell]]
SEPARATORS = ",;\t"
PACKED = (".zip", ".xlsx", ".xlsm", ".docx", ".pptx", ".ods", ".gz", ".7z", ".rar", ".jar")


def read_tables(data: bytes) -> list[tuple[str, Rows]]:
    """(sheet name, rows) of an XLSX file, known by its first bytes, else of a CSV file."""
    if data.startswith(b"PK"):
        return read_xlsx(data)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable("old_excel", N_("Tệp Excel kiểu cũ hoặc có mật khẩu. Hãy lưu lại dạng .xlsx không mật khẩu."))
    return [("", read_csv(data))]


def read_csv(data: bytes) -> Rows:
    """Separator , ; or TAB: the one that divides the first line most; Excel's line "sep=;" is obeyed."""
    text = decoded(data)
    if "\0" in text:
        raise Unreadable("csv_binary", N_("Đây không phải tệp CSV."))
    first = re.split("[\r\n]", text, maxsplit=1)[0]
    told = re.fullmatch(f"sep=([{SEPARATORS}])", first)
    if told:
        text = text[len(first) :].lstrip("\r\n")
    separator = told[1] if told else max(SEPARATORS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        return bounded(reader)
    except csv.Error:
        sentence = N_("Tệp CSV viết sai ở dòng này (dấu nháy chưa đóng hoặc ô quá dài).")
        raise Unreadable("csv_syntax", sentence, line=reader.line_num) from None


def read_xlsx(data: bytes) -> list[tuple[str, Rows]]:
    """Every visible sheet. The archive is checked whole before the parser sees it."""
    check_archive(data)
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        names = [
            one.name
            for one in book.sheets_metadata
            if one.visible is SheetVisibleEnum.Visible and one.typ is SheetTypeEnum.WorkSheet
        ]
        if len(names) > limits.SHEETS:
            raise Unreadable("too_many_sheets", N_("Tệp có quá nhiều trang tính."))
        return [(name, _sheet_rows(book.get_sheet_by_name(name))) for name in names]
    except (Unreadable, MemoryError):
        raise
    except Exception:  # the parser names its errors in many ways; to the person they are one
        raise Unreadable("xlsx_broken", N_("Tệp Excel bị hỏng, không đọc được.")) from None


def _sheet_rows(sheet: Any) -> Rows:
    if sheet.total_height > limits.ROWS or sheet.total_width > limits.COLUMNS:
        raise _too_large()
    return bounded(sheet.to_python(skip_empty_area=False))


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
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    return value.isoformat("minutes") if isinstance(value, time) else str(value) if value is not None else ""


def check_archive(data: bytes) -> None:
    """Members few, small, plain, and truly as large as they say; nothing that leaves or nests."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            _check_members(members, len(data))
            for one in members:
                if archive.read(one)[:4] == b"PK\x03\x04":  # reads at most the size named, then checks the sum
                    raise _bomb()
            if "xl/workbook.xml" not in archive.namelist():
                raise Unreadable("not_xlsx", N_("Đây không phải tệp Excel .xlsx."))
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError, OSError):
        raise Unreadable("xlsx_broken", N_("Tệp Excel bị hỏng, không đọc được.")) from None


def _check_members(members: list[zipfile.ZipInfo], size: int) -> None:
    unpacked = sum(one.file_size for one in members)
    if len(members) > limits.MEMBERS or unpacked > limits.UNPACKED_BYTES or unpacked > limits.RATIO * size:
        raise _bomb()
    names = [one.filename for one in members]
    if len(set(names)) != len(names):
        raise _bomb()
    for one in members:
        parts = one.filename.replace("\\", "/").split("/")
        leaves = ".." in parts or one.filename.startswith(("/", "\\")) or ":" in parts[0]
        linked = stat.S_ISLNK(one.external_attr >> 16)
        if leaves or linked or one.flag_bits & 1 or one.filename.lower().endswith(PACKED):
            raise _bomb()


def _bomb() -> Unreadable:
    return Unreadable("xlsx_refused", N_("Tệp Excel có cấu trúc bất thường nên không được nhận."))
