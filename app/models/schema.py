"""The tables, brought to the version of this code: by the migrations, or at once where there are none.

Alembic is loaded only when there is something to do; a usual start is spared the half second.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

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
    """Bring the tables to this version; whether the database was empty before. One worker at a time."""
    with engine.begin() as connection:
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
    return not tables


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
    config.attributes["connection"] = connection
    return config
