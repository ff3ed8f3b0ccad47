"""Many rows at once, by the quickest way the engine has: COPY on PostgreSQL, prepared statements on SQLite."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain, islice
from typing import Any

from sqlalchemy import Table, text
from sqlalchemy.orm import Session
from sqlalchemy.sql.schema import ScalarElementColumnDefault

SLICE = 5000  # rows of one statement


def pour(db: Session, table: Table, rows: Iterable[Mapping[str, Any]]) -> int:
    """Insert rows that all have the keys of the first one; columns they leave out get their plain defaults.

    Values go in as the driver takes them: dates, bytes and text, no JSON objects. Returns how many there were.
    """
    rows = iter(rows)
    first = next(rows, None)
    if first is None:
        return 0
    fixed = {
        one.name: one.default.arg
        for one in table.columns
        if one.name not in first and isinstance(one.default, ScalarElementColumnDefault)
    }
    names = [*first, *fixed]
    tail = tuple(fixed.values())
    values = ((*row.values(), *tail) for row in chain([first], rows))
    count = (_copy if db.get_bind().dialect.name == "postgresql" else _prepared)(db, table.name, names, values)
    if "id" in first:
        _number_on(db, table.name)
    return count


def _prepared(db: Session, table: str, names: list[str], values: Iterable[tuple[Any, ...]]) -> int:
    said = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"  # noqa: S608  our own names
    count, values = 0, iter(values)
    while part := list(islice(values, SLICE)):
        db.connection().exec_driver_sql(said, part)
        count += len(part)
    return count


def _copy(db: Session, table: str, names: list[str], values: Iterable[tuple[Any, ...]]) -> int:
    driver = db.connection().connection.driver_connection
    count = 0
    with driver.cursor() as cursor, cursor.copy(f"COPY {table} ({', '.join(names)}) FROM STDIN") as stream:  # type: ignore[union-attr]
        for row in values:
            stream.write_row(row)
            count += 1
    return count


def _number_on(db: Session, table: str) -> None:
    """PostgreSQL counts by itself and would begin again at 1."""
    if db.get_bind().dialect.name == "postgresql":
        db.execute(text(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"))  # noqa: S608
