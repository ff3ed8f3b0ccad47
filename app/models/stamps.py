"""Finds the version that a database belongs to from its tables, before anything is changed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlalchemy import Connection, inspect, text

EMPTY, CURRENT, OLDER, NEWER, DEVELOPMENT, UNKNOWN = "empty", "current", "older", "newer", "development", "unknown"

FIRST = {"c74e378aaa07": "0.1.0"}
"""Versions that did not yet write their name into the database, by their last step."""
OF_DEVELOPMENT = {"d19ab75de135", "83d2886e08e4", "c111dd936172", "e808876a9a74", "d38de3c29a5e", "5d2162a23266"}
"""First steps of 23-11-2026, each of which replaced the one before: no step leads from one to another."""


@dataclass(frozen=True)
class Stamp:
    """The relation of a database to this program. `version` is the newest that has used it, "" where that is not
    known."""

    kind: str
    revision: str | None = None
    version: str = ""


def stamp_of(connection: Connection, steps: dict[str, str | None]) -> Stamp:
    """Read the stamp; `steps` are this program's, each with the one it follows."""
    tables = set(inspect(connection).get_table_names())
    has = connection.scalar(text("SELECT version_num FROM alembic_version")) if "alembic_version" in tables else None
    if has is None:
        return Stamp(UNKNOWN if tables - {"alembic_version"} else EMPTY)
    version = _newest(connection) if "program_version" in tables else FIRST.get(has, "")
    if has in steps:
        return Stamp(OLDER if has in steps.values() else CURRENT, has, version)
    if has in OF_DEVELOPMENT:
        return Stamp(DEVELOPMENT, has)
    return Stamp(NEWER if version else UNKNOWN, has, version)


def _newest(connection: Connection) -> str:
    found = connection.scalars(text("SELECT version FROM program_version")).all()
    return max(found, key=_parts, default="")


def _parts(version: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", version)]
