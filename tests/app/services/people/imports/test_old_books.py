"""An old XLS is read as the same list saved as XLSX: what is hidden or struck out, zeros, fonts, errors of formulas."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path
from struct import pack

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from app.services.files.containers import Unreadable, open_tables
from app.services.files.opening.xls_strings import Strings
from tests.app.services.people.imports.lists import book, notes, people, read, saved, wrong
from tests.organisation import Organisation, plant

OLD = (Path(__file__).resolve().parents[4] / "cases" / "old-looks.xls").read_bytes()
HEAD = ["Mã đoàn viên", "Họ và tên", "Ngày sinh", "Ghi chú kín", "Cơ sở"]
ROWS = [
    [12, "Lê Thị Mận", date(2004, 3, 26), "riêng"],
    [13, "Phạm Văn Lọc", date(2005, 9, 5), "riêng"],
    [14, "Đỗ Văn Gạch", date(2005, 9, 6), "riêng"],
    [15, "NguyÔn V¨n §µo", date(2006, 1, 2), "riêng"],
    ["#REF!", "Trần Thị Nửa", date(2006, 1, 3)],
    ["#REF!", "Trần Thị Sai", date(2006, 1, 4)],
]


@pytest.fixture
def org(bound: object) -> Organisation:
    return plant()


def new_book() -> bytes:
    made = Workbook()
    sheet = made.worksheets[0]
    sheet.title = "Danh sách"
    for row in [["DANH SÁCH ĐOÀN VIÊN"], HEAD, *ROWS]:
        sheet.append(row)
    sheet.merge_cells("A1:E1")
    for row in range(3, 9):
        sheet.cell(row, 1).number_format = "00000"
        sheet.cell(row, 3).number_format = "dd/mm/yyyy"
    for cell in sheet[2]:
        cell.font = Font(bold=True)
    sheet["B5"].font, sheet["B6"].font = Font(strike=True), Font(name=".VnTime")
    sheet["B7"] = CellRichText("Trần Thị ", TextBlock(InlineFont(strike=True), "Nửa"))
    sheet.row_dimensions[4].hidden = sheet.column_dimensions["D"].hidden = True
    made.create_sheet("DATA").sheet_state = "hidden"
    return saved(made)


def test_an_old_xls_is_read_as_the_same_list_saved_anew() -> None:
    old, new = open_tables(OLD), open_tables(new_book())
    assert old == new
    assert (list(old[0].hidden), list(old[0].hidden_columns), old[0].struck) == ([4], [3], {(5, 1), (7, 1)})
    assert [one.unread for one in old] == [False, True]


def test_what_an_old_xls_hides_is_left_out_and_named(org: Organisation) -> None:
    job, found = read(org, OLD, name="ds.xls")
    said = " ".join(notes(found))
    assert all(one in said for one in ("đang ẩn không được đọc: 4", "gạch ngang không được đọc: 5, 7", "Ghi chú kín"))
    assert "“DATA”" in said
    assert [(row, column) for row, column, _ in wrong(found)] == [(8, "code")]
    assert people(job) == [("Lê Thị Mận", 2004, "00012"), ("Nguyễn Văn Đào", 2006, "00015")]


def shut(sheet: Worksheet) -> None:
    sheet.row_dimensions[2].height = 123
    sheet.column_dimensions["C"].width = 77


def test_a_row_or_column_drawn_together_until_it_is_not_seen_is_hidden() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book(HEAD[:3], *ROWS[:2], dressed=shut))) as made, zipfile.ZipFile(out, "w") as to:
        for name in made.namelist():
            to.writestr(name, made.read(name).replace(b'ht="123"', b'ht="0"').replace(b'width="77"', b'width="0.0"'))
    (sheet,) = open_tables(out.getvalue())
    assert (list(sheet.hidden), list(sheet.hidden_columns)) == ([2], [2])


@pytest.mark.parametrize(
    "data",
    [
        b"<html><table><tr><td>Ma</td></tr></table></html>",
        b"\xef\xbb\xbf\r\n<!DOCTYPE html><table></table>",
        '<?xml version="1.0"?><Workbook/>'.encode("utf-16"),
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related",
    ],
)
def test_a_page_named_xls_is_refused_with_the_way_out(data: bytes) -> None:
    with pytest.raises(Unreadable) as refused:
        open_tables(data)
    assert refused.value.problem.code == "page_as_table"


def test_a_string_goes_on_in_the_next_record_in_letters_of_another_width() -> None:
    first = pack("<IIHBH", 2, 2, 5, 8, 1) + b"Nguy"
    rest = b"\x01" + "ễ".encode("utf-16-le") + pack("<HH", 4, 6) + pack("<HB", 2, 1) + "Đỗ".encode("utf-16-le")
    assert list(Strings([first, rest]).all()) == [("Nguyễ", [(4, 6)]), ("Đỗ", [])]


@pytest.mark.parametrize("at", [30, 48, 76, 512, 1024, 2048])
def test_an_old_xls_that_is_broken_is_one_refusal(at: int) -> None:
    with pytest.raises(Unreadable):
        open_tables(OLD[:at] + b"\xfe" * 40 + OLD[at + 40 :])
