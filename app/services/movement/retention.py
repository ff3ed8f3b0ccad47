"""Erases the data of 1+2 that are kept only for a time: the promise of the notice on the taught person's page.

codes nobody finished                     a day
address digests                           30 days
a number left for one call                until the check is decided, at most 14 days after the draw
names and years of birth                  six months after the campaign
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.models.movement import Campaign, CheckItem, CheckList, Taught, Teaching
from app.services.commit import reading_aside, writing
from app.services.erasing import SLICE, all_of, slice_in
from quizzes.movement import checks, steps

UNFINISHED, ADDRESSES, NAMES = steps.DAY, 30 * steps.DAY, 180 * steps.DAY
NUMBERS = checks.DAYS * steps.DAY
"""How long each is kept, microseconds."""


LATELY = 5 * steps.MINUTE
"""How long after somebody was forgotten the log is emptied each minute: once may find it read by somebody."""


@reading_aside
def forgot_lately(db: Session, now: int) -> bool:
    """True when somebody took theirs back a moment ago."""
    return db.scalar(select(Teaching.id).where(Teaching.withdrawn_at > now - LATELY).limit(1)) is not None


def erase_due(now: int) -> dict[str, int]:
    """Erase what is old enough; how many rows of each kind."""
    return {what: all_of(work, now) for what, work in ERASED.items()}


@writing
def _unfinished(db: Session, now: int) -> int:
    old = (Teaching.state.in_((steps.SHOWN, steps.BEGUN)), Teaching.made_at < now - UNFINISHED)
    return slice_in(db, select(Teaching.id).where(*old), Teaching.id)


@writing
def _addresses(db: Session, now: int) -> int:
    old = (Teaching.address_digest.is_not(None), Teaching.made_at < now - ADDRESSES)
    return slice_in(db, select(Teaching.id).where(*old), Teaching.id, address_digest=None)


@writing
def _names(db: Session, now: int) -> int:
    over = select(Campaign.id).where(Campaign.ends_at < now - NAMES)
    named = select(Taught.teaching_id).join(Teaching, Teaching.id == Taught.teaching_id)
    ids = list(db.scalars(named.where(Teaching.campaign_id.in_(over)).limit(SLICE)))
    db.execute(delete(Taught).where(Taught.teaching_id.in_(ids)))
    mine = update(Teaching).where(Teaching.id.in_(ids))
    db.execute(mine.values(browser=None, signs=""))
    db.execute(mine.where(Teaching.child).values(services="", used_what=""))  # what its guardian agreed to is over
    return len(ids)


@writing
def _numbers(db: Session, now: int) -> int:
    """Numbers of people whom nobody called in time, on lists that are still looked through."""
    late = select(CheckList.id).where(CheckList.drawn_at <= now - NUMBERS)
    left = (CheckItem.phone != "", CheckItem.list_id.in_(late))
    done: Any = db.execute(update(CheckItem).where(*left).values(phone=""))
    return int(done.rowcount)


ERASED = {"unfinished": _unfinished, "addresses": _addresses, "numbers": _numbers, "names": _names}
"""Kind of rows, as the report calls it -> the work that erases them."""
