"""Points of contests into the ledger: once for a member and contest, when results are official.

Results that change later are posted by difference. What the ledger was last told is kept as a digest with the
contest, so `post_due` does nothing where nothing changed.
"""

from __future__ import annotations

import json
from weakref import WeakKeyDictionary

from sqlalchemy import func, select, update
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from app.models.contests import Attempt, Contest
from app.models.engines import database
from app.models.publications import Publication
from app.services.commit import reading, writing
from app.services.contests.publishing.publications import OFFICIAL
from app.services.contests.results.stored_attempts import IS_LINE
from app.services.points import post_in_slices
from app.services.points.rules import dues_in
from quizzes.contest.results.chapters import homes
from quizzes.ledger import Due, digest

KIND = "contest"


Told = tuple[int, int, bool, bool]
"""(contest, number of its newest official publication, whether it was cancelled, whether it was never posted or other
point rules want it posted again): what postings depend on."""
_told: WeakKeyDictionary[Engine, set[Told]] = WeakKeyDictionary()


def post_due() -> int:
    """Post every contest whose official results the ledger does not say yet; how many were posted."""
    told = _told.setdefault(database.engine, set())
    count = 0
    for one in _official():
        if one[3] or one not in told:
            count += post(one[0])
            told.add(one)
    return count


@reading
def _official(db: Session) -> list[Told]:
    columns = (Contest.id, func.max(Publication.no), Contest.cancelled_at.is_not(None), Contest.points_digest.is_(None))
    query = select(*columns).join(Publication, Publication.contest_id == Contest.id)
    groups = (Contest.id, Contest.cancelled_at, Contest.points_digest)
    rows = db.execute(query.where(Publication.state == OFFICIAL).group_by(*groups))
    return [(row[0], row[1], row[2], row[3]) for row in rows]


def post(contest_id: int) -> bool:
    """Bring the ledger to what the newest official results say. True when anything was new."""
    due, told = _due(contest_id)
    now = digest(due)
    if now == told:
        return False
    post_in_slices(KIND, contest_id, due)
    _note(contest_id, now)
    return True


@reading
def _due(db: Session, contest_id: int) -> tuple[dict[int, Due], str | None]:
    contest = db.get_one(Contest, contest_id)
    if contest.cancelled_at is not None:
        return {}, contest.points_digest
    official = (Publication.contest_id == contest_id, Publication.state == OFFICIAL)
    last = select(func.max(Publication.no)).where(*official).scalar_subquery()
    text = db.scalar(select(Publication.results).where(*official, Publication.no == last))
    sums = json.loads(text or "{}").get("points", {})
    tries = db.execute(
        select(Attempt.no, Attempt.member_id, Attempt.chapter_id).where(Attempt.contest_id == contest_id, *IS_LINE)
    )
    home = homes((no or 0, member, chapter) for no, member, chapter in tries)
    own = {int(member): Due(half, home.get(int(member))) for member, half in sums.items()}
    return dues_in(db, KIND, own, contest.chapter_id, contest.last_at or 0), contest.points_digest


@writing
def _note(db: Session, contest_id: int, told: str) -> None:
    db.execute(update(Contest).where(Contest.id == contest_id).values(points_digest=told))
