"""The halls whose parcels are taken: an organiser approves the key of each, for a chapter, beforehand.

A parcel gives no more than who approved its key may give when it comes: points of members of that chapter and below.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.engines import insert, now_us
from app.models.parcels import Hall, Origin
from app.models.people import Chapter, Member, under
from app.models.shows import Show
from app.services.audit import audit_in
from app.services.commit import reading, writing
from app.services.people.roles import ORGANISER, path_of_in, require_in, still_may_in
from app.services.shows.parcels.key import own
from app.services.signing import fingerprint
from quizzes.refusals import Rejected
from quizzes.text import visible

LONGEST_NAME = 80
"""The longest name of a hall, letters."""


@dataclass(frozen=True)
class HallLine:
    """A hall as the list shows it."""

    fingerprint: str
    name: str
    chapter: str
    approved_by: str
    approved_at: int
    ended: bool
    """True once somebody has ended it, or the power of who approved it has ended: it may be approved again."""


@dataclass(frozen=True)
class Carried:
    """A show that came by a parcel."""

    show: str
    title: str
    hall: str
    over_at: int | None
    read_at: int


@writing
def approve(db: Session, actor_id: int, chapter_id: int, public_key: str, name: str) -> str:
    """Take parcels of this key from now on; its fingerprint.

    Raises Rejected: forbidden, no_such_chapter, parcel_key for what is no key, parcel_own for this server's own.
    """
    require_in(db, actor_id, ORGANISER, path_of_in(db, chapter_id))
    try:
        found = fingerprint(public_key)
    except ValueError:
        raise Rejected("parcel_key", field="key") from None
    if found == fingerprint(own.public()):
        raise Rejected("parcel_own", field="key")
    known = db.get(Hall, found)
    if known is not None and known.ended_at is None:
        require_in(db, actor_id, ORGANISER, path_of_in(db, known.chapter_id))
    values = {
        "name": visible(name)[:LONGEST_NAME],
        "chapter_id": chapter_id,
        "approved_by": actor_id,
        "approved_at": now_us(db),
        "ended_at": None,
    }
    new = insert(db, Hall).values(fingerprint=found, **values)
    db.execute(new.on_conflict_do_update(index_elements=["fingerprint"], set_=values))
    audit_in(db, actor_id, "parcel.approved", chapter_id=chapter_id, fingerprint=found)
    return found


@writing
def end(db: Session, actor_id: int, found: str) -> None:
    """Take no further parcel of this key; what came stays. Rejected: not_found, forbidden."""
    hall = db.get(Hall, found)
    if hall is None:
        raise Rejected("not_found")
    require_in(db, actor_id, ORGANISER, path_of_in(db, hall.chapter_id))
    hall.ended_at = now_us(db)
    audit_in(db, actor_id, "parcel.ended", chapter_id=hall.chapter_id, fingerprint=found)


def holds_in(db: Session, hall: Hall) -> bool:
    """True while a key's parcels are taken: nobody has ended it, and who approved it might approve it today."""
    return hall.ended_at is None and still_may_in(db, hall.approved_by, ORGANISER, hall.chapter_id)


@reading
def halls(db: Session, path: str) -> list[HallLine]:
    """The approved keys of a chapter and below, the newest first."""
    rows = db.execute(
        select(Hall, Chapter.name, Member.name)
        .join(Chapter, Chapter.id == Hall.chapter_id)
        .outerjoin(Member, Member.id == Hall.approved_by)
        .where(under(Chapter.path, path))
        .order_by(Hall.approved_at.desc())
    )
    return [
        HallLine(one.fingerprint, one.name, chapter, by or "", one.approved_at, not holds_in(db, one))
        for one, chapter, by in rows
    ]


@reading
def carried(db: Session, path: str, most: int = 50) -> list[Carried]:
    """The shows that came by parcels to a chapter and below, the newest first."""
    rows = db.execute(
        select(Show, Hall.name, Origin.read_at)
        .join(Origin, Origin.show_id == Show.id)
        .join(Hall, Hall.fingerprint == Origin.fingerprint)
        .join(Chapter, Chapter.id == Show.chapter_id)
        .where(under(Chapter.path, path), Show.removed_at.is_(None))
        .order_by(Origin.read_at.desc())
        .limit(most)
    )
    return [Carried(show.public_id, show.title, hall, show.over_at, at) for show, hall, at in rows]


def own_key() -> str:
    """This server's public key, in hex: what another server's organiser approves."""
    return own.public()
