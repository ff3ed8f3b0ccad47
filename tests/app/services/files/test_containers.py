"""Files in and out: honest ones come through whole, and nothing we write becomes a formula."""

import datetime
import io

import openpyxl
import pytest

from app.services.files.containers import Page, Unreadable, open_tables, write_csv, write_xlsx
from app.services.files.opening import limits, tables

ROWS = [["Họ tên", "Tuổi", "Đạt"], ["Nguyễn Thị Bình", 21, True], ["Đặng Dũng", 19.5, False], ["", "", "x"]]


def test_xlsx_is_read_back_as_written():
    sheets = open_tables(write_xlsx([Page("Đoàn viên", ROWS), Page("Hai", [["a"]])]))
    assert [one.name for one in sheets] == ["Đoàn viên", "Hai"]
    assert sheets[0].rows == [ROWS[0], ROWS[1], ROWS[2], ["", "", "x"]]
    assert isinstance(sheets[0].rows[1][1], int)


def test_dates_of_excel_come_as_they_show_and_of_hidden_sheets_only_the_name():
    book = openpyxl.Workbook()
    book.active.append([datetime.date(2026, 7, 1), datetime.datetime(2026, 7, 1, 8, 30), datetime.time(7, 5), 5])
    hidden = book.create_sheet("ẩn")
    hidden.append(["secret"])
    hidden.sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    sheets = open_tables(out.getvalue())
    assert sheets[0].rows == [["2026-07-01", "2026-07-01 8:30:00", "7:05:00", 5]]
    assert [one.day for one in sheets[0].rows[0][:2]] == ["2026-07-01"] * 2
    assert [(one.name, one.rows, one.unread) for one in sheets[1:]] == [("ẩn", [], True)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_csv_in_every_writing_of_excel(encoding, separator, newline):
    lines = ["Họ tên;Ghi chú;Năm", 'Đặng Dũng;"một, hai; ""ba""\tbốn";2004', "Chi;;"]
    text = newline.join(lines).replace(";", separator) if separator != ";" else newline.join(lines)
    sheet = open_tables(text.encode(encoding))[0]
    note = lines[1].split('"', 1)[1].rsplit('"', 1)[0].replace('""', '"')
    if separator != ";":
        note = note.replace(";", separator)
    assert sheet.rows == [["Họ tên", "Ghi chú", "Năm"], ["Đặng Dũng", note, "2004"], ["Chi"]]


def test_the_separator_line_of_excel_is_obeyed():
    assert tables.read_csv(b"sep=;\r\na,b;c\r\n") == [["a,b", "c"]]


def test_a_cell_may_hold_lines():
    assert tables.read_csv(b'a,"m\nn",b\nc\n') == [["a", "m\nn", "b"], ["c"]]


@pytest.mark.parametrize(
    ("data", "code", "line"),
    [
        (b'a,b\n"c,d\n', "csv_syntax", 2),
        (b'a,b\n"c"d,e\n', "csv_syntax", 2),
        ("Đặng".encode("cp1258", "replace") + b"\xff\xfe,b", "file_encoding", None),
        (b"a,b\0c", "csv_binary", None),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 100, "xlsx_broken", None),
        (b"a," * 200, "table_too_large", None),
        (b"a\n" * (limits.ROWS + 1), "table_too_large", None),
        (b'"' + b"x" * 40_000 + b'"', "cell_too_long", None),
        (b'"' + b"x" * 200_000 + b'"', "csv_syntax", 1),
    ],
)
def test_bad_csv_is_refused_with_its_line(data, code, line):
    with pytest.raises(Unreadable) as refused:
        tables.read_tables(data)
    assert (refused.value.problem.code, refused.value.problem.line) == (code, line)


def test_an_empty_file_is_an_empty_sheet():
    assert open_tables(b"")[0].rows == []


FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\0=1", '=HYPERLINK("http://x")']


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_becomes_a_formula(text):
    assert open_tables(write_csv([["a", text]]).replace(b"\0", b""))[0].rows[0][1].startswith("'")
    cell = openpyxl.load_workbook(io.BytesIO(write_xlsx([Page("a", [["t"], [text]])]))).active["A2"]
    assert cell.data_type == "s"
    assert cell.value.startswith("'")
    assert cell.hyperlink is None


def test_numbers_stay_numbers_and_links_stay_text():
    rows = [["t"], [-5, 2.5, None, True, "https://x.vn", "007", 10**20, float("nan")]]
    row = next(openpyxl.load_workbook(io.BytesIO(write_xlsx([Page("a", rows)]))).active.iter_rows(min_row=2))
    assert [cell.value for cell in row] == [-5, 2.5, None, True, "https://x.vn", "007", str(10**20), "nan"]


def test_csv_for_excel_begins_with_the_mark():
    assert write_csv([["Đ", "a\nb"], [1, -2]]) == b"\xef\xbb\xbf" + 'Đ,"a\nb"\r\n1,-2\r\n'.encode()


def test_letters_no_file_can_hold_do_not_stop_an_export():
    assert open_tables(write_xlsx([Page("a", [["x\ud800\x01y", "z" * 40_000]])]))[0].rows[0][0] == "x?y"
    assert "?" in write_csv([["\ud800"]]).decode("utf-8-sig")
