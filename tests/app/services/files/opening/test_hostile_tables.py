"""Workbooks and CSV made to hurt: refused by the child within its own limits, with little memory in this process."""

import io
import resource
import zipfile

import pytest

from app.services.files import containers
from app.services.files.containers import Page, Unreadable, open_tables, write_xlsx
from app.services.files.opening import limits
from quizzes.refusals import Rejected

ROWS = [["a", 1], ["b", 2]]


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
    "far corner": lambda: with_sheet(
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    ),
    "wide": lambda: with_sheet('<row r="1"><c r="A1"><v>1</v></c><c r="ZZ1"><v>1</v></c></row>'),
    "shared": lambda: with_sheet(
        "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 100_000)),
        f'<?xml version="1.0"?><sst {MAIN} count="1" uniqueCount="1"><si><t>{BIG_STRING}</t></si></sst>',
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_workbook_is_refused_by_its_own_limits_and_small(name, monkeypatch):
    """Nobody has to end the child from outside: its own limits (CPU, memory, what it counts) do."""
    monkeypatch.setattr(limits, "CHILD_WALL_S", 10_000)
    data = HOSTILE[name]()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    refusal(data)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 60_000  # kB


def test_sizes_that_lie_are_found_out():
    data = bytearray(repacked(lambda name, content: b"\0" * 60_000_000 if name.endswith("sheet1.xml") else content))
    told = (60_000_000).to_bytes(4, "little")
    while told in data:
        at = data.index(told)
        data[at : at + 4] = (1000).to_bytes(4, "little")
    assert refusal(bytes(data)) == "file_broken"


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


@pytest.mark.parametrize("part", ["xl/styles.xml", "xl/sharedStrings.xml", "xl/workbook.xml"])
def test_a_workbook_with_a_broken_part_is_said_to_be_broken(part):
    broken = repacked(lambda name, data: data[: len(data) // 2] + b"\1<" if name == part else data)
    assert refusal(broken) == "xlsx_broken"
