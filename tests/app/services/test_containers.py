"""Files in and out: honest ones come through whole, hostile ones are refused fast and small."""

import datetime
import io
import resource
import time
import zipfile

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.services import containers
from app.services.containers import (
    Page,
    Unreadable,
    open_tables,
    open_tree,
    read_tree,
    write_csv,
    write_tree,
    write_xlsx,
)
from app.services.opening import limits, tables
from quizzes.engine import Rejected

ROWS = [["Họ tên", "Tuổi", "Đạt"], ["Nguyễn Thị Bình", 21, True], ["Đặng Dũng", 19.5, False], ["", "", "x"]]
CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)


def refusal(data, opener=open_tables):
    with pytest.raises(Unreadable) as refused:
        opener(data)
    assert isinstance(refused.value, Rejected)
    assert refused.value.code == "bad_file"
    assert refused.value.problem.sentence
    return refused.value.problem.code


def repacked(change, names=None):
    """A right workbook with members changed: change(name, content) -> content or None."""
    out = io.BytesIO()
    source = zipfile.ZipFile(io.BytesIO(write_xlsx([Page("a", ROWS)])))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            content = change(name, source.read(name))
            if content is not None:
                archive.writestr(name, content)
        for name, content in (names or {}).items():
            archive.writestr(name, content)
    return out.getvalue()


def with_sheet(rows_xml, strings=None):
    def change(name, content):
        if name == "xl/worksheets/sheet1.xml":
            return (
                '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
                f"<sheetData>{rows_xml}</sheetData></worksheet>"
            )
        return strings if strings and name == "xl/sharedStrings.xml" else content

    return repacked(change)


def test_xlsx_is_read_back_as_written():
    sheets = open_tables(write_xlsx([Page("Đoàn viên", ROWS), Page("Hai", [["a"]])]))
    assert [one.name for one in sheets] == ["Đoàn viên", "Hai"]
    assert sheets[0].rows == [ROWS[0], ROWS[1], ROWS[2], ["", "", "x"]]
    assert isinstance(sheets[0].rows[1][1], int)


def test_dates_of_excel_come_as_iso_text_and_hidden_sheets_stay_hidden():
    book = openpyxl.Workbook()
    book.active.append([datetime.date(2026, 7, 1), datetime.datetime(2026, 7, 1, 8, 30), datetime.time(7, 5), 5])
    hidden = book.create_sheet("ẩn")
    hidden.append(["secret"])
    hidden.sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    sheets = open_tables(out.getvalue())
    assert [one.rows for one in sheets] == [[["2026-07-01", "2026-07-01 08:30", "07:05", 5]]]


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
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 100, "old_excel", None),
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


# ---- hostile workbooks: every one refused, in seconds, with little memory in this process

BIG_STRING = "x" * 32_000
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]>"
)
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
HOSTILE = {
    "bomb": lambda: repacked(lambda name, data: b"\0" * 60_000_000 if name.endswith("sheet1.xml") else data),
    "ratio": lambda: repacked(lambda name, data: data, {"xl/x.xml": b"\0" * 20_000_000}),
    "members": lambda: repacked(lambda name, data: data, {f"xl/{n}.xml": b"" for n in range(201)}),
    "traversal": lambda: repacked(lambda name, data: data, {"../../evil": b"a"}),
    "absolute": lambda: repacked(lambda name, data: data, {"/etc/evil": b"a"}),
    "drive": lambda: repacked(lambda name, data: data, {"C:\\evil": b"a"}),
    "nested name": lambda: repacked(lambda name, data: data, {"xl/inner.zip": b"a"}),
    "nested": lambda: repacked(lambda name, data: data, {"xl/inner.bin": write_xlsx([Page("a", ROWS)])}),
    "no workbook": lambda: repacked(lambda name, data: None if name == "xl/workbook.xml" else data),
    "broken": lambda: write_xlsx([Page("a", ROWS)])[:-200],
    "not a zip": lambda: b"PK\x03\x04" + b"junk" * 1000,
    "xml": lambda: repacked(lambda name, data: b"<<<<" if name.endswith("sheet1.xml") else data),
    "far corner": lambda: with_sheet('<row r="1"><c r="A1"><v>1</v></c></row>'
                                     '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
    "wide": lambda: with_sheet('<row r="1"><c r="A1"><v>1</v></c><c r="ZZ1"><v>1</v></c></row>'),
    "shared": lambda: with_sheet(
        "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 100_000)),
        f'<?xml version="1.0"?><sst {MAIN} count="1" uniqueCount="1"><si><t>{BIG_STRING}</t></si></sst>',
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_workbook_is_refused_fast_and_small(name):
    data = HOSTILE[name]()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.monotonic()
    refusal(data)
    assert time.monotonic() - started < limits.CHILD_WALL_S / 2
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 60_000  # kB


def test_sizes_that_lie_are_found_out():
    data = bytearray(repacked(lambda name, content: b"\0" * 60_000_000 if name.endswith("sheet1.xml") else content))
    told = (60_000_000).to_bytes(4, "little")
    while told in data:
        at = data.index(told)
        data[at : at + 4] = (1000).to_bytes(4, "little")
    assert refusal(bytes(data)) == "xlsx_broken"


def test_entities_are_not_expanded():
    strings = f'{LAUGHS}<sst {MAIN} count="1" uniqueCount="1"><si><t>&j;</t></si></sst>'
    data = with_sheet('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', strings)
    try:
        rows = open_tables(data)[0].rows
    except Unreadable:
        return
    assert len(str(rows)) < 100


def test_files_over_the_limit_are_not_even_started(monkeypatch):
    monkeypatch.setattr(containers.subprocess, "run", None)
    assert refusal(b"a" * (limits.FILE_BYTES + 1)) == "file_too_big"


def test_a_child_that_hangs_is_ended(monkeypatch):
    monkeypatch.setattr(limits, "CHILD_WALL_S", 0.01)
    assert refusal(b"a,b") == "file_refused"


# ---- YAML

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**17), 10**17) | st.text(st.characters(exclude_categories=["Cs", "Cc"]))
    | st.sampled_from(["2026-07-01", "true", "null", "~", "1e5", "1.5", "0x10", "no", "on", "= 5", "- a", "a: b"])
    | st.sampled_from(["1_0", "12:30", "'", "#", "&a", "*a", "!x", "?", "%", "---"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abcđ", min_size=1), inner, max_size=4),
    max_leaves=10,
)  # fmt: skip


@given(PLAIN)
@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_a_tree_written_is_read_back(value):
    assert read_tree(write_tree({"v": value}).encode()).value == {"v": value}


def test_every_node_has_its_line():
    tree = open_tree(b"a: 1\nb:\n  - x\n  - y: [1,\n      2]\n")
    assert tree.value == {"a": 1, "b": ["x", {"y": [1, 2]}]}
    assert [tree.line(path) for path in [("a",), ("b", 0), ("b", 1, "y", 1), ("b", 1, "missing")]] == [1, 3, 5, 4]


def test_plain_words_mean_what_people_mean():
    text = "a: no\nb: on\nc: 2026-07-01\nd: 0912\ne: '5'\nf: 1.5\ng: true\nh:\ni: 12:30\nj: 99999999999999999999\n"
    assert read_tree(text.encode()).value == {
        "a": "no", "b": "on", "c": "2026-07-01", "d": "0912", "e": "5", "f": 1.5, "g": True, "h": None,
        "i": "12:30", "j": "99999999999999999999",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("a: &x [1]\nb: *x\n", "yaml_alias", 1),
        ("a: 1\nb: *x\n", "yaml_alias", 2),
        ("a: 1\nb: !!python/object/apply:os.system ['id']\n", "yaml_tag", 2),
        ("a: !x 1\n", "yaml_tag", 1),
        ("a: 1\n---\nb: 2\n", "yaml_documents", 2),
        ("a: 1\na: 2\n", "yaml_twice", 2),
        ("? [a]\n: 1\n", "yaml_key", 1),
        ("a: 1\n b: 2\n", "yaml_syntax", 2),
        ("a: [1,\nb: 'x\n", "yaml_syntax", 3),
        ("a: \x07", "yaml_syntax", None),
        ("[" * 100_000, "yaml_depth", 1),
        ("- " * 100_000, "yaml_depth", 1),
        ("[" + "1," * 300_000 + "]", "yaml_size", 1),
        ("x" * (limits.YAML_BYTES + 1), "file_too_big", None),
    ],
)
def test_bad_yaml_is_refused_with_its_line(text, code, line):
    with pytest.raises(Unreadable) as refused:
        read_tree(text.encode())
    found = refused.value.problem
    assert found.code == code
    assert line in (None, found.line)


def test_the_child_says_the_same_as_we_would():
    with pytest.raises(Unreadable) as refused:
        open_tree(b"a: 1\nb: *x\n")
    assert (refused.value.problem.code, refused.value.problem.line) == ("yaml_alias", 2)


# ---- out

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
