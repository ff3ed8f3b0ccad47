"""Every row of one database put into the empty tables of another, of either engine.

Both have the tables of the same step. What the database numbers by itself goes on where it was: numbers that were given
once are not given again.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import (
    JSON,
    Connection,
    Engine,
    Integer,
    MetaData,
    Table,
    Text,
    bindparam,
    cast,
    func,
    inspect,
    select,
    text,
    type_coerce,
)

from app.models.searching import is_index

STAMP = "alembic_version"
TURN = 1000
"""Rows read and written together."""


@contextmanager
def snapshot(engine: Engine) -> Iterator[Connection]:
    """A connection that sees one moment, however long it reads and whoever writes meanwhile."""
    level = {} if engine.dialect.name == "sqlite" else {"isolation_level": "REPEATABLE READ"}
    with engine.connect().execution_options(**level) as connection, connection.begin():
        yield connection


def copy_rows(source: Connection, target: Connection) -> dict[str, int]:
    """Copy all tables inside the transactions of both connections; how many rows of each."""
    there = _tables(target)
    _hold_back_own_references(target, there, "DEFERRABLE INITIALLY DEFERRED")
    copied = {}
    for table in _tables(source).sorted_tables:
        if table.name != STAMP:
            copied[table.name] = _copy(source, table, target, there.tables[table.name])
    _number_on(source, target, there)
    if target.dialect.name == "postgresql":
        target.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    _hold_back_own_references(target, there, "NOT DEFERRABLE")
    return copied


def counts(connection: Connection) -> dict[str, int]:
    """The number of rows in every table."""
    names = [name for name in inspect(connection).get_table_names() if name != STAMP and not is_index(name)]
    return {name: int(connection.scalar(text(f'SELECT count(*) FROM "{name}"')) or 0) for name in sorted(names)}  # noqa: S608


def _tables(connection: Connection) -> MetaData:
    tables = MetaData()
    tables.reflect(connection, only=lambda name, _: not is_index(name))
    return tables


def _copy(source: Connection, table: Table, target: Connection, into: Table) -> int:
    """Rows in the order of their key; JSON goes over as its text."""
    as_text = cast if source.dialect.name == "postgresql" else type_coerce
    columns = [(as_text(one, Text) if _json(one) else one).label(one.name) for one in table.columns]
    query = table.select().with_only_columns(*columns).order_by(*table.primary_key.columns)
    statement = into.insert().values({one.name: _bound(into.columns[one.name], target) for one in table.columns})
    count = 0
    for rows in source.execute(query.execution_options(yield_per=TURN)).partitions(TURN):
        names = [f"{one.name}_" for one in table.columns]
        target.execute(statement, [dict(zip(names, row, strict=True)) for row in rows])
        count += len(rows)
    return count


def _json(column: Any) -> bool:
    return isinstance(column.type, JSON)


def _bound(column: Any, target: Connection) -> Any:
    if not _json(column):
        return bindparam(f"{column.name}_", type_=column.type)
    given = bindparam(f"{column.name}_", type_=Text())
    return cast(given, JSON) if target.dialect.name == "postgresql" else type_coerce(given, Text)


def _hold_back_own_references(target: Connection, tables: MetaData, how: str) -> None:
    """A row may refer to a later one of its table. (On SQLite who copies switches foreign keys off.)"""
    if target.dialect.name == "postgresql":
        for table in tables.sorted_tables:
            for key in table.foreign_key_constraints:
                if key.referred_table is table:
                    target.execute(text(f'ALTER TABLE "{table.name}" ALTER CONSTRAINT "{key.name}" {how}'))


def _number_on(source: Connection, target: Connection, tables: MetaData) -> None:
    """The next number of every table that is numbered by the database."""
    for name, last in _last_numbers(source).items():
        if target.dialect.name == "sqlite" and _counts_for_ever(target, name):
            target.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), {"name": name})
            target.execute(
                text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :last)"), {"name": name, "last": last}
            )
        elif target.dialect.name == "postgresql" and name in tables.tables:
            sequence = _sequence(target, tables.tables[name])
            if sequence and last:
                target.execute(text("SELECT setval(:sequence, :last)"), {"sequence": sequence, "last": last})


def _last_numbers(source: Connection) -> dict[str, int]:
    """The highest number each table has ever given, as far as its engine knows."""
    tables = _tables(source)
    last = {}
    for table in tables.sorted_tables:
        key = list(table.primary_key.columns)
        if len(key) == 1 and isinstance(key[0].type, Integer) and not key[0].foreign_keys:
            last[table.name] = int(source.scalar(select(func.max(key[0]))) or 0)
    if source.dialect.name == "sqlite":
        known = source.execute(text("SELECT name, seq FROM sqlite_sequence")).all()
    else:
        names = {name: _sequence(source, tables.tables[name]) for name in last}
        query = "SELECT last_value FROM {} WHERE is_called"
        known = [(name, source.scalar(text(query.format(one))) or 0) for name, one in names.items() if one]  # type: ignore[misc]
    return last | {name: max(number, last.get(name, 0)) for name, number in known if name in last}


def _counts_for_ever(target: Connection, name: str) -> bool:
    """True when SQLite remembers the numbers this table has given."""
    query = "SELECT count(*) FROM sqlite_master WHERE name = :name AND sql LIKE '%AUTOINCREMENT%'"
    return bool(target.scalar(text(query), {"name": name}))


def _sequence(connection: Connection, table: Table) -> str | None:
    """The sequence PostgreSQL numbers a table with."""
    (key,) = [one.name for one in table.primary_key.columns][:1]
    query = text("SELECT pg_get_serial_sequence(:table, :key)")
    found: str | None = connection.scalar(query, {"table": f'"{table.name}"', "key": key})
    return found
