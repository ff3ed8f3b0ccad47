"""A fresh database with all tables for each test, in a few milliseconds: copied, not created."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from sqlalchemy import URL, create_engine, make_url, text

from app.models import schema
from app.models.engines import Database


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
    """Copies of one prepared database of a server."""

    def __init__(self, server: str) -> None:
        self.server = make_url(server)
        self.asking = create_engine(self.server, isolation_level="AUTOCOMMIT", pool_size=1)
        self.names = (f"scs_test_{os.getpid()}_{number}" for number in count())
        self.prepared = next(self.names)
        self._say(f"CREATE DATABASE {self.prepared}")
        make_schema(self._address(self.prepared))

    @contextmanager
    def fresh(self, _folder: Path) -> Iterator[str]:
        """The address of a new copy; it is dropped afterwards, whoever is still connected."""
        name = next(self.names)
        self._say(f"CREATE DATABASE {name} TEMPLATE {self.prepared}")
        try:
            yield self._address(name)
        finally:
            self._say(f"DROP DATABASE {name} WITH (FORCE)")

    def close(self) -> None:
        """Leave nothing behind on a server that is not ours."""
        self._say(f"DROP DATABASE {self.prepared} WITH (FORCE)")
        self.asking.dispose()

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
