"""Figures of a target from a table: each row a chapter, a day, how many more, and where that is written."""

from __future__ import annotations

import hashlib

from sqlalchemy.orm import Session

from app.services.commit import breathe, reading
from app.services.deeds.cells import number_in
from app.services.files.containers import open_tables
from app.services.people.chapter_import import day_of_row
from app.services.people.chapter_names import Places
from app.services.people.chapters import clean_code
from app.services.people.import_columns import Column, RowProblem, read_rows
from app.services.targets.filling import Figure
from app.services.targets.looking import TargetLine
from quizzes.importers import Sheet
from quizzes.refusals import N_

COLUMNS = (
    Column("chapter", N_("Mã cơ sở"), ("ma co so", "ma don vi", "ma chi doan", "chapter code", "code")),
    Column("chapter_name", N_("Tên cơ sở"), ("ten co so", "ten don vi", "co so", "don vi", "chapter name", "chapter")),
    Column("day", N_("Ngày"), ("ngay", "ngay bao cao", "day", "date"), needed=True, is_day=True),
    Column("count", N_("Số lượng"), ("so luong", "so", "ket qua", "count", "number"), needed=True),
    Column("evidence", N_("Minh chứng"), ("minh chung", "van ban", "nguon", "evidence", "source")),
)
TITLES = {column.key: column.title for column in COLUMNS}


def read(data: bytes, target: TargetLine) -> tuple[list[Figure], list[RowProblem]]:
    """The figures, and what is wrong in which cell. The same row of the same file is the same figure for ever.

    Raises Unreadable for a file that is no table, Rejected for one without the columns.
    """
    return _read(open_tables(data), target, hashlib.sha256(data).hexdigest()[:24])


@reading
def _read(db: Session, sheets: list[Sheet], target: TargetLine, file: str) -> tuple[list[Figure], list[RowProblem]]:
    problems, figures, places = list[RowProblem](), list[Figure](), Places(db, target.path)
    for number, row in enumerate(read_rows(sheets, COLUMNS, problems)):
        chapter = places.find(row, clean_code(row["chapter"]), row["chapter_name"])
        if chapter is None and row.good:
            row.wrong("chapter", "needed")
        day, count = day_of_row(row, "day"), number_in(row, "count")
        if day is None and row.good:
            row.wrong("day", "needed")
        if row.good and chapter is not None and day is not None:
            figures.append(Figure(f"{file}-{target.id}-{number}", chapter, day, count, row["evidence"]))
        if number % 100 == 99:
            breathe()
    return figures, problems
