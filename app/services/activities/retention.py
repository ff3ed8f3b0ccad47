"""Erases attendance and tasks of activities 24 months after the end, as the notice beside them says."""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.models.activities import Activity, ActivityPart, Attendance
from app.services.activities.rates import KEPT
from app.services.commit import writing
from app.services.erasing import all_of, slice_in


def erase_due(now: int) -> dict[str, int]:
    """Erase what is old enough; how many rows."""
    return {"attendance": all_of(_attendance, now) + _parts(now)}


@writing
def _attendance(db: Session, now: int) -> int:
    held = select(Attendance.id).join(Activity, Activity.id == Attendance.activity_id)
    return slice_in(db, held.where(Activity.ends_at < now - KEPT), Attendance.id)


@writing
def _parts(db: Session, now: int) -> int:
    old = select(Activity.id).where(Activity.ends_at < now - KEPT)
    gone = db.execute(delete(ActivityPart).where(ActivityPart.activity_id.in_(old)).returning(ActivityPart.member_id))
    return len(gone.all())
