"""The tables, brought to the version of this code: by the migrations, or at once where there are none.

Alembic is loaded only when there is something to do; a usual start is spared the half second.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, inspect, text

from app.models.base import Base

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"
REVISION = re.compile(r"""^(revision|down_revision) = (?:["'](\w+)["']|None)""", re.MULTILINE)
LOCK = 749  # any number, the same for every worker that starts


class NewerSchema(RuntimeError):
    """The database was made by a newer version of the program; nothing was changed."""


def upgrade(engine: Engine) -> bool:
    """Bring the tables to this version, whole or not at all; whether the database was empty before. One worker at a
    time."""
    with engine.connect() as connection, _without_foreign_keys(connection), connection.begin():
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        tables = inspect(connection).get_table_names()
        steps = revisions()
        if not steps:
            Base.metadata.create_all(connection)
            return not tables
        stamped = "alembic_version" in tables
        has = connection.scalar(text("SELECT version_num FROM alembic_version")) if stamped else None
        if has is not None and has not in steps:
            raise NewerSchema
        if has is None or has in steps.values():
            from alembic import command

            command.upgrade(configuration(connection), "head")
            _look_for_orphans(connection)
    return not tables


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
    config.attributes |= {"connection": connection, "tables": Base.metadata}
    return config
