"""A cell is read as it is shown."""

import io

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from app.services.files.containers import open_tables
from app.services.files.opening.cell_formats import day_of, shown
from app.services.files.opening.plain_text import decoded
from app.services.files.opening.tables import read_csv, read_tables


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (0.5, "0%", "50%"), (0.125, "0.0%", "12,5%"), (16682, "dd/mm/yyyy", "02/09/1945"), (46107, "d-mmm", "26-Mar"),
        (0, "h:mm", "0:00"), (1, "[h]:mm", "24:00"), (2, "[h]:mm", "48:00"), (113, "0000", "0113"),
        (12, "00000", "00012"), (0.5, "# ?/?", "1/2"), (2.5, "# ?/?", "2 1/2"), (1 / 3, "General", "0,333333333"),
        (50000, '#,##0" đồng"', "50.000 đồng"), (1500000.5, '#,##0" đồng"', "1.500.001 đồng"),
        (912345678, "0000 000 000", "0912 345 678"), (-5, "#,##0;[Red]-#,##0", "-5"), (0, '0;-0;"-"', "-"),
        (36526.75, "[$-42A]dd/mm/yyyy hh:mm;@", "01/01/2000 18:00"), (0.75, "h:mm AM/PM", "6:00 PM"), (7, "@", "7"),
    ],
)  # fmt: skip
def test_a_number_is_read_as_it_shows(value, code, text):
    assert shown(value, code)[0] == text


def test_a_number_that_shows_as_a_power_is_said_and_a_date_keeps_its_day():
    assert shown(123456789012, "General")[1] == "scientific"
    assert shown(5e20, "0.00E+00")[1] == "scientific"
    assert (shown(38000, "m/d/yyyy")[0], day_of(38000, "m/d/yyyy")) == ("1/14/2004", "2004-01-14")
    assert day_of(0.5, "h:mm") == day_of(12, '0" tháng d"') == ""


def test_merged_cells_hidden_rows_and_what_stands_out_are_seen():
    book = openpyxl.Workbook()
    page = book.active
    page.append(["Chủ đề", "Câu hỏi", "Đáp án"])
    for row in range(2, 5):
        page.append(["Luật" if row == 2 else None, f"Câu {row}", 1 / 2])
        page.cell(row, 3).number_format = "0%"
    page.merge_cells("A2:A4")
    page.row_dimensions[4].hidden = True
    page["B3"].font = openpyxl.styles.Font(bold=True)
    page["B2"] = CellRichText("A. Một ", TextBlock(InlineFont(b=True), "B. Hai"))
    book.create_sheet("DATA").sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    sheet, hidden = read_tables(out.getvalue())
    assert [row[0] for row in sheet.rows] == ["Chủ đề", "Luật", "Luật", "Luật"]
    assert sheet.rows[1][2] == "50%"
    assert list(sheet.hidden) == [4]
    assert (sheet.strong[2, 1], sheet.strong[3, 1]) == (["B. Hai"], ["Câu 3"])
    assert hidden.unread and hidden.name == "DATA"
    assert open_tables(out.getvalue())[0].rows == sheet.rows


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1258"])
def test_a_text_is_read_in_the_encodings_of_vietnamese_machines(encoding):
    text = "Đoàn viên, Nguyễn Thị Hường, 50 ₫"
    written = "".join(TONED.get(one, one) for one in text) if encoding == "cp1258" else text
    assert decoded(written.encode(encoding)) == text


# Windows 1258 has the tones as letters of their own.
TONED = {"ễ": "ê\u0303", "ị": "i\u0323", "ờ": "ơ\u0300"}


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_a_heading_above_the_titles_does_not_choose_the_separator(separator):
    lines = ["Danh sách, Chi đoàn thử, năm 2026", "Mã;Họ và tên;Năm", "00012;Lê Thị Mẫu;2005", "00013;Trần Thử;2004"]
    rows = read_csv("\n".join(lines[:1] + [one.replace(";", separator) for one in lines[1:]]).encode())
    assert rows[1:] == [one.split(";") for one in lines[1:]]
