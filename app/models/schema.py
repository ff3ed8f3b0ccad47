"""The tables, brought to the version of this code: by the migrations, or at once where there are none."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect, text

from app import models
from app.models.base import Base

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"
LOCK = 749  # any number, the same for every worker that starts


class NewerSchema(RuntimeError):
    """The database was made by a newer version of the program; nothing was changed."""


def load() -> None:
    """Import every module of tables, so that the metadata knows them all."""
    for found in iter_modules(models.__path__):
        import_module(f"{models.__name__}.{found.name}")


def upgrade(engine: Engine) -> bool:
    """Bring the tables to this version; whether the database was empty before. One worker at a time."""
    load()
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        was_empty = not inspect(connection).get_table_names()
        if any(MIGRATIONS.glob("versions/*.py")):
            _migrate(connection)
        else:
            Base.metadata.create_all(connection)
    return was_empty


def configuration(connection: Connection) -> Config:
    """Alembic's settings; there is no ini file."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _migrate(connection: Connection) -> None:
    config = configuration(connection)
    known = {revision.revision for revision in ScriptDirectory.from_config(config).walk_revisions()}
    if not set(MigrationContext.configure(connection).get_current_heads()) <= known:
        raise NewerSchema
    command.upgrade(config, "head")
