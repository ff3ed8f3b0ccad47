"""Who came to what is known for 24 months, as the notice beside it says; then only how many came stays unknown, too."""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.models.activities import Activity, ActivityPart, Attendance
from app.services.activities.rates import KEPT
from app.services.commit import writing

SLICE = 500


def erase_due(now: int) -> dict[str, int]:
    """Erase what is old enough; how many rows."""
    erased = 0
    while changed := _attendance(now):
        erased += changed
    return {"attendance": erased + _parts(now)}


@writing
def _attendance(db: Session, now: int) -> int:
    old = (
        select(Attendance.id).join(Activity, Activity.id == Attendance.activity_id).where(Activity.ends_at < now - KEPT)
    )
    ids = list(db.scalars(old.limit(SLICE)))
    db.execute(delete(Attendance).where(Attendance.id.in_(ids)))
    return len(ids)


@writing
def _parts(db: Session, now: int) -> int:
    old = select(Activity.id).where(Activity.ends_at < now - KEPT)
    gone = db.execute(delete(ActivityPart).where(ActivityPart.activity_id.in_(old)).returning(ActivityPart.member_id))
    return len(gone.all())
