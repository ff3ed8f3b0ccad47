"""Lists as people have them, made for tests: workbooks with their looks, and what is read of them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from app.services.people.imports import imports
from app.services.people.imports.looks import Job
from tests.organisation import Organisation
from tests.people import CHI

Rows = Sequence[Sequence[Any]]
Read = list[tuple[str, int | None, str]]


def book(*rows: Sequence[Any], dressed: Callable[[Worksheet], object] | None = None) -> bytes:
    """A workbook of one sheet; `dressed` gives the sheet its looks."""
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    if dressed:
        dressed(sheet)
    return saved(made)


def saved(made: Workbook) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


NAMES = "".join(
    f' xmlns:{one}="urn:oasis:names:tc:opendocument:xmlns:{one}:1.0"' for one in ("office", "table", "text", "style")
)
MANIFEST = (
    '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    '<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
    "</manifest:manifest>"
)
STYLES = (
    '<style:style style:name="struck" style:family="table-cell">'
    '<style:text-properties style:text-line-through-style="solid"/></style:style>'
    '<style:style style:name="away" style:family="table"><style:table-properties table:display="false"/></style:style>'
)


def ods(cells: str, columns: str = "<table:table-column/>", more: str = "") -> bytes:
    """An ODS of one sheet whose rows are written out; `more`: further sheets."""
    content = (
        f'<?xml version="1.0"?><office:document-content{NAMES} office:version="1.2"><office:automatic-styles>{STYLES}'
        f'</office:automatic-styles><office:body><office:spreadsheet><table:table table:name="DS">{columns}{cells}'
        f"</table:table>{more}</office:spreadsheet></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", MANIFEST)
        archive.writestr("content.xml", content)
    return out.getvalue()


def ods_row(*cells: str, look: str = "") -> str:
    return f"<table:table-row{look}>{''.join(one if one.startswith('<') else ods_cell(one) for one in cells)}</table:table-row>"


def ods_cell(text: str, look: str = ' office:value-type="string"') -> str:
    return f"<table:table-cell{look}>" + (f"<text:p>{escape(text)}</text:p>" if text else "") + "</table:table-cell>"


def read(org: Organisation, data: bytes, at: int | None = None, name: str = "ds.xlsx") -> tuple[int, Job]:
    job = imports.start(org.members[CHI], at or org.branch, "members", name, data)
    found = imports.job(job)
    assert found is not None
    return job, found


def people(job: int) -> Read:
    """Name, year of birth, and code where the file says one, of the rows that would be taken."""
    return [(one.name, one.birth_year, "" if one.is_named else one.code) for one in imports.staged(job)]


def wrong(found: Job) -> list[tuple[int, str, str]]:
    return [(one.row, one.column, one.code) for one in found.problems]


def notes(found: Job) -> list[str]:
    return [sentence % about for sentence, about in found.notes]
