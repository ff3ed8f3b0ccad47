"""Contests a member has taken whose results are not official yet: their points wait for the publication."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.contests import Attempt, Contest
from app.models.publications import Publication
from app.services.commit import reading
from app.services.contests.publishing.publications import OFFICIAL
from quizzes.hours import DAY

LOOKED_BACK = 90 * DAY
"""How long after its end a contest that nobody publishes is still named, microseconds."""


@dataclass(frozen=True)
class Awaited:
    """A contest and the moment its last wave ends, or ended."""

    titles: dict[str, str]
    ends_at: int


@reading
def awaited(db: Session, member_id: int, now: int) -> list[Awaited]:
    """The contests of a member that wait, the first to end first."""
    tried = select(Attempt.contest_id).where(
        Attempt.member_id == member_id, Attempt.no.is_not(None), Attempt.cancelled.is_(False)
    )
    official = select(Publication.contest_id).where(Publication.state == OFFICIAL)
    waits = (Contest.id.in_(tried), Contest.id.not_in(official), Contest.cancelled_at.is_(None))
    rows = db.execute(
        select(Contest.title, Contest.last_at)
        .where(*waits, Contest.last_at > now - LOOKED_BACK)
        .order_by(Contest.last_at, Contest.id)
    )
    return [Awaited(json.loads(title), ends or 0) for title, ends in rows]
