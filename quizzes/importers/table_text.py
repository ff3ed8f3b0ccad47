"""A table of questions saved or copied as text, its cells between tabs, ; or |, read as `quizzes.importers.titled`
says."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from quizzes.importers import titled
from quizzes.importers.building import unread_file
from quizzes.importers.contract import Given, Imported, Importer, Sheet
from quizzes.importers.titles import WITHIN, titles_of
from quizzes.refusals import N_

SEPARATORS = "\t;|,"


def knows(text: str) -> bool:
    return _separator(text) is not None


def read(text: str, given: Given | None = None) -> Imported:
    separator = _separator(text)
    if separator is None:
        missing = N_("Không thấy dòng tiêu đề có cột “Câu hỏi” và “Đáp án”.")
        return Imported(problems=[unread_file(missing)])
    try:
        return titled.read([Sheet("", list(_rows(text.splitlines(keepends=True), separator)))], given)
    except csv.Error:
        return Imported(problems=[unread_file(N_("Tệp CSV viết sai ở dòng này (dấu nháy chưa đóng hoặc ô quá dài)."))])


def _separator(text: str) -> str | None:
    """The sign between the cells of a row of titles at the top of the text; None for another text."""
    lines = text.splitlines(keepends=True)[:WITHIN]
    for separator in SEPARATORS:
        try:
            if titles_of(Sheet("", list(_rows(lines, separator)))):
                return separator
        except csv.Error:
            continue
    return None


def _rows(lines: list[str], separator: str) -> Iterator[list[str]]:
    """The cells of each row. A drawn table has | at both ends, and a row of dashes below its titles."""
    for row in csv.reader(lines, delimiter=separator):
        cells = [cell.strip() for cell in row]
        if separator == "|" and len(cells) > 2 and cells[0] == cells[-1] == "":
            cells = cells[1:-1]
        drawn = len(cells) > 1 and all(cell and set(cell) <= set("-:") for cell in cells)
        yield [] if drawn else cells


IMPORTER = Importer(
    key="table_text",
    title=N_("Bảng câu hỏi dạng văn bản (ngăn bằng Tab, ; hoặc |)"),
    container="text",
    suffixes=(".txt", ".md", ".text"),
    read=read,
    knows=knows,
    asks=True,
)
