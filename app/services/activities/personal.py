"""A person's data in activities: attendance, tasks, undertakings, notices on boards."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.models.activities import Activity, ActivityDocument, ActivityPart, Attendance, Undertaking
from app.services.personal import Part


def _copy_attendance(db: Session, member_id: int) -> list[dict[str, Any]]:
    rows = db.execute(
        select(Activity.title, Activity.starts_at, Attendance.way, Attendance.at)
        .join(Activity, Activity.id == Attendance.activity_id)
        .where(Attendance.member_id == member_id)
        .order_by(Attendance.id)
    )
    return [{"activity": title, "starts_at": starts, "way": way, "at": at} for title, starts, way, at in rows]


def _erase_attendance(db: Session, member_id: int) -> None:
    db.execute(delete(Attendance).where(Attendance.member_id == member_id))
    db.execute(delete(ActivityPart).where(ActivityPart.member_id == member_id))


def _copy_parts(db: Session, member_id: int) -> list[dict[str, Any]]:
    rows = db.execute(
        select(Activity.title, ActivityPart.part)
        .join(Activity, Activity.id == ActivityPart.activity_id)
        .where(ActivityPart.member_id == member_id)
    )
    return [{"activity": title, "part": part} for title, part in rows]


def _copy_undertakings(db: Session, member_id: int) -> list[dict[str, Any]]:
    mine = (Undertaking.owner_id == member_id) | (Undertaking.made_by == member_id)
    return [
        {
            "kind": one.kind,
            "title": one.title,
            "text": one.text,
            "state": one.state,
            "answer": one.answer,
            "points": one.points,
        }
        for one in db.scalars(select(Undertaking).where(mine).order_by(Undertaking.id))
    ]


def _erase_undertakings(db: Session, member_id: int) -> None:
    db.execute(update(Undertaking).where(Undertaking.owner_id == member_id).values(owner_id=None))
    db.execute(update(Undertaking).where(Undertaking.made_by == member_id).values(made_by=None))


def _copy_planned(db: Session, member_id: int) -> list[dict[str, Any]]:
    planned = db.execute(select(Activity.title, Activity.made_at).where(Activity.made_by == member_id))
    put_up = select(ActivityDocument.name, ActivityDocument.made_at).where(ActivityDocument.made_by == member_id)
    return [{"activity": title, "at": at} for title, at in planned] + [
        {"document": name, "at": at} for name, at in db.execute(put_up)
    ]


PARTS = [
    Part("attendance", _copy_attendance, _erase_attendance, tables=("attendance",)),
    Part("activity_parts", _copy_parts, tables=("activity_part",)),
    Part("undertakings", _copy_undertakings, _erase_undertakings, tables=("undertaking",)),
    Part("activities", _copy_planned, tables=("activity", "activity_document")),
]
