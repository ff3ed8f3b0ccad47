"""A member's data in 1+2: copied out for them, erased with them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from app.models.movement import Objection, Reminder, Teaching
from app.services.movement.clock import now_us
from app.services.movement.confirming import forget_in
from app.services.personal import Part
from quizzes.movement import steps


def _copy_taught(db: Session, member_id: int) -> list[dict[str, Any]]:
    """Copy a person's teachings, as teacher and as the one taught. Never the name of another person."""
    mine = or_(Teaching.member_id == member_id, Teaching.taught_member_id == member_id)
    return [
        {
            "campaign": one.campaign_id,
            "as": "teacher" if one.member_id == member_id else "taught",
            "kind": one.kind,
            "services": one.services,
            "way": one.way,
            "state": one.state,
            "confirmed_at": one.confirmed_at,
            "used_at": one.used_at,
            "counts": one.review != "rejected",
            "reviewed_at": one.reviewed_at,
            "withdrawn_at": one.withdrawn_at,
        }
        for one in db.scalars(select(Teaching).where(mine).order_by(Teaching.id))
    ]


def _erase_taught(db: Session, member_id: int) -> None:
    """Forgets the people an erased member had taught, unless a teaching was verified, and the member as a taught
    person."""
    for one in db.scalars(select(Teaching).where(Teaching.member_id == member_id, Teaching.taught_ok_at.is_(None))):
        if one.state in (steps.SHOWN, steps.BEGUN, steps.CONFIRMED):
            forget_in(db, one, now_us(db))
    db.execute(update(Teaching).where(Teaching.taught_member_id == member_id).values(taught_member_id=None))
    db.execute(delete(Reminder).where(Reminder.member_id == member_id))


def _copy_objections(db: Session, member_id: int) -> list[dict[str, Any]]:
    rows = db.scalars(select(Objection).where(Objection.member_id == member_id).order_by(Objection.id))
    return [{"words": one.words, "at": one.at, "answer": one.answer} for one in rows]


def _erase_objections(db: Session, member_id: int) -> None:
    db.execute(update(Objection).where(Objection.member_id == member_id).values(words="", answer=""))


def _copy_reminders(db: Session, member_id: int) -> list[dict[str, Any]]:
    rows = db.scalars(select(Reminder).where(Reminder.member_id == member_id))
    return [{"campaign": one.campaign_id, "kind": one.kind, "count": one.count} for one in rows]


PARTS = [
    Part("teachings", _copy_taught, _erase_taught, tables=("teaching", "taught", "check_item")),
    Part("objections", _copy_objections, _erase_objections, tables=("objection",)),
    Part("reminders", _copy_reminders, tables=("reminder",)),
]
