"""The tables: migrations make exactly what the code says, on both engines, guards included."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, inspect, text

from app.cli import Stop, migration
from app.models import schema
from app.models.base import Base
from app.models.engines import Database
from app.models.searching import is_index
from tests.databases import emptied

MIGRATIONS = schema.MIGRATIONS
OURS = {"include_object": lambda _, name, *__: not is_index(name)}


@pytest.fixture
def empty(database_url: str) -> Iterator[Engine]:
    """An empty database on each engine."""
    database = Database()
    database.bind(emptied(database_url))
    yield database.engine
    database.dispose()


@pytest.fixture
def one_migration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of migrations with a single one, freshly written from the tables of the code."""
    folder = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS, folder, ignore=shutil.ignore_patterns("*.py[co]", "versions"))
    (folder / "versions").mkdir()
    monkeypatch.setattr(schema, "MIGRATIONS", folder)
    migration.write("First tables", f"sqlite:///{tmp_path}/scratch.db")
    return folder


def differences(engine: Engine) -> list[object]:
    with engine.connect() as connection:
        return list(compare_metadata(MigrationContext.configure(connection, opts=OURS), Base.metadata))


def guards(engine: Engine) -> set[tuple[str, str]]:
    """Every trigger with its table."""
    query = "SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'"
    if engine.dialect.name == "postgresql":
        query = "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal"
    with engine.connect() as connection:
        return {(table, name) for table, name in connection.execute(text(query)) if not is_index(name)}


def test_a_database_is_made_of_the_tables_of_the_code_and_nothing_else(empty: Engine) -> None:
    assert schema.upgrade(empty) is True
    assert schema.upgrade(empty) is False
    assert differences(empty) == []
    guarded = {table.name for table in Base.metadata.sorted_tables if table.info.get("append_only")}
    assert {table for table, _ in guards(empty)} == guarded != set()


def test_a_written_migration_makes_the_same_tables_and_guards(one_migration: Path, empty: Engine) -> None:
    schema.upgrade(empty)
    assert "alembic_version" in inspect(empty).get_table_names()
    assert differences(empty) == []
    guarded = {table.name for table in Base.metadata.sorted_tables if table.info.get("append_only")}
    assert {table for table, _ in guards(empty)} == guarded


def test_no_migration_is_written_when_nothing_changed(one_migration: Path, tmp_path: Path) -> None:
    with pytest.raises(Stop, match="have not changed"):
        migration.write("Nothing", f"sqlite:///{tmp_path}/again.db")


def stamped(engine: Engine, revision: str, version: str = "") -> schema.Stamp:
    """The stamp of a database at this revision, last used by that version."""
    schema.upgrade(engine)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :it"), {"it": revision})
        connection.execute(text("DELETE FROM program_version"))
        if version:
            connection.execute(text("INSERT INTO program_version VALUES (:it, 'x', 1)"), {"it": version})
    with pytest.raises(schema.Refused) as refusal:
        schema.upgrade(engine)
    assert Base.metadata.tables.keys() < set(inspect(engine).get_table_names()), "nothing was changed"
    return refusal.value.stamp


def test_a_database_of_a_newer_version_is_refused_by_its_version(empty: Engine) -> None:
    assert stamped(empty, "from2030", "0.10.0") == schema.Stamp("newer", "from2030", "0.10.0")


def test_a_database_of_the_development_in_november_is_refused(empty: Engine) -> None:
    assert stamped(empty, "d38de3c29a5e").kind == "development"


def test_a_stamp_nobody_knows_is_refused(empty: Engine) -> None:
    assert stamped(empty, "of somebody else").kind == "unknown"


def test_tables_of_another_program_are_refused(empty: Engine) -> None:
    with empty.begin() as connection:
        connection.execute(text("CREATE TABLE theirs (id INTEGER)"))
    with pytest.raises(schema.Refused, match="unknown"):
        schema.upgrade(empty)
    assert inspect(empty).get_table_names() == ["theirs"]


def test_a_database_keeps_which_versions_have_used_it(empty: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    schema.upgrade(empty)
    monkeypatch.setattr(schema, "program_version", lambda: "9.10.0")
    schema.upgrade(empty)
    schema.upgrade(empty)
    with empty.connect() as connection:
        assert schema.stamp_of(connection, schema.revisions()).version == "9.10.0"
        assert len(connection.execute(text("SELECT version FROM program_version")).all()) == 2


def test_a_second_migration_follows_the_first(one_migration: Path, empty: Engine) -> None:
    schema.upgrade(empty)
    (first,) = schema.revisions()
    (one_migration / "versions/second.py").write_text(
        f"""from alembic import op\nrevision = "second"\ndown_revision = "{first}"\n"""
        """def upgrade(): op.execute("CREATE TABLE added (id INTEGER)")\n"""
    )
    assert schema.revisions() == {first: None, "second": first}
    assert schema.upgrade(empty) is False
    assert "added" in inspect(empty).get_table_names()
    assert schema.upgrade(empty) is False


def test_the_migrations_shipped_are_complete() -> None:
    """When this fails after tables have changed: `python3 -m app migration "what changed"`."""
    assert any(MIGRATIONS.glob("versions/*.py"))
