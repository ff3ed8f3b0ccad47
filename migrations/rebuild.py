"""Shared by steps: tables whose rows nobody changes, and tables that SQLite has to make anew.

    with rebuild.table("member") as batch:         change types, nullability, keys; drop columns
        batch.alter_column("name", nullable=False)
    with rebuild.unguarded("entry"):               give the rows of an append-only table what a new column needs
        op.execute("UPDATE entry SET owner_kind = 'member'")
    rebuild.guard("notice")                        a new table is append-only

A column that may be empty or has a server default, and a unique key, need none of this: `op.add_column(...)` and
`op.create_index(..., unique=True)` work on both engines and leave the table as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from alembic import op


@contextmanager
def table(name: str, **options: Any) -> Iterator[Any]:
    """`op.batch_alter_table`, after which the table still has its triggers.

    SQLite drops them with the table it replaces. Rows of other tables that refer to this one stay: a step runs without
    the enforcement of foreign keys, and what refers to nothing is looked for at its end.
    """
    before = triggers(name)
    with op.batch_alter_table(name, **options) as batch:
        yield batch
    for trigger in before.keys() - triggers(name).keys():
        _say(before[trigger])


@contextmanager
def unguarded(name: str) -> Iterator[None]:
    """Let rows of an append-only table be changed inside this block, and only there.

    What a link of a chain covers must not be changed: the former links have to hold afterwards.
    """
    if not _sqlite():
        _say(f"ALTER TABLE {name} DISABLE TRIGGER USER")
        yield
        _say(f"ALTER TABLE {name} ENABLE TRIGGER USER")
        return
    before = triggers(name)
    for trigger in before:
        _say(f"DROP TRIGGER {trigger}")
    yield
    for statement in before.values():
        _say(statement)


def guard(name: str) -> None:
    """Let the database refuse UPDATE, DELETE and TRUNCATE on this table from now on."""
    if _sqlite():
        for verb in ("UPDATE", "DELETE"):
            _say(
                f"CREATE TRIGGER {name}_no_{verb.lower()} BEFORE {verb} ON {name} "
                f"BEGIN SELECT RAISE(ABORT, '{name} is append-only'); END"
            )
        return
    _say(
        f"CREATE OR REPLACE FUNCTION {name}_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{name} is append-only'; END $$"
    )
    _say(
        f"CREATE TRIGGER {name}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {name} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {name}_append_only()"
    )


def triggers(name: str) -> dict[str, str]:
    """The triggers of a table on SQLite with the statements that make them; none on PostgreSQL, which keeps its own."""
    if not _sqlite():
        return {}
    query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?"
    return dict(op.get_bind().exec_driver_sql(query, (name,)).all())


def _sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _say(statement: str) -> None:
    op.get_bind().exec_driver_sql(statement)
