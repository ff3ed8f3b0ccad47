"""Official head-counts from a table: each row a chapter by its code and how many members it has."""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.services.contests.setup.units import MOST_MEMBERS, Headcount
from app.services.files.containers import open_tables
from app.services.people.chapters import clean_code
from app.services.people.imports.columns import Column, RowProblem, read_rows
from quizzes.refusals import N_

COLUMNS = (
    Column("code", N_("Mã cơ sở"), ("ma co so", "ma don vi", "ma chi doan", "chapter code", "code"), needed=True),
    Column("name", N_("Tên cơ sở"), ("ten co so", "ten don vi", "chapter name", "name")),
    Column("members", N_("Số chính thức"), ("so doan vien", "so luong", "si so", "tong so", "members"), needed=True),
)
GROUPED = re.compile(r"\d{1,9}|\d{1,3}([. ,])\d{3}(\1\d{3})?")
"""125, 1250, 1.250, 1 250 000."""


def number_of(text: str) -> int | None:
    """The head-count somebody wrote; None where it is none."""
    return int(re.sub(r"\D", "", text)) if GROUPED.fullmatch(text) else None


def rows(found: Iterable[Headcount]) -> list[list[str | int]]:
    """The table to fill in: every chapter, with the number declared so far."""
    return [[one.code, one.name, "" if one.declared is None else one.declared] for one in found]


def read(data: bytes, found: Iterable[Headcount]) -> tuple[dict[int, int | None], list[RowProblem]]:
    """Chapter id -> members (None: an empty cell takes the number back), and what is wrong in which row.

    Raises Unreadable for a file that is no table, Rejected for one without the columns.
    """
    known = {clean_code(one.code): one.id for one in found}
    numbers: dict[int, int | None] = {}
    first: dict[int, int] = {}
    problems: list[RowProblem] = []
    for row in read_rows(open_tables(data), COLUMNS, problems):
        chapter, members = known.get(clean_code(row["code"])), number_of(row["members"])
        if chapter is None:
            row.wrong("code", "no_chapter" if row["code"] else "needed")
        elif chapter in numbers:
            row.wrong("code", "twice", first=first[chapter])
        elif row["members"] and (members is None or members > MOST_MEMBERS):
            row.wrong("members", "headcount", most=MOST_MEMBERS)
        else:
            numbers[chapter], first[chapter] = members, row.number
    return numbers, problems
