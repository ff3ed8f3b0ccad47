"""A person's data in broadcasts: those they put out."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.voice import Broadcast
from app.services.personal import Part


def _copy_broadcasts(db: Session, member_id: int) -> list[dict[str, Any]]:
    mine = select(Broadcast).where(Broadcast.made_by == member_id).order_by(Broadcast.id)
    return [{"title": one.title, "text": one.text, "at": one.at} for one in db.scalars(mine)]


PARTS = [Part("broadcasts", _copy_broadcasts, tables=("broadcast",))]
