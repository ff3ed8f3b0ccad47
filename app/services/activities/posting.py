"""Points for coming, into the ledger: once the activity is over, and again after each correction."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.activities import Activity, Attendance
from app.models.engines import now_us
from app.services.commit import reading, writing
from app.services.points.writing import post_in_slices
from quizzes.hours import DAY
from quizzes.ledger import Due, sources

SETTLED = 366 * DAY
"""What ended longer ago is posted and stays as it is; its attendance goes after two years."""


def post_due(now: int) -> int:
    """Post everything that is over and not posted as it is now; how many entries."""
    return sum(_post(number) for number in _due(now))


@reading
def _due(db: Session, now: int) -> list[int]:
    over = (Activity.ends_at < now, Activity.ends_at > now - SETTLED, Activity.posted_at.is_(None))
    return list(db.scalars(select(Activity.id).where(*over).order_by(Activity.id)))


def _post(number: int) -> int:
    """Whoever is noted between the reading and the mark takes the mark away again, so the clock comes back."""
    points, people = _marked(number)
    due = {member: Due(2 * points, chapter) for member, chapter in people.items()} if points else {}
    return post_in_slices(sources.ATTENDED, number, due)


@writing
def _marked(db: Session, number: int) -> tuple[int, dict[int, int]]:
    one = db.get_one(Activity, number, with_for_update=True)
    one.posted_at = now_us(db)
    if one.cancelled_at is not None:
        return 0, {}
    rows = db.execute(select(Attendance.member_id, Attendance.chapter_id).where(Attendance.activity_id == number))
    return one.points, {row[0]: row[1] for row in rows}
