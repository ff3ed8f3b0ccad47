"""A fresh database with all tables for each test, in a few milliseconds: copied, not created."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, make_url, text

from app.models import schema
from app.models.engines import Database

TABLES = (
    "SELECT quote_ident(relname) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY 1"
)
SHAPE = """
SELECT (SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace),
       (SELECT sum(hashtext(relname)) FROM pg_class WHERE relnamespace = 'public'::regnamespace),
       (SELECT count(*) FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
        WHERE relnamespace = 'public'::regnamespace AND NOT attisdropped),
       (SELECT count(*) FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
        WHERE relnamespace = 'public'::regnamespace AND attnotnull),
       (SELECT sum(hashtext(tgname || tgenabled::text)) FROM pg_trigger WHERE NOT tgisinternal),
       (SELECT count(*) FROM pg_constraint WHERE connamespace = 'public'::regnamespace)
"""
"""Changes when a test has changed the tables."""
ALONE = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
RESTART = """
SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false)
FROM pg_sequences WHERE last_value IS NOT NULL
"""


class SqliteCopies:
    """Copies of one prepared file."""

    def __init__(self, folder: Path) -> None:
        self.prepared = folder / "prepared.db"
        make_schema(f"sqlite:///{self.prepared}")

    @contextmanager
    def fresh(self, folder: Path) -> Iterator[str]:
        """The address of a new copy in `folder`."""
        file = folder / "sanchoi.db"
        shutil.copyfile(self.prepared, file)
        yield f"sqlite:///{file}"


class PostgresCopies:
    """Databases of a server, emptied between tests: copying seven hundred relations takes longer than most tests."""

    def __init__(self, server: str) -> None:
        self.server = make_url(server)
        self.asking = create_engine(self.server, isolation_level="AUTOCOMMIT", poolclass=NullPool)
        self.names = (f"scs_test_{os.getpid()}_{number}" for number in count())
        self.free: list[str] = []
        self.emptying: dict[str, Engine] = {}  # a connection stays: to know seven hundred relations takes long
        self.prepared = next(self.names)
        self._say(f"CREATE DATABASE {self.prepared}")
        make_schema(self._address(self.prepared))
        with self._in(self.prepared) as connection:
            self.shape = connection.execute(text(SHAPE)).one()
            self.tables = [row[0] for row in connection.execute(text(TABLES))]
            self.kept = {name: self._rows(connection, name) for name in self._full(connection)}

    @contextmanager
    def fresh(self, _folder: Path) -> Iterator[str]:
        """The address of a database with all tables and nothing of anybody in it."""
        name = self.free.pop() if self.free else self._copy()
        yield self._address(name)
        if self._emptied(name):
            self.free.append(name)
        else:
            self._drop(name)

    def _copy(self) -> str:
        name = next(self.names)
        self._say(f"CREATE DATABASE {name} TEMPLATE {self.prepared}")
        return name

    def _emptied(self, name: str) -> bool:
        """Take out what a test has written, whoever is still connected; False where it changed the tables."""
        if name not in self.emptying:
            self.emptying[name] = create_engine(self._address(name), pool_size=1, max_overflow=0, pool_pre_ping=True)
        with self.emptying[name].begin() as connection:
            connection.execute(text(ALONE))
            if connection.execute(text(SHAPE)).one() != self.shape:
                return False
            connection.execute(
                text("SET LOCAL session_replication_role = replica")
            )  # triggers guard what is only appended
            full = self._full(connection)
            for table in full:
                connection.execute(text(f"DELETE FROM {table}"))
            for table, rows in self.kept.items():
                for row in rows:
                    names = ", ".join(row)
                    values = ", ".join(f":{one}" for one in row)
                    connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({values})"), row)
            connection.execute(text(RESTART))
        return True

    def _full(self, connection: Connection) -> list[str]:
        query = " UNION ALL ".join(f"SELECT '{one}' WHERE EXISTS (SELECT FROM {one})" for one in self.tables)
        return [row[0] for row in connection.execute(text(query))]

    @staticmethod
    def _rows(connection: Connection, table: str) -> list[dict[str, Any]]:
        found = connection.execute(text(f"SELECT * FROM {table}")).mappings()
        return [dict(row) for row in found]

    @contextmanager
    def _in(self, name: str) -> Iterator[Connection]:
        engine = create_engine(self._address(name), poolclass=NullPool)
        with engine.begin() as connection:
            yield connection

    def close(self) -> None:
        """Leave nothing behind on a server that is not ours."""
        for name in (*self.free, self.prepared):
            self._drop(name)

    def _drop(self, name: str) -> None:
        if name in self.emptying:
            self.emptying.pop(name).dispose()
        self._say(f"DROP DATABASE {name} WITH (FORCE)")

    def _address(self, name: str) -> str:
        address: URL = self.server.set(database=name)
        return address.render_as_string(hide_password=False)

    def _say(self, statement: str) -> None:
        with self.asking.connect() as connection:
            connection.execute(text(statement))


def make_schema(url: str) -> None:
    """All tables in an empty database, nothing of it left in memory or beside the file."""
    database = Database()
    database.bind(url)
    schema.upgrade(database.engine)
    database.dispose()


def emptied(url: str) -> str:
    """The same database without anything in it."""
    if url.startswith("sqlite"):
        Path(url.removeprefix("sqlite:///")).unlink()
        return url
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()
    return url
