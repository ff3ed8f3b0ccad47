"""Lists that wait for verification: each stands with its digest in the next checkpoint."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.models.movement import CheckList


def newly_frozen_in(db: Session) -> dict[int, str]:
    """List -> digest, of those no checkpoint has named yet."""
    rows = db.execute(select(CheckList.id, CheckList.digest).where(CheckList.checkpoint_id.is_(None)))
    return {row[0]: row[1] for row in rows}


def stand_in(db: Session, lists: Sequence[int], checkpoint_id: int) -> None:
    """Note which checkpoint names these lists."""
    db.execute(update(CheckList).where(CheckList.id.in_(lists)).values(checkpoint_id=checkpoint_id))
