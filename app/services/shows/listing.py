"""Shows as lists and pages need them: by PIN, by address, by number, the newest."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.models.shows import Seat, Show
from app.services.commit import reading
from quizzes.refusals import Rejected


@dataclass(frozen=True)
class Listed:
    """A show as lists and pages need it."""

    show_id: int
    public_id: str
    pin: str | None
    script: str
    title: dict[str, str]
    chapter_id: int | None
    host_member_id: int | None
    guests_allowed: bool
    created_at: int
    over_at: int | None
    stakes: str
    removed_at: int | None


def listed(row: Show) -> Listed:
    """A row of the table as a page needs it."""
    return Listed(
        row.id,
        row.public_id,
        row.pin,
        row.script,
        json.loads(row.title),
        row.chapter_id,
        row.host_member_id,
        row.guests_allowed,
        row.created_at,
        row.over_at,
        row.stakes,
        row.removed_at,
    )


@reading
def by_pin(db: Session, pin: str) -> Listed:
    """The show people join with this PIN, or Rejected("no_such_show")."""
    row = db.scalar(select(Show).where(Show.pin == "".join(pin.split())))
    if row is None:
        raise Rejected("no_such_show")
    return listed(row)


@reading
def by_public_id(db: Session, public_id: str) -> Listed:
    """The show of an address, or Rejected("no_such_show")."""
    row = db.scalar(select(Show).where(Show.public_id == public_id))
    if row is None or (row.removed_at is not None and row.over_at is None):
        raise Rejected("no_such_show")
    return listed(row)


@reading
def by_id(db: Session, show_id: int) -> Listed:
    """The show with this number, or Rejected("no_such_show")."""
    row = db.get(Show, show_id)
    if row is None:
        raise Rejected("no_such_show")
    return listed(row)


@reading
def newest(db: Session, limit: int = 50, *, chapter_ids: list[int] | None = None) -> list[Listed]:
    """The latest shows, all or those of some chapters."""
    query = select(Show).where(Show.removed_at.is_(None)).order_by(Show.id.desc()).limit(limit)
    if chapter_ids is not None:
        query = query.where(Show.chapter_id.in_(chapter_ids))
    return [listed(row) for row in db.scalars(query)]


@reading
def played_by(db: Session, member_id: int, limit: int) -> list[Listed]:
    """The latest shows that are over and in which this member had a seat of the public."""
    seats = select(Seat.show_id).where(Seat.member_id == member_id, Seat.side == "public", Seat.kicked_at.is_(None))
    return [listed(row) for row in db.scalars(_over().where(Show.id.in_(seats)).limit(limit))]


@reading
def finished_of(db: Session, chapter_id: int, limit: int) -> list[Listed]:
    """The latest shows of one chapter that are over and were no rehearsals."""
    there = (Show.chapter_id == chapter_id, Show.stakes != "rehearsal")
    return [listed(row) for row in db.scalars(_over().where(*there).limit(limit))]


def _over() -> Select[Show]:
    return select(Show).where(Show.over_at.is_not(None), Show.removed_at.is_(None)).order_by(Show.over_at.desc())
