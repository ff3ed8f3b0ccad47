"""Files in and out. In: opened by a bounded child process, as they may be hostile. Out: safe to open in Excel.

    sheets = open_tables(data)          # XLSX or CSV -> list[Sheet]
    tree = open_tree(data)              # YAML or JSON -> Tree with lines
    bytes_ = write_xlsx([Page("Kết quả", rows)]);  bytes_ = write_csv(rows);  text = write_tree(tree)

A file that cannot be opened raises Unreadable (a Rejected "bad_file") whose `problem` says why.
"""

from __future__ import annotations

import codecs
import csv
import io
import json
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from app.services.commit import breathe
from app.services.files.opening import limits
from app.services.files.opening.limits import Unreadable
from app.services.files.opening.yaml_tree import read_tree, write_tree
from quizzes.importers import Imported, Sheet, Tree
from quizzes.importers.contract import Dated, Given
from quizzes.problems import Problem
from quizzes.refusals import N_

__all__ = [
    "Page",
    "Unreadable",
    "open_questions",
    "open_tables",
    "open_tree",
    "read_tree",
    "safe_cell",
    "stream_csv",
    "write_csv",
    "write_tree",
    "write_xlsx",
]

ROOT = Path(__file__).resolve().parents[3]
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\0")
"""A spreadsheet takes a cell that begins so for a formula."""
CELL_LETTERS = 32_767
"""Characters that a cell of a workbook holds."""
PIECE = 500
"""Rows of a table that are written in one go."""


def open_tables(data: bytes) -> list[Sheet]:
    """Sheets of an XLSX, XLS, ODS or CSV file from a stranger, as they show; hidden ones by name."""
    return [_sheet(**one) for one in _in_child("tables", data)]


def _sheet(
    rows: list[list[Any]], doubts: list[list[Any]], spans: list[list[int]], struck: list[list[int]], **more: Any
) -> Sheet:
    cells = [[Dated(*cell) if isinstance(cell, list) else cell for cell in row] for row in rows]
    where = {(row, column): why for row, column, why in doubts}
    merged = [(one[0], one[1], one[2], one[3]) for one in spans]
    return Sheet(rows=cells, doubts=where, spans=merged, struck={(row, column) for row, column in struck}, **more)


def open_tree(data: bytes) -> Tree:
    """A YAML or JSON file from a stranger. Our own files may use `read_tree`, which needs no child."""
    found = _in_child("tree", data)
    return Tree(found["value"], {tuple(path): line for path, line in found["lines"]})


def open_questions(data: bytes, name: str, importer: str = "", given: Given | None = None) -> tuple[str, Imported]:
    """The importer that read a stranger's file, and its questions. `importer`: the one a person chose for it."""
    found = _in_child("questions", data, {"name": name, "importer": importer, "given": dict(given or {})})
    problems = [Problem(**one | {"path": tuple(one["path"])}) for one in found.pop("problems")]
    return found.pop("importer"), Imported(problems=problems, **found)


def _in_child(kind: str, data: bytes, about: Mapping[str, Any] | None = None) -> Any:
    if len(data) > limits.FILE_BYTES:
        sentence = N_("Tệp quá lớn (nhiều nhất %(most)s MB).")
        raise Unreadable("file_too_big", sentence, most=limits.FILE_BYTES // limits.MB)
    command = [sys.executable, "-m", "app.services.files.opening.child", kind, json.dumps(about or {})]
    environment = {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", "LC_ALL": "C.UTF-8"}
    try:
        done = subprocess.run(  # noqa: S603  our own interpreter and module, no shell
            command, input=data, capture_output=True, timeout=limits.CHILD_WALL_S, cwd=ROOT, env=environment, check=True
        )
        answer = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError):
        sentence = N_("Tệp quá phức tạp, máy chủ không mở được.")
        raise Unreadable("file_refused", sentence) from None
    if "problem" in answer:
        code, sentence, line, row, about = answer["problem"]
        raise Unreadable(code, sentence, line, row, **(about or {}))
    return answer["opened"]


def safe_cell(value: Any) -> Any:
    """A value made safe for a cell: numbers as they are; text that would be a formula gets an apostrophe."""
    if value is None or isinstance(value, bool | int | float):
        return value
    text = value.isoformat() if isinstance(value, date) else str(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def write_csv(rows: Iterable[Sequence[Any]]) -> bytes:
    """UTF-8 with the mark Excel needs, commas, CRLF."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([safe_cell(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig", "replace")


def stream_csv(rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """The same table piece by piece, for as many rows as there are: what was sent is not kept."""
    rows, mark = iter(rows), codecs.BOM_UTF8
    while part := list(islice(rows, PIECE)):
        yield mark + write_csv(part).removeprefix(codecs.BOM_UTF8)
        mark = b""
        breathe()


@dataclass(frozen=True)
class Page:
    """One worksheet. `widths` in characters by column; `choices`: column -> values offered below row 1."""

    name: str
    rows: Iterable[Sequence[Any]]
    widths: Sequence[int] = ()
    choices: Mapping[int, Sequence[str | int]] = field(default_factory=dict)
    notes: Mapping[int, str] = field(default_factory=dict)
    """Column -> hint shown when a cell of it is chosen."""
    titled: bool = True
    """The first row is titles: bold, always in sight."""
    as_is: bool = False
    """For another program: no apostrophe before what a spreadsheet would take for a formula; it stays text."""
    one_page: bool = False
    """It is printed on one sheet of A4, however much stands on it."""
    grouped: bool = False
    """Numbers from ten thousand on are shown with their thousands apart."""
    as_text: bool = False
    """Cells to be filled are Text: what people type stays as typed, 1/2 and 0113 too."""


A4 = 9
"""The number of that paper in a spreadsheet."""


def write_xlsx(pages: Iterable[Page]) -> bytes:
    import xlsxwriter  # type: ignore[import-untyped]  # as heavy as half a start, and seldom needed

    out = io.BytesIO()
    # Strings are written as strings explicitly; these keep the library from ever guessing otherwise.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#E8F0FA"})
        plain = book.add_format({"text_wrap": True, "valign": "top"})
        typed = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
        counts = book.add_format({"text_wrap": True, "valign": "top", "num_format": "#,##0.0##"})
        whole = book.add_format({"text_wrap": True, "valign": "top", "num_format": "#,##0"})
        for page in pages:
            style = typed if page.as_text else plain
            styles = (bold if page.titled else style, style, *((whole, counts) if page.grouped else (style, style)))
            _write_page(book.add_worksheet(page.name[:31]), page, styles)
    return out.getvalue()


def _write_page(sheet: Any, page: Page, styles: tuple[Any, Any, Any, Any]) -> None:
    """`styles`: of the first row, of a cell, of a large whole number, of another large number."""
    first, plain, whole, counts = styles
    for column, width in enumerate(page.widths):
        sheet.set_column(column, column, width, plain if page.as_text else None)
    for row, cells in enumerate(page.rows):
        for column, value in enumerate(cells):
            large = isinstance(value, int | float) and abs(value) >= 10_000
            style = first if not row else plain if not large else whole if value == int(value) else counts
            _write_cell(sheet, row, column, value if page.as_is else safe_cell(value), style)
    if page.titled:
        sheet.freeze_panes(1, 0)
    if page.one_page:
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 1)
    for column in sorted(set(page.choices) | set(page.notes)):
        rule: dict[str, Any] = {"validate": "any"}
        if column in page.choices:
            rule = {"validate": "list", "source": list(page.choices[column])}
        if page.notes.get(column):
            rule["input_message"] = page.notes[column][:255]
        sheet.data_validation(1, column, limits.ROWS, column, rule)


def _write_cell(sheet: Any, row: int, column: int, value: Any, style: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value, style)
    elif isinstance(value, int | float) and abs(value) < 10**15:
        sheet.write_number(row, column, value, style)
    else:
        text = "".join(ch for ch in str(value) if ch >= " " or ch in "\n\t")
        sheet.write_string(row, column, text.encode("utf-8", "replace").decode()[:CELL_LETTERS], style)
