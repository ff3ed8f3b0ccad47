"""Points for coming and for what was achieved, into the ledger: once an activity is over or an undertaking done, and
again after each correction."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.activities import Activity, Attendance, Undertaking
from app.models.engines import now_us
from app.models.people import Member
from app.services.commit import reading, writing
from app.services.points.writing import post_in_slices
from quizzes.activities.kinds import DONE
from quizzes.hours import DAY
from quizzes.ledger import Due, sources

SETTLED = 366 * DAY
"""How long after its end an activity is still posted, microseconds; later it stays as it is. Attendance is erased after
two years."""


def post_due(now: int) -> int:
    """Post everything that is over or done and not posted as it is now; how many entries."""
    return sum(_post(number) for number in _due(now)) + sum(_post_achieved(number) for number in _changed())


@reading
def _due(db: Session, now: int) -> list[int]:
    over = (Activity.ends_at < now, Activity.ends_at > now - SETTLED, Activity.posted_at.is_(None))
    return list(db.scalars(select(Activity.id).where(*over).order_by(Activity.id)))


def _post(number: int) -> int:
    """Post what is due. A person noted between the reading and the mark takes the mark away again, so the clock comes
    back."""
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


@reading
def _changed(db: Session) -> list[int]:
    return list(db.scalars(select(Undertaking.id).where(Undertaking.posted_at.is_(None)).order_by(Undertaking.id)))


def _post_achieved(number: int) -> int:
    """Post what its owner is due; an undertaking that is no longer done, or has another owner, is taken back."""
    return post_in_slices(sources.ACHIEVED, number, _marked_achieved(number))


@writing
def _marked_achieved(db: Session, number: int) -> dict[int, Due]:
    one = db.get_one(Undertaking, number, with_for_update=True)
    one.posted_at = now_us(db)
    owner = db.get(Member, one.owner_id) if one.owner_id and one.state == DONE and one.points else None
    return {owner.id: Due(2 * one.points, owner.chapter_id)} if owner else {}
