"""What 1+2 keeps only for a time: the promise of the notice on the taught person's page.

codes nobody finished                     a day
address digests                           30 days
a number left for one call                until the check is decided, at most 14 days (see checking)
names and years of birth                  six months after the campaign
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.models.movement import Campaign, Taught, Teaching
from app.services.commit import writing
from quizzes.movement import steps

UNFINISHED, ADDRESSES, NAMES = steps.DAY, 30 * steps.DAY, 180 * steps.DAY
SLICE = 500


def erase_due(now: int) -> dict[str, int]:
    """Erase what is old enough; how many rows of each kind."""
    counts = {"unfinished": 0, "addresses": 0, "names": 0}
    for what, work in (("unfinished", _unfinished), ("addresses", _addresses), ("names", _names)):
        while changed := work(now):
            counts[what] += changed
    return counts


@writing
def _unfinished(db: Session, now: int) -> int:
    old = (Teaching.state.in_((steps.SHOWN, steps.BEGUN)), Teaching.made_at < now - UNFINISHED)
    ids = list(db.scalars(select(Teaching.id).where(*old).limit(SLICE)))
    done: Any = db.execute(delete(Teaching).where(Teaching.id.in_(ids)))
    return int(done.rowcount)


@writing
def _addresses(db: Session, now: int) -> int:
    old = (Teaching.address_digest.is_not(None), Teaching.made_at < now - ADDRESSES)
    ids = list(db.scalars(select(Teaching.id).where(*old).limit(SLICE)))
    db.execute(update(Teaching).where(Teaching.id.in_(ids)).values(address_digest=None))
    return len(ids)


@writing
def _names(db: Session, now: int) -> int:
    over = select(Campaign.id).where(Campaign.ends_at < now - NAMES)
    ids = list(
        db.scalars(
            select(Taught.teaching_id)
            .join(Teaching, Teaching.id == Taught.teaching_id)
            .where(Teaching.campaign_id.in_(over))
            .limit(SLICE)
        )
    )
    db.execute(delete(Taught).where(Taught.teaching_id.in_(ids)))
    db.execute(update(Teaching).where(Teaching.id.in_(ids)).values(browser=None, signs=""))
    return len(ids)
