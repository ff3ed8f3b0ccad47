"""Odd and real lists: merged, hidden, struck out, old fonts, split dates, formulas, zeros. Nothing goes without a word."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from app.services.files.containers import open_questions
from app.services.people.imports import imports
from tests.app.services.people.imports.lists import (
    Read,
    book,
    notes,
    ods,
    ods_cell,
    ods_row,
    people,
    read,
    saved,
    wrong,
)
from tests.organisation import Organisation, plant
from tests.people import CHI

HEAD = ["Mã đoàn viên", "Họ và tên", "Ngày sinh"]
MAN, DAO = ("Lê Thị Mận", 2004, "M1"), ("Phạm Văn Đào", 2005, "M2")
BOTH = [MAN, DAO]
PLAIN = [HEAD, ["M1", "Lê Thị Mận", "26/03/2004"], ["M2", "Phạm Văn Đào", "5/9/2005"]]


@pytest.fixture
def org(bound: object) -> Organisation:
    return plant()


def merged(*ranges: str):  # type: ignore[no-untyped-def]
    def dress(sheet: Worksheet) -> None:
        for one in ranges:
            sheet.merge_cells(one)

    return dress


def text_codes(sheet: Worksheet) -> None:
    for row in (2, 3):
        sheet.cell(row, 1).number_format = "00000"


def dated(sheet: Worksheet) -> None:
    sheet["C2"].number_format = "dd/mm/yyyy"
    sheet["C3"].number_format = "[$-42A]dd mmmm yyyy"


ZEROS = [("Lê Thị Mận", 2004, "00012"), ("Phạm Văn Đào", 2005, "00013")]
SHEETS: dict[str, tuple[bytes, Read]] = {
    "stt and an office above": (
        book(
            ["ĐOÀN TNCS HỒ CHÍ MINH"],
            ["DANH SÁCH ĐOÀN VIÊN"],
            [],
            ["STT", *HEAD],
            *([n, *row] for n, row in enumerate(PLAIN[1:], 1)),
        ),
        BOTH,
    ),
    "family and given name": (
        book(["Mã ĐVTN", "Họ đệm", "Tên", "Năm sinh"], ["M1", "Lê Thị", "Mận", 2004], ["M2", "Phạm Văn", "Đào", 2005]),
        BOTH,
    ),
    "names over two columns under one merged title": (
        book(
            ["Mã đoàn viên", "Họ và tên", "", "Năm sinh"],
            ["M1", "Lê Thị", "Mận", 2004],
            ["M2", "Phạm Văn", "Đào", 2005],
            dressed=merged("B1:C1"),
        ),
        BOTH,
    ),
    "birth dates split by sex": (
        book(
            ["Mã đoàn viên", "Họ và tên", "Ngày sinh", ""],
            ["", "", "Nam", "Nữ"],
            ["M1", "Lê Thị Mận", "", "26/3/2004"],
            ["M2", "Phạm Văn Đào", "5/9/2005", ""],
            dressed=merged("C1:D1", "A1:A2", "B1:B2"),
        ),
        BOTH,
    ),
    "real dates": (
        book(
            HEAD, ["M1", "Lê Thị Mận", date(2004, 3, 26)], ["M2", "Phạm Văn Đào", datetime(2005, 9, 5)], dressed=dated
        ),
        BOTH,
    ),
    "text dates of programs": (
        book(HEAD, ["M1", "Lê Thị Mận", "26/03/2004 00:00:00"], ["M2", "Phạm Văn Đào", "2005-09-05T00:00:00"]),
        BOTH,
    ),
    "dates with dots and in words": (
        book(HEAD, ["M1", "Lê Thị Mận", "26.03.2004"], ["M2", "Phạm Văn Đào", "ngày 5 tháng 9 năm 2005"]),
        BOTH,
    ),
    "month and year only": (book(HEAD, ["M1", "Lê Thị Mận", "03/2004"], ["M2", "Phạm Văn Đào", "9-2005"]), BOTH),
    "two digits of a year": (book(HEAD, ["M1", "Lê Thị Mận", "26/3/04"], ["M2", "Phạm Văn Đào", "5/9/05"]), BOTH),
    "year as text with spaces": (
        book(HEAD, ["M1", " Lê  Thị Mận ", " 2004 "], ["M2 ", "Phạm\nVăn Đào", "'2005"]),
        BOTH,
    ),
    "zeros by a format": (book(HEAD, [12, "Lê Thị Mận", 2004], [13, "Phạm Văn Đào", 2005], dressed=text_codes), ZEROS),
    "zeros as text": (book(HEAD, ["00012", "Lê Thị Mận", 2004], ["00013", "Phạm Văn Đào", 2005]), ZEROS),
    "a chapter merged over its people": (
        book(
            [*HEAD, "Chi đoàn"],
            ["M1", "Lê Thị Mận", 2004, "Chi đoàn khu phố 1"],
            ["M2", "Phạm Văn Đào", 2005],
            dressed=merged("D2:D3"),
        ),
        BOTH,
    ),
    "empty columns between": (
        book(["", *HEAD[:1], "", *HEAD[1:]], ["", "M1", "", "Lê Thị Mận", 2004], ["", "M2", "", "Phạm Văn Đào", 2005]),
        BOTH,
    ),
    "empty rows between": (book(HEAD, [], PLAIN[1], [], [], PLAIN[2]), BOTH),
    "titles in capitals with stars and breaks": (
        book(["MÃ ĐOÀN VIÊN (*)", "HỌ VÀ\nTÊN *", "NGÀY SINH:"], *PLAIN[1:]),
        BOTH,
    ),
    "titles in English": (book(["Code", "Full name", "Date of birth"], *PLAIN[1:]), BOTH),
    "two sheets of members": (b"", BOTH),
}


def two_sheets() -> bytes:
    made = Workbook()
    first, second = made.active, made.create_sheet("Chi đoàn 2")
    hidden, cover = made.create_sheet("Dữ liệu"), made.create_sheet("Bìa")
    assert first is not None
    for sheet, row in ((first, PLAIN[1]), (second, PLAIN[2])):
        sheet.append(HEAD)
        sheet.append(row)
    hidden.append(["Mã đoàn viên", "Họ và tên"])
    hidden.append(["M3", "Người Ẩn"])
    hidden.sheet_state = "veryHidden"
    cover.append(["Đoàn phường Sao Mai"])
    return saved(made)


SHEETS["two sheets of members"] = two_sheets(), BOTH


@pytest.mark.parametrize("name", SHEETS)
def test_a_real_list_is_read_as_a_person_reads_it(org: Organisation, name: str) -> None:
    data, expected = SHEETS[name]
    job, found = read(org, data)
    assert found.whole and wrong(found) == []
    assert people(job) == expected
    imports.confirm(org.members[CHI], job)
    done = imports.job(job)
    assert done and (done.state, done.counts["new"]) == ("done", 2)


TEXTS = {
    "comma": ("\ufeffMã đoàn viên,Họ và tên,Năm sinh\r\nM1,Lê Thị Mận,2004\r\nM2,Phạm Văn Đào,2005\r\n", "utf-8"),
    "semicolon": ("DS\nMã đoàn viên;Họ và tên;Năm sinh\nM1;Lê Thị Mận;2004\nM2;Phạm Văn Đào;2005\n", "utf-8"),
    "tab and UTF-16": ("Mã đoàn viên\tHọ và tên\tNăm sinh\nM1\tLê Thị Mận\t2004\nM2\tPhạm Văn Đào\t2005\n", "utf-16"),
    "bar": ("Mã đoàn viên|Họ và tên|Năm sinh\nM1|Lê Thị Mận|2004\nM2|Phạm Văn Đào|2005\n", "utf-8"),
    "sep": ("sep=;\nMã đoàn viên;Họ và tên;Năm sinh\nM1;Lê Thị Mận;2004\nM2;Phạm Văn Đào;2005\n", "utf-8"),
    "old line ends": ("Mã đoàn viên,Họ và tên,Năm sinh\rM1,Lê Thị Mận,2004\rM2,Phạm Văn Đào,2005\r", "utf-8"),
    "decomposed": ("Mã đoàn viên,Họ và tên,Năm sinh\nM1,Lê Thị Mận,2004\nM2,Phạm Văn Đào,2005\n", "utf-8"),
    "quoted": (
        '"Mã đoàn viên","Họ và tên","Năm sinh"\n"M1","Lê Thị Mận","2004"\n"M2","Phạm Văn Đào","2005"\n',
        "utf-8",
    ),
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_file_is_read_whatever_its_marks(org: Organisation, name: str) -> None:
    text, encoding = TEXTS[name]
    if name == "decomposed":
        import unicodedata

        text = unicodedata.normalize("NFD", text)
    job, found = read(org, text.encode(encoding), name="ds.csv")
    assert people(job) == BOTH and wrong(found) == []


def as_windows(text: str) -> bytes:
    """As Windows' Vietnamese keyboard stores it: the letter with its shape, then the tone."""
    import unicodedata

    out = bytearray()
    for letter in text:
        try:
            out += letter.encode("cp1258")
        except UnicodeEncodeError:
            base, *marks = unicodedata.normalize("NFD", letter)
            shape = [one for one in marks if one in "\u0302\u0306\u031b"]
            tone = [one for one in marks if one not in shape]
            out += unicodedata.normalize("NFC", base + "".join(shape)).encode("cp1258") + "".join(tone).encode("cp1258")
    return bytes(out)


def test_a_file_of_windows_vietnamese_is_read(org: Organisation) -> None:
    text = "Mã đoàn viên;Họ và tên;Năm sinh\nM1;Lê Thị Mận;2004\nM2;Phạm Văn Đào;2005\nM3;Nguyễn Thị Ngọc Ánh;2006\n"
    job, found = read(org, as_windows(text), name="ds.csv")
    assert people(job) == [*BOTH, ("Nguyễn Thị Ngọc Ánh", 2006, "M3")] and wrong(found) == []


def test_hidden_rows_and_columns_are_not_read_and_named(org: Organisation) -> None:
    def dress(sheet: Worksheet) -> None:
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["C"].hidden = True

    job, found = read(org, book(*PLAIN, dressed=dress))
    assert people(job) == [("Lê Thị Mận", None, "M1")]
    said = " ".join(notes(found))
    assert "ẩn không được đọc: 3" in said and "“Ngày sinh”" in said
    imports.read_as(org.members[CHI], job, {"Mã đoàn viên": "code", "Họ và tên": "name", "Ngày sinh": "birth_year"})
    assert people(job) == [MAN], "who chooses a hidden column has it read"


def test_a_hidden_column_of_codes_is_asked_about(org: Organisation) -> None:
    def dress(sheet: Worksheet) -> None:
        sheet.column_dimensions["A"].hidden = True

    _, found = read(org, book(*PLAIN, dressed=dress))
    assert not found.whole and found.counts["new"] == 0


@pytest.mark.parametrize("how", ["row", "name", "part", "unused"])
def test_rows_struck_out_are_not_read_and_named(org: Organisation, how: str) -> None:
    def dress(sheet: Worksheet) -> None:
        if how == "part":
            gone = TextBlock(InlineFont(strike=True), "Phạm Văn Cũ")
            sheet["B3"] = CellRichText(gone, " Phạm Văn Đào")
        places = {"row": ["A3", "B3", "C3"], "name": ["B3"], "part": [], "unused": ["D3"]}[how]
        for place in places:
            sheet[place].font = Font(strike=True)

    rows = [[*HEAD, "Điện thoại"], [*PLAIN[1], "0900"], [*PLAIN[2], "0901"]]
    job, found = read(org, book(*rows, dressed=dress))
    assert people(job) == (BOTH if how == "unused" else [MAN])
    assert any("gạch ngang không được đọc: 3" in one for one in notes(found)) == (how != "unused")


def test_text_for_an_old_font_is_read_as_the_font_shows_it(org: Organisation) -> None:
    def dress(sheet: Worksheet) -> None:
        for row, font in ((1, ".VnTime"), (2, ".VnTime"), (3, "VNI-Times"), (4, ".VnTimeH")):
            for column in range(1, 4):
                sheet.cell(row, column).font = Font(name=font)

    rows = [
        ["M· ®oµn viªn", "Hä vµ tªn", "N¨m sinh"],
        ["M1", "Lª ThÞ MËn", 2004],
        ["M2", "Phaïm Vaên Ñaøo", 2005],
        ["M3", "NguyÔn ThÞ Ngäc ¸nh", 2006],
    ]
    job, found = read(org, book(*rows, dressed=dress))
    assert people(job) == [*BOTH, ("NGUYỄN THỊ NGỌC ÁNH", 2006, "M3")] and wrong(found) == []


def test_text_for_an_old_font_without_the_font_is_refused_by_name(org: Organisation) -> None:
    rows = [HEAD, ["M1", "NguyÔn V¨n An", 2004], ["M2", "Nguyeãn Vaên Ñöùc", 2005], ["M3", "Raúl Castro", 2006]]
    job, found = read(org, book(*rows))
    assert wrong(found) == [(2, "name", "old_font"), (3, "name", "old_font")]
    assert people(job) == [("Raúl Castro", 2006, "M3")]


def test_a_formula_is_read_as_what_it_came_to_and_an_empty_one_is_missed(org: Organisation) -> None:
    job, found = read(org, book(HEAD, ["M1", '="Lê"&" Mận"', 2004], PLAIN[2]))
    assert people(job) == [DAO] and wrong(found) == [(2, "name", "needed")]


def test_an_error_of_excel_is_no_name_and_no_code(org: Organisation) -> None:
    job, found = read(org, book(HEAD, ["M1", "#REF!", 2004], ["#N/A", "Lê Mận", 2005], PLAIN[2]))
    assert people(job) == [DAO] and [one[0] for one in wrong(found)] == [2, 3]


def test_a_number_that_excel_shows_in_powers_is_named(org: Organisation) -> None:
    job, found = read(org, book(HEAD, [123456789012345, "Lê Mận", 2004], PLAIN[2]))
    assert people(job) == [DAO] and wrong(found) == [(2, "code", "scientific")]


def test_an_ods_is_read_as_it_shows(org: Organisation) -> None:
    code = '<table:table-cell office:value-type="float" office:value="12"><text:p>00012</text:p></table:table-cell>'
    day = ods_cell("26/03/04", ' office:value-type="date" office:date-value="2004-03-26"')
    rows = [
        ods_row(*HEAD),
        ods_row(code, "Lê Thị Mận", day),
        ods_row("M2", "Phạm Văn Đào", "5/9/2005"),
        ods_row("M3", "Người Bị Lọc", "2001", look=' table:visibility="filter"'),
        ods_row("M4", ods_cell("Người Bị Gạch", ' office:value-type="string" table:style-name="struck"'), "2001"),
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="1024"/>'
        "</table:table-row>",
    ]
    away = (
        f'<table:table table:name="Ẩn" table:style-name="away"><table:table-column/>{ods_row(*HEAD)}'
        f"{ods_row('M9', 'Người Ẩn', '2001')}</table:table>"
    )
    job, found = read(org, ods("".join(rows), more=away), name="ds.ods")
    assert people(job) == [("Lê Thị Mận", 2004, "00012"), DAO] and wrong(found) == []
    said = " ".join(notes(found))
    assert "đang ẩn không được đọc: 4" in said and "gạch ngang không được đọc: 5" in said and "“Ẩn”" in said


def test_a_question_struck_out_and_a_formula_without_a_value_are_named_too() -> None:
    def dress(sheet: Worksheet) -> None:
        sheet["A3"].font = Font(strike=True)

    head = ["Câu hỏi", "A", "B", "Đáp án", "Chủ đề", "Nguồn", "Loại", "Độ khó"]
    rest = ["A", "Chung", "Sách", "Một đáp án đúng", 1]
    data = book(head, ["Một?", "a", "b", *rest], ["Hai?", "a", "b", *rest], ["Ba?", "#REF!", "b", *rest], dressed=dress)
    _, found = open_questions(data, "de.xlsx")
    assert [one["text"]["vi"] for one in found.drafts] == ["Một?"]
    said = {(one.code, one.row) for one in found.problems if one.code != "explanation_missing"}
    assert said == {("rows_struck", 3), ("cell_error", 4)}
