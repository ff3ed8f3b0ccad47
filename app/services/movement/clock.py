"""The campaigns' clock: the database's. Only a rehearsal moves it, to see a month later what happens a month later."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.models.engines import now_us as database_now
from app.services.commit import reading


class Rehearsal:
    """How far the campaigns of this process run ahead of the real time."""

    ahead = 0


def now_us(db: Session) -> int:
    """The moment by the campaigns' clock, in microseconds since 1970."""
    return database_now(db) + Rehearsal.ahead


@reading
def now(db: Session) -> int:
    """The same for pages."""
    return now_us(db)
