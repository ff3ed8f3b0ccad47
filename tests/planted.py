"""Rows that services have written once in this process, written again as they stand: an organisation for each test.

A thousand tests begin with the same organisation, and services take fifteen transactions to make it. The first one is
made by them, on each engine; a later database without anything in it gets the same rows, with the times of its own moment.
"""

from __future__ import annotations

import copy
import time
from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import Table, select, text
from sqlalchemy.orm import Session

from app.models.base import Base
from app.services.commit import reading, writing

Made = TypeVar("Made")
Rows = dict[str, list[dict[str, Any]]]

OLDEST_US = 1_500_000_000_000_000
"""A whole number above this (microseconds since 1970) is a moment."""
NEXT = "SELECT setval(pg_get_serial_sequence('{table}', '{column}'), max({column})) FROM {table}"
_known: dict[tuple[str, str], tuple[int, Rows, Any]] = {}


def planted(name: str, make: Callable[[], Made]) -> Made:
    """Make and write it where nothing is known yet; otherwise write the rows that are known. Returns what was made."""
    engine, is_empty = _before()
    if not is_empty:
        return make()
    if (engine, name) not in _known:
        at, made = _now(), make()
        _known[engine, name] = at, _rows(), made
        return made
    at, rows, made = _known[engine, name]
    _write(rows, _now() - at)
    return copy.deepcopy(made)  # type: ignore[no-any-return]


def _now() -> int:
    return time.time_ns() // 1000


def _tables() -> list[Table]:
    return [table for table in Base.metadata.sorted_tables if table.name not in ("program_version",)]


@reading
def _before(db: Session) -> tuple[str, bool]:
    """The engine, and whether nobody has written anything about people, chapters and what is done with them."""
    names = [
        Base.metadata.tables[name]
        for name in ("chapter", "member", "audit", "notice", "show", "contest", "entry", "bank")
    ]
    return db.get_bind().dialect.name, not any(db.execute(select(1).select_from(one).limit(1)).first() for one in names)


@reading
def _rows(db: Session) -> Rows:
    found = {table.name: [dict(row) for row in db.execute(select(table)).mappings()] for table in _tables()}
    return {name: rows for name, rows in found.items() if rows}


@writing
def _write(db: Session, rows: Rows, later_us: int) -> None:
    is_postgres = db.get_bind().dialect.name == "postgresql"
    for name, those in rows.items():
        table = Base.metadata.tables[name]
        db.connection().execute(
            table.insert(), [{at: _moved(one, later_us) for at, one in row.items()} for row in those]
        )
        key = table.autoincrement_column
        if is_postgres and key is not None:
            db.execute(text(NEXT.format(table=name, column=key.name)))


def _moved(value: Any, later_us: int) -> Any:
    return value + later_us if type(value) is int and value > OLDEST_US else value
