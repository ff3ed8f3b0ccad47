"""A step may make any table anew: rows, guards and what refers to them are the same afterwards, on both engines."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from app.models import schema
from app.models.engines import Database
from tests.databases import emptied

FIRST = """
import sqlalchemy as sa
from alembic import op
from migrations import rebuild
revision, down_revision = "first", None
def upgrade():
    op.create_table("line", sa.Column("id", sa.Integer, primary_key=True), sa.Column("half_points", sa.Integer))
    op.create_index("ix_line_points", "line", ["half_points"])
    rebuild.guard("line")
    op.create_table("parent", sa.Column("id", sa.Integer, primary_key=True), sa.Column("name", sa.String(9)))
    op.create_table("child", sa.Column("id", sa.Integer, primary_key=True), sa.Column("parent_id", sa.Integer),
        sa.ForeignKeyConstraint(["parent_id"], ["parent.id"], ondelete="CASCADE"))
    op.execute("INSERT INTO line VALUES (1, 20), (2, 10)")
    op.execute("INSERT INTO parent VALUES (7, 'An')")
    op.execute("INSERT INTO child VALUES (1, 7), (2, 7)")
"""
SECOND = """
import sqlalchemy as sa
from alembic import op
from migrations import rebuild
revision, down_revision = "second", "first"
def upgrade():
"""


@pytest.fixture
def steps(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of steps with a first one, which `schema` uses."""
    folder = tmp_path / "migrations"
    shutil.copytree(schema.MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__", "versions"))
    (folder / "versions").mkdir()
    write(folder, "first", FIRST)
    monkeypatch.setattr(schema, "MIGRATIONS", folder)
    return folder


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An empty database on each engine."""
    database = Database()
    database.bind(emptied(database_url))
    yield database.engine
    database.dispose()


def write(steps: Path, name: str, source: str) -> None:
    head = source.replace('revision, down_revision = "first", None', 'revision = "first"\ndown_revision = None')
    head = head.replace('revision, down_revision = "second", "first"', 'revision = "second"\ndown_revision = "first"')
    (steps / f"versions/{name}.py").write_text(head)


def second(steps: Path, engine: Engine, *lines: str) -> None:
    """Make a database by the first step, then bring it on by a second one of these lines."""
    schema.upgrade(engine)
    write(steps, "second", SECOND + "".join(f"    {line}\n" for line in lines))
    schema.upgrade(engine)


def rows(engine: Engine, query: str) -> list[tuple[object, ...]]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def refuses(engine: Engine, statement: str) -> bool:
    with engine.connect() as connection, pytest.raises(DBAPIError, match="append-only"):
        connection.execute(text(statement))
    return True


def test_a_table_made_anew_keeps_its_rows_and_its_guard(steps: Path, engine: Engine) -> None:
    second(
        steps,
        engine,
        "with rebuild.table('line') as batch:",
        "    batch.alter_column('half_points', type_=sa.BigInteger(), nullable=False)",
        "    batch.add_column(sa.Column('note', sa.String(9)))",
    )
    assert rows(engine, "SELECT id, half_points, note FROM line ORDER BY id") == [(1, 20, None), (2, 10, None)]
    assert refuses(engine, "UPDATE line SET half_points = 0")
    assert refuses(engine, "DELETE FROM line")


def test_rows_that_refer_to_a_table_made_anew_stay(steps: Path, engine: Engine) -> None:
    second(
        steps,
        engine,
        "with rebuild.table('parent') as batch:",
        "    batch.alter_column('name', type_=sa.String(40), nullable=False)",
    )
    assert rows(engine, "SELECT id, parent_id FROM child ORDER BY id") == [(1, 7), (2, 7)]
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM parent"))
    assert rows(engine, "SELECT id FROM child") == [], "foreign keys are enforced again"


def test_a_step_may_fill_a_new_column_of_an_append_only_table(steps: Path, engine: Engine) -> None:
    second(
        steps,
        engine,
        "op.add_column('line', sa.Column('kind', sa.String(9)))",
        "with rebuild.unguarded('line'):",
        "    op.execute(\"UPDATE line SET kind = 'member'\")",
    )
    assert rows(engine, "SELECT id, kind FROM line ORDER BY id") == [(1, "member"), (2, "member")]
    assert refuses(engine, "UPDATE line SET kind = 'chapter'")


def test_a_step_that_fails_leaves_nothing_behind(steps: Path, engine: Engine) -> None:
    with pytest.raises(DBAPIError):
        second(
            steps,
            engine,
            "op.add_column('line', sa.Column('kind', sa.String(9)))",
            "with rebuild.table('parent') as batch:",
            "    batch.drop_column('name')",
            "op.execute('SELECT nothing FROM nowhere')",
        )
    assert rows(engine, "SELECT version_num FROM alembic_version") == [("first",)]
    assert rows(engine, "SELECT * FROM line ORDER BY id") == [(1, 20), (2, 10)]
    assert rows(engine, "SELECT * FROM parent") == [(7, "An")]
    assert refuses(engine, "DELETE FROM line")


def test_a_step_that_leaves_rows_without_what_they_refer_to_is_undone(steps: Path, engine: Engine) -> None:
    wrong = "op.execute('INSERT INTO child VALUES (3, 99)')"
    with pytest.raises((DBAPIError, RuntimeError)):
        second(steps, engine, wrong)
    assert rows(engine, "SELECT count(*) FROM child") == [(2,)]
