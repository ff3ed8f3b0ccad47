"""The kinds of deeds of a chapter: the shipped ones and those made for it or above it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.models.deeds import DeedKind
from app.models.people import Chapter
from app.services.audit import audit_in
from app.services.commit import reading, writing
from app.services.movement.clock import now_us
from app.services.people.chapters import ids_of
from app.services.people.roles import ORGANISER, path_of_in, require_in
from app.services.same import same_in
from quizzes.deeds.kinds import SHIPPED, Kind, own
from quizzes.refusals import Rejected
from quizzes.text import visible

MOST_POINTS = 100
"""Whole points of one step."""


@dataclass(frozen=True)
class OwnKind:
    """A kind of a chapter's own as its organisers see it."""

    id: int
    name: str
    chapter: str
    kind: Kind


@reading
def kinds(db: Session, path: str) -> dict[str, Kind]:
    """key -> kind, of all that may be noted in a chapter."""
    return kinds_in(db, path)


def kinds_in(db: Session, path: str, *, ended: bool = False) -> dict[str, Kind]:
    """With `ended` also the kinds nobody may note any more: what was noted by them goes on counting."""
    rows = select(DeedKind).where(DeedKind.chapter_id.in_(ids_of(path))).order_by(DeedKind.id)
    if not ended:
        rows = rows.where(DeedKind.ended_at.is_(None))
    return SHIPPED | {one.key: one for one in map(_kind, db.scalars(rows))}


@reading
def all_kinds(db: Session) -> dict[str, Kind]:
    """Every kind there ever was, for names of old deeds."""
    return all_kinds_in(db)


def all_kinds_in(db: Session) -> dict[str, Kind]:
    return SHIPPED | {one.key: one for one in map(_kind, db.scalars(select(DeedKind)))}


@reading
def own_kinds(db: Session, path: str) -> list[OwnKind]:
    """The chapters' own kinds that may be noted in a chapter, those from above included."""
    rows = db.execute(
        select(DeedKind, Chapter.name)
        .join(Chapter, Chapter.id == DeedKind.chapter_id)
        .where(DeedKind.chapter_id.in_(ids_of(path)), DeedKind.ended_at.is_(None))
        .order_by(DeedKind.id)
    )
    return [OwnKind(one.id, one.name, chapter, _kind(one)) for one, chapter in rows]


def _kind(one: DeedKind) -> Kind:
    return own(one.id, one.name, one.points, one.first_points, one.paired)


@writing
def make(db: Session, actor_id: int, chapter_id: int, name: str, points: int, first: int, paired: bool) -> int:
    """A kind for a chapter and everything below it; its number."""
    require_in(db, actor_id, ORGANISER, path_of_in(db, chapter_id))
    name = visible(name)
    if not 3 <= len(name) <= 80:
        raise Rejected("deed_kind_name", field="name")
    if not 0 <= points <= MOST_POINTS or not 0 <= first <= MOST_POINTS:
        raise Rejected("bad_points", field="points")
    new = DeedKind(chapter_id=chapter_id, name=name, points=points, first_points=first, paired=paired, ended_at=None)
    known = same_in(db, new, "name", "points", "first_points", "paired", ended_at=None)
    if known is not None:
        return known.id
    db.add(new)
    db.flush()
    audit_in(db, actor_id, "deed.kind", chapter_id=chapter_id, kind=new.id)
    return new.id


@writing
def end(db: Session, actor_id: int, kind_id: int) -> int:
    """End a kind: nobody notes it any more. Returns its chapter. What was noted stays."""
    one = db.get(DeedKind, kind_id)
    if one is None:
        raise Rejected("not_found")
    require_in(db, actor_id, ORGANISER, path_of_in(db, one.chapter_id))
    open_ = (DeedKind.id == kind_id, DeedKind.ended_at.is_(None))
    db.execute(update(DeedKind).where(*open_).values(ended_at=now_us(db)))
    audit_in(db, actor_id, "deed.kind_ended", chapter_id=one.chapter_id, kind=kind_id)
    return one.chapter_id
