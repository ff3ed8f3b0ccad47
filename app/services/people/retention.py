"""Erases what the area of people keeps only for a time: words of requests two years after their answer."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from app.models.rights import DataRequest, ErasedDay
from app.services.commit import writing
from quizzes.rights import DAY, day_of

WORDS = 730 * DAY
"""How long the words of a closed request are kept, microseconds."""
REPORTS = 730
"""Days for which the report of what was erased is kept."""


@writing
def _words(db: Session, now: int) -> int:
    old = (DataRequest.closed_at < now - WORDS, DataRequest.words != "")
    done: Any = db.execute(update(DataRequest).where(*old).values(words="", reply="", extension="", answer=""))
    return int(done.rowcount)


@writing
def _reports(db: Session, oldest: int) -> int:
    done: Any = db.execute(delete(ErasedDay).where(ErasedDay.day < oldest))
    return int(done.rowcount)


def erase_due(now: int) -> dict[str, int]:
    """Erase what is old enough; how many rows of each kind."""
    return {"request_words": _words(now), "reports": _reports(day_of(now - REPORTS * DAY))}
