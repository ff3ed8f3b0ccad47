"""What goes over of 1+2 when two members are one person. A place that both had filled stays filled by each."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.movement import Objection, Teaching
from app.services.carried import Rows
from app.services.movement.teaching import _slot


class Teachings:
    """Those taught by the member. `slot` names the member too."""

    def carry(self, db: Session, kept: int, gone: int) -> list[int]:
        rows = db.scalars(select(Teaching).where(Teaching.member_id == gone)).all()
        return [one.id for one in rows if _hand_over(db, one, kept)]

    def give_back(self, db: Session, kept: int, gone: int, moved: list[int]) -> None:
        for one in db.scalars(select(Teaching).where(Teaching.id.in_(moved), Teaching.member_id == kept)).all():
            _hand_over(db, one, gone)


def _hand_over(db: Session, one: Teaching, to: int) -> bool:
    slot = _slot(one.campaign_id, to, one.kind) if one.slot is not None else None
    if slot is not None and db.scalar(select(Teaching.id).where(Teaching.slot == slot)) is not None:
        return False
    one.member_id, one.slot = to, slot
    db.flush()
    return True


CARRIED = {
    "teaching": Teachings(),
    "taught": Rows(Teaching.taught_member_id, (Teaching.id,)),
    "objection": Rows(Objection.member_id, (Objection.id,)),
}
