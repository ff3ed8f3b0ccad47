"""Broadcasts: text for everybody and, where there is one, a recording; taken away again, recording and all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.engines import now_us
from app.models.people import Chapter
from app.models.voice import Broadcast
from app.services.audit import audit_in
from app.services.commit import reading, writing
from app.services.people.chapters import open_in
from app.services.people.roles import ORGANISER, path_of_in, require_in
from app.services.rows import OfChapter
from app.services.same import same_in
from app.services.tokens import new_address_id
from quizzes.refusals import Rejected
from quizzes.text import visible

MOST_TEXT = 5000
"""Characters of one broadcast."""


@dataclass(frozen=True)
class Seen(OfChapter):
    """A broadcast as pages show it; `seconds` of its recording, None without one."""

    title: str
    text: str
    seconds: int | None
    at: int


@writing
def put_out(db: Session, actor_id: int, chapter_id: int, title: str, text: str, sound: tuple[bytes, int] | None) -> str:
    """One more; its public number. `sound`: our own MP3 and its seconds. Rejected: forbidden, announcement_empty."""
    require_in(db, actor_id, ORGANISER, open_in(db, chapter_id).path)
    title, text = visible(title), text.strip()
    if not 2 <= len(title) <= 120:
        raise Rejected("announcement_empty", field="title")
    if not 1 <= len(text) <= MOST_TEXT:
        raise Rejected("announcement_empty", field="text")
    data, seconds = sound or (None, None)
    new = Broadcast(
        public_id=new_address_id(9),
        chapter_id=chapter_id,
        title=title,
        text=text,
        sound=data,
        seconds=seconds,
        made_by=actor_id,
        at=now_us(db),
    )
    known = same_in(db, new, "title", "text", "sound", removed_at=None)
    if known is not None:
        return known.public_id
    db.add(new)
    audit_in(db, actor_id, "voice.broadcast", chapter_id=chapter_id)
    return new.public_id


@writing
def remove(db: Session, actor_id: int, public_id: str) -> int:
    """Take it away with its recording; the chapter it was of."""
    one = _broadcast(db, public_id)
    require_in(db, actor_id, ORGANISER, path_of_in(db, one.chapter_id))
    one.removed_at, one.sound, one.seconds = now_us(db), None, None
    audit_in(db, actor_id, "voice.removed", chapter_id=one.chapter_id)
    return one.chapter_id


def _broadcast(db: Session, public_id: str) -> Broadcast:
    found = db.scalar(select(Broadcast).where(Broadcast.public_id == public_id, Broadcast.removed_at.is_(None)))
    if found is None:
        raise Rejected("not_found")
    return found


@reading
def broadcast(db: Session, public_id: str) -> Seen:
    """One, or Rejected("not_found")."""
    one = _broadcast(db, public_id)
    return _seen(one, db.get_one(Chapter, one.chapter_id))


@reading
def sound(db: Session, public_id: str) -> bytes:
    """The recording, or Rejected("not_found")."""
    found = _broadcast(db, public_id).sound
    if found is None:
        raise Rejected("not_found")
    return found


@reading
def of_chapters(db: Session, chapter_ids: Sequence[int], limit: int = 100) -> list[Seen]:
    """The broadcasts of these chapters, the newest first."""
    rows = db.execute(
        select(Broadcast, Chapter)
        .join(Chapter, Chapter.id == Broadcast.chapter_id)
        .where(Broadcast.chapter_id.in_(chapter_ids), Broadcast.removed_at.is_(None))
        .order_by(Broadcast.id.desc())
        .limit(limit)
    )
    return [_seen(one, chapter) for one, chapter in rows]


def _seen(one: Broadcast, chapter: Chapter) -> Seen:
    return Seen(one.public_id, one.chapter_id, chapter.name, chapter.path, one.title, one.text, one.seconds, one.at)
