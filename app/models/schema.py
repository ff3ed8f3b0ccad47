"""The tables, brought to the version of this code by the migrations.

Alembic is loaded only when there is something to do; a usual start is spared the half second.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, inspect, text

from app.models.base import Base
from app.models.searching import is_index
from app.models.stamps import DEVELOPMENT, EMPTY, NEWER, OLDER, UNKNOWN, Stamp, stamp_of
from app.version import ROOT, program_version

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = ROOT / "migrations"
REVISION = re.compile(r"""^(revision|down_revision) = (?:["'](\w+)["']|None)""", re.MULTILINE)
LOCK = 749  # any number, the same for every worker that starts


class Refused(RuntimeError):
    """These tables are not to be touched by this program; `stamp` says what they are. Nothing was changed."""

    def __init__(self, stamp: Stamp) -> None:
        super().__init__(f"the tables are {stamp.kind}")
        self.stamp = stamp


def upgrade(engine: Engine, before: Callable[[Stamp], None] | None = None) -> bool:
    """Bring the tables to this version, whole or not at all; whether the database was empty before.

    One worker at a time. `before` is called with what an older database is, while nobody else can begin to change its
    tables. Raises Refused.
    """
    with engine.connect() as connection, _without_foreign_keys(connection), connection.begin():
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        stamp = stamp_of(connection, revisions())
        if stamp.kind in (NEWER, DEVELOPMENT, UNKNOWN):
            raise Refused(stamp)
        if stamp.kind == OLDER and before:
            before(stamp)
        if stamp.kind in (EMPTY, OLDER):
            _to(connection, "head")
        _note_version(connection, stamp)
    return stamp.kind == EMPTY


@contextmanager
def filling(engine: Engine) -> Iterator[Connection]:
    """A transaction in which tables are made and filled, whole or not at all."""
    with engine.connect() as connection, _without_foreign_keys(connection), connection.begin():
        yield connection
        _look_for_orphans(connection)


def revision_of(connection: Connection) -> str | None:
    """The step that made these tables last, None where there are none."""
    return stamp_of(connection, revisions()).revision


def clear(connection: Connection) -> None:
    """Drop all tables of ours. Raises Refused where they are somebody else's."""
    stamp = stamp_of(connection, revisions())
    if stamp.kind == UNKNOWN:
        raise Refused(stamp)
    for name in inspect(connection).get_table_names():
        connection.execute(text(f'DROP TABLE "{name}" CASCADE'))


def workers_alive(connection: Connection) -> int:
    """The number of processes that have given a sign of life to this PostgreSQL in the last seconds."""
    if "worker" not in inspect(connection).get_table_names():
        return 0
    alive = (
        "SELECT count(*) FROM worker WHERE read_until IS NOT NULL "  # none once it has stopped on purpose
        "AND db_at > (extract(epoch FROM clock_timestamp()) - 5) * 1000000"
    )
    return int(connection.scalar(text(alive)) or 0)


def make(connection: Connection, revision: str) -> None:
    """The tables as a step left them, in an empty database."""
    _to(connection, revision)


def _to(connection: Connection, revision: str) -> None:
    from alembic import command

    command.upgrade(configuration(connection), revision)
    _look_for_orphans(connection)


def _note_version(connection: Connection, before: Stamp) -> None:
    """Let later and earlier programs know who has been here."""
    version = program_version()
    if version == before.version or "program_version" not in inspect(connection).get_table_names():
        return
    known = text("SELECT count(*) FROM program_version WHERE version = :version")
    if not connection.scalar(known, {"version": version}):
        statement = (
            "INSERT INTO program_version (version, revision, at) "
            "VALUES (:version, (SELECT version_num FROM alembic_version), :at)"
        )
        connection.execute(text(statement), {"version": version, "at": time.time_ns() // 1000})


@contextmanager
def _without_foreign_keys(connection: Connection) -> Iterator[None]:
    """SQLite makes a table anew by dropping the former one, which would delete the rows that refer to it. This can be
    said between transactions only."""
    if connection.dialect.name != "sqlite":
        yield
        return
    driver: Any = connection.connection.driver_connection
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


def _look_for_orphans(connection: Connection) -> None:
    """Rows that refer to nothing undo the upgrade: SQLite enforced no foreign key meanwhile."""
    if connection.dialect.name == "sqlite":
        found = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchmany(5)
        if found:
            raise RuntimeError(f"after the upgrade rows refer to nothing: {found}")


def revisions() -> dict[str, str | None]:
    """Every migration with the one it follows, read from the files' own lines."""
    found = {}
    for path in MIGRATIONS.glob("versions/*.py"):
        lines = dict(REVISION.findall(path.read_text()))
        found[lines["revision"]] = lines["down_revision"] or None
    return found


def configuration(connection: Connection) -> Config:
    """Alembic's settings; there is no ini file."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    config.attributes |= {"connection": connection, "tables": Base.metadata, "is_index": is_index}
    return config
