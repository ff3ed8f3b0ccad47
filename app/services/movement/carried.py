"""Carries 1+2 over when two members turn out to be one person, who has two slots as everybody has."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.movement import Objection, Reminder, Teaching
from app.services.carried import Rows
from app.services.movement.teaching import slot_column


class Teachings:
    """Those taught by the member. Of two who stand in one slot both are kept, and the rules count the first verified.

    Moved: [teaching, whether it stood in a slot].
    """

    def carry(self, db: Session, kept: int, gone: int) -> list[list[Any]]:
        rows = db.scalars(select(Teaching).where(Teaching.member_id == gone)).all()
        moved = [[one.id, one.slot is not None] for one in rows]
        for one in rows:
            _hand_over(db, one, kept, one.slot is not None)
        return moved

    def give_back(self, db: Session, kept: int, gone: int, moved: list[list[Any]]) -> None:
        stood = dict(moved)
        for one in db.scalars(select(Teaching).where(Teaching.id.in_(stood), Teaching.member_id == kept)).all():
            _hand_over(db, one, gone, stood[one.id])


def _hand_over(db: Session, one: Teaching, to: int, stood: bool) -> None:
    slot = slot_column(one.campaign_id, to, one.kind) if stood else None
    if slot is not None and db.scalar(select(Teaching.id).where(Teaching.slot == slot)) is not None:
        slot = None
    one.member_id, one.slot = to, slot
    db.flush()


CARRIED = {
    "teaching": Teachings(),
    "taught": Rows(Teaching.taught_member_id, (Teaching.id,)),
    "reminder": Rows(
        Reminder.member_id, (Reminder.campaign_id, Reminder.kind), beside=(Reminder.campaign_id, Reminder.kind)
    ),
    "objection": Rows(Objection.member_id, (Objection.id,)),
}
