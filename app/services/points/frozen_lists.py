"""Lists that wait for verification: each stands with its digest in the next checkpoint."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.models.deeds import DeedList
from app.models.movement import CheckList

TABLES: dict[str, type[CheckList] | type[DeedList]] = {"check_list": CheckList, "deed_list": DeedList}
Named = tuple[str, int]
"""(table, number) of a list."""


def newly_frozen_in(db: Session) -> dict[Named, str]:
    """List -> digest, of those no checkpoint has named yet."""
    found: dict[Named, str] = {}
    for name, table in TABLES.items():
        rows = db.execute(select(table.id, table.digest).where(table.checkpoint_id.is_(None)))
        found |= {(name, row[0]): row[1] for row in rows}
    return found


def stand_in(db: Session, lists: Iterable[Named], checkpoint_id: int) -> None:
    """Note which checkpoint names these lists."""
    for name, number in lists:
        table = TABLES[name]
        db.execute(update(table).where(table.id == number).values(checkpoint_id=checkpoint_id))
