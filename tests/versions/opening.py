"""Opens what a version left, and says what a database holds."""

from __future__ import annotations

import json
import lzma
from collections import Counter
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import Engine, MetaData, text

from app.models.searching import is_index
from tests.databases import emptied

HERE = Path(__file__).resolve().parent
VERSIONS = sorted(path.name for path in HERE.iterdir() if (path / "told.json").exists())

Rows = dict[str, list[dict[str, Any]]]


def put(version: str, url: str) -> dict[str, Any]:
    """Make the database at `url` that of a version; what its code said of it."""
    folder, kind = HERE / version, "sqlite" if url.startswith("sqlite") else "postgresql"
    emptied(url)
    if kind == "sqlite":
        Path(url.removeprefix("sqlite:///")).write_bytes(lzma.decompress((folder / "sqlite.db.xz").read_bytes()))
    else:
        with psycopg.connect(url) as connection:
            connection.execute(lzma.decompress((folder / "postgresql.sql.xz").read_bytes()))
    told: dict[str, Any] = json.loads((folder / "told.json").read_text())[kind]
    return told


def rows_of(engine: Engine) -> Rows:
    """Every row of every table."""
    tables = MetaData()
    tables.reflect(engine, only=lambda name, _: not is_index(name))
    with engine.connect() as connection:
        return {
            table.name: [dict(row._mapping) for row in connection.execute(table.select())]
            for table in tables.sorted_tables
        }


def counted(rows: list[dict[str, Any]], columns: list[str]) -> Counter[str]:
    """How often each row is there, looked at in these columns."""
    return Counter(repr([row.get(column, "no such column") for column in columns]) for row in rows)


SCHEMA = {
    "sqlite": ["SELECT type, name, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL"],
    "postgresql": [
        "SELECT table_name, column_name, data_type, character_maximum_length, is_nullable, column_default, "
        "collation_name, ordinal_position FROM information_schema.columns WHERE table_schema = 'public'",
        "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE connamespace = 'public'::regnamespace",
        "SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
        "SELECT proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
    ],
}


def schema_of(engine: Engine) -> set[str]:
    """All tables, columns, keys, indexes and guards, in the engine's own words."""
    with engine.connect() as connection:
        return {repr(tuple(row)) for query in SCHEMA[engine.dialect.name] for row in connection.execute(text(query))}
