"""A person's data in the ledger: entries, numbers that stay; reasons of points by hand, which are erased."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.points import Entry
from app.services.personal import Part
from app.services.points import adjustments


def _copy_points(db: Session, member_id: int) -> list[dict[str, Any]]:
    rows = db.scalars(select(Entry).where(Entry.owner_kind == "member", Entry.owner_id == member_id).order_by(Entry.id))
    return [
        {"source": one.source_kind, "number": one.source_id, "half_points": one.half_points, "at": one.at}
        for one in rows
    ]


PARTS = [
    Part("points", _copy_points),
    Part("adjustments", adjustments.copy_in, adjustments.erase_in, tables=("points_adjustment",)),
]
