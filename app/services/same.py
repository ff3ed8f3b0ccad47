"""The same form sent twice makes one thing: a tap too many, or a phone that never heard that the first had arrived."""

from __future__ import annotations

from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.engines import lock

SAME = 51
"""The kind of lock that making takes, by chapter."""
T = TypeVar("T")


def same_in(db: Session, new: T, *names: str, **state: Any) -> T | None:
    """The row of the chapter that says the same as `new` in these columns and is in this state; who makes another one
    meanwhile waits."""
    table: Any = type(new)
    chapter = new.chapter_id  # type: ignore[attr-defined]
    lock(db, SAME, chapter)
    said = {name: getattr(new, name) for name in names} | state | {"chapter_id": chapter}
    same = (getattr(table, name) == value for name, value in said.items())
    return db.scalar(select(table).where(*same).limit(1))
