"""Requests about one's own data: asked by the person, answered by an organiser above, with the law's clock beside."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models.engines import now_us
from app.models.people import Chapter, Member, under
from app.models.rights import DataRequest
from app.services.audit import audit_in
from app.services.commit import reading, reading_aside, writing
from app.services.people.notices import tell_in
from app.services.people.roles import ORGANISER, require_in
from app.services.people.working_days import calendar_in
from quizzes import rights
from quizzes.holidays import Calendar
from quizzes.refusals import Rejected
from quizzes.rights import Clock

OPEN, GRANTED, REFUSED = "open", "granted", "refused"
WORDS = (10, 2000)
"""Length of a request in characters: least, most."""
MOST_OPEN = 5
"""Open requests of one person."""


@dataclass(frozen=True)
class Asked:
    """One request as its person and the desk read it. `clock` only while it is open."""

    id: int
    member_id: int
    member: str
    chapter: str
    kind: str
    words: str
    state: str
    asked_at: int
    replied_at: int | None
    reply: str
    extended_at: int | None
    extension: str
    closed_at: int | None
    answer: str
    clock: Clock | None


def _words(text: str, field: str) -> str:
    said = " ".join(text.split())
    if not WORDS[0] <= len(said) <= WORDS[1]:
        raise Rejected("complaint_words", field=field)
    return said


@writing
def ask(db: Session, member_id: int, kind: str, words: str) -> int:
    """Ask; the clock runs from now. Its number."""
    if kind not in rights.KINDS:
        raise Rejected("bad_request", field="kind")
    said = _words(words, "words")
    mine = (DataRequest.member_id == member_id, DataRequest.state == OPEN)
    if (db.scalar(select(func.count()).select_from(DataRequest).where(*mine)) or 0) >= MOST_OPEN:
        raise Rejected("slow_down")
    new = DataRequest(
        member_id=member_id,
        kind=kind,
        words=said,
        state=OPEN,
        asked_at=now_us(db),
        replied_at=None,
        extended_at=None,
        closed_at=None,
    )
    db.add(new)
    db.flush()
    audit_in(db, member_id, "request.asked", member_id=member_id, kind=kind)
    return new.id


@writing
def reply(db: Session, actor_id: int, number: int, words: str) -> None:
    """Give the first reply: the request was received, and what will be done."""
    one = _open(db, actor_id, number)
    if one.replied_at is not None:
        raise Rejected("already_decided")
    one.reply, one.replied_at = _words(words, "words"), now_us(db)
    _told(db, one, actor_id, "request.replied")


@writing
def extend(db: Session, actor_id: int, number: int, reason: str) -> None:
    """Take as much time again, once, with a reason the person reads; before the time is over."""
    one, now = _open(db, actor_id, number), now_us(db)
    if one.extended_at is not None or now > rights.due_at(one.kind, one.asked_at):
        raise Rejected("not_now")
    one.extension, one.extended_at = _words(reason, "words"), now
    _told(db, one, actor_id, "request.extended")


@writing
def close(db: Session, actor_id: int, number: int, granted: bool, answer: str) -> None:
    """Close a request: it is done, or refused with a reason."""
    one, now = _open(db, actor_id, number), now_us(db)
    one.answer, one.closed_at = _words(answer, "words"), now
    one.replied_at = one.replied_at or now
    one.state = GRANTED if granted else REFUSED
    _told(db, one, actor_id, "request.closed")


def _open(db: Session, actor_id: int, number: int) -> DataRequest:
    one = db.scalar(select(DataRequest).where(DataRequest.id == number).with_for_update())
    if one is None:
        raise Rejected("not_found")
    require_in(db, actor_id, ORGANISER, db.get_one(Member, one.member_id).path)
    if one.member_id == actor_id:
        raise Rejected("second_person")
    if one.state != OPEN:
        raise Rejected("already_decided")
    return one


def _told(db: Session, one: DataRequest, actor_id: int, action: str) -> None:
    audit_in(db, actor_id, action, member_id=one.member_id, kind=one.kind, state=one.state)
    tell_in(db, one.member_id, "request_answered", by=actor_id)


@reading
def mine(db: Session, member_id: int) -> list[Asked]:
    """One person's requests, the newest first."""
    return _lines(db, DataRequest.member_id == member_id, limit=50)


@reading_aside
def desk(db: Session, paths: list[str], limit: int = 100) -> list[Asked]:
    """Open requests of these subtrees, what is due first in front, then those that were answered last."""
    found: dict[int, Asked] = {}
    for path in paths:
        for state in (DataRequest.state == OPEN, DataRequest.state != OPEN):
            found |= {one.id: one for one in _lines(db, under(Member.path, path), state, limit=limit)}
    return sorted(found.values(), key=lambda one: (one.clock is None, one.clock.until if one.clock else -one.id))


def _lines(db: Session, *wanted: object, limit: int) -> list[Asked]:
    rows = db.execute(
        select(DataRequest, Member.name, Chapter.name)
        .join(Member, Member.id == DataRequest.member_id)
        .join(Chapter, Chapter.id == Member.chapter_id)
        .where(*wanted)  # type: ignore[arg-type]
        .order_by(DataRequest.id.desc())
        .limit(limit)
    )
    now, calendar = now_us(db), calendar_in(db)
    return [_line(one, name, chapter, now, calendar) for one, name, chapter in rows]


def _line(one: DataRequest, name: str, chapter: str, now: int, calendar: Calendar) -> Asked:
    more = one.extended_at is not None
    clock = rights.clock(one.kind, one.asked_at, one.replied_at, now, extended=more, calendar=calendar)
    return Asked(
        one.id,
        one.member_id,
        name,
        chapter,
        one.kind,
        one.words,
        one.state,
        one.asked_at,
        one.replied_at,
        one.reply,
        one.extended_at,
        one.extension,
        one.closed_at,
        one.answer,
        clock if one.state == OPEN else None,
    )
