"""Erases the data of contests that are kept only for a time: the promise of every rules page.

    device and address digests of a try        90 days
    signals of the review queue                 90 days after the contest
    answers and words of complaints             a year after the last publication (or the end, without one)

Lines, decisions and publications stay: they hold numbers only. Every step is short and may be repeated.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.orm import Session

from app.models.contests import Attempt, AttemptAnswer, Complaint, ComplaintMessage, Contest, Signal
from app.models.publications import Publication
from app.services.commit import reading, writing
from app.services.erasing import all_of, slice_in
from quizzes.hours import DAY

TRACES, SIGNALS, ANSWERS = 90 * DAY, 90 * DAY, 365 * DAY
"""How long each is kept, microseconds."""


def erase_due(now: int) -> dict[str, int]:
    """Erase what is old enough; how many rows of each kind."""
    return {
        "traces": all_of(_traces, now - TRACES),
        "signals": sum(_signals(contest_id) for contest_id in _ended(now - SIGNALS)),
        "answers": sum(all_of(_words, contest_id) for contest_id in _told(now - ANSWERS)),
    }


@writing
def _traces(db: Session, before: int) -> int:
    held = or_(Attempt.device_hash.is_not(None), Attempt.source_hash.is_not(None))
    old = select(Attempt.id).where(Attempt.started_at < before, held)
    return slice_in(db, old, Attempt.id, device_hash=None, source_hash=None)


@reading
def _ended(db: Session, before: int) -> list[int]:
    return list(db.scalars(select(Contest.id).where(Contest.last_at < before)))


@writing
def _signals(db: Session, contest_id: int) -> int:
    done: Any = db.execute(delete(Signal).where(Signal.contest_id == contest_id))
    return int(done.rowcount)


@reading
def _told(db: Session, before: int) -> list[int]:
    last = select(func.max(Publication.at)).where(Publication.contest_id == Contest.id).scalar_subquery()
    return list(db.scalars(select(Contest.id).where(Contest.last_at < before, func.coalesce(last, 0) < before)))


@writing
def _words(db: Session, contest_id: int) -> int:
    mine = select(Attempt.id).where(Attempt.contest_id == contest_id)
    answered = select(AttemptAnswer.attempt_id).where(AttemptAnswer.attempt_id.in_(mine)).distinct()
    tries = slice_in(db, answered, AttemptAnswer.attempt_id)
    about = select(Complaint.id).where(Complaint.contest_id == contest_id)
    db.execute(update(ComplaintMessage).where(ComplaintMessage.complaint_id.in_(about)).values(text=""))
    return tries
