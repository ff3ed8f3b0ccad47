"""Write the migration for what changed in the tables: migration "what changed" (for maintainers)."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from typing import Any

from alembic import command
from alembic.operations.ops import MigrationScript
from alembic.util.exc import CommandError

from app.cli import Stop
from app.models import schema
from app.models.engines import Database


def run(argv: list[str]) -> int:
    """Compare a database made by the migrations with the tables in the code, and print the new file's path."""
    parser = argparse.ArgumentParser("python3 -m app migration")
    parser.add_argument("message", help="what changed, in a few words")
    options = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as folder:
        print(write(options.message, f"sqlite:///{folder}/scratch.db"))
    return 0


def write(message: str, scratch: str) -> Path:
    """The new migration, made with an empty database at `scratch`."""
    database = Database()
    database.bind(scratch)
    with database.engine.begin() as connection:
        config = schema.configuration(connection)
        try:
            command.upgrade(config, "head")
            made = command.revision(config, message, autogenerate=True, process_revision_directives=_refuse_empty)
        except CommandError as problem:
            raise Stop(str(problem)) from None
    database.dispose()
    return Path(made.path)  # type: ignore[union-attr]


def _refuse_empty(_context: Any, _revision: Any, scripts: list[MigrationScript]) -> None:
    if not any(script.upgrade_ops and script.upgrade_ops.ops for script in scripts):
        raise CommandError("the tables have not changed")
