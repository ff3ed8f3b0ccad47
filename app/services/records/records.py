"""Records of members: noted by hand or from a file, taken back with a reason, read by the member and the organisers
of the chapter and above, exported with their history."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, aliased

from app.models.engines import insert, now_us
from app.models.member_records import MemberRecord
from app.models.people import Chapter, Member, under
from app.services.audit import audit_in
from app.services.commit import in_turns, reading, reading_aside, writing
from app.services.people.power import require_over_in
from app.services.people.roles import ORGANISER, path_of_in, require_in
from quizzes.records.operations import EARLIEST, OPERATIONS
from quizzes.refusals import Rejected
from quizzes.text import visible

HAND, FILE = "hand", "file"
PIECE = 500
"""Operations read between two breaths."""


@dataclass(frozen=True)
class Line:
    """One record as pages and files show it; `why` and `taken_back_at` once it was taken back."""

    id: int
    member_id: int
    member: str
    code: str
    chapter: str
    operation: str
    on: date
    document: str
    text: str
    way: str
    by: str
    made_at: int
    taken_back_at: int | None
    why: str


def row_of(
    member_id: int, chapter_id: int, operation: str, on: date, document: str, text: str, **more: object
) -> dict[str, object]:
    """A row as it is written. Rejected: activity_kind, bad_dates."""
    if operation not in OPERATIONS:
        raise Rejected("activity_kind", field="operation")
    if on < EARLIEST:
        raise Rejected("bad_dates", field="on")
    document, text = visible(document)[:120], visible(text)[:500]
    said = "\n".join((str(member_id), operation, on.isoformat(), document, text))
    return {
        "member_id": member_id,
        "chapter_id": chapter_id,
        "operation": operation,
        "on_day": on,
        "document": document,
        "text": text,
        "key": hashlib.sha256(said.encode()).hexdigest(),
        **more,
    }


@writing
def note(db: Session, actor_id: int, member_id: int, operation: str, on: date | None, document: str, text: str) -> None:
    """Note one. Rejected: forbidden, record_known, bad_dates."""
    member = require_over_in(db, actor_id, member_id)
    if on is None:
        raise Rejected("bad_dates", field="on")
    row = row_of(
        member_id, member.chapter_id, operation, on, document, text, way=HAND, made_by=actor_id, made_at=now_us(db)
    )
    if write_in(db, [row]) == 0:
        raise Rejected("record_known", field="operation")
    audit_in(db, actor_id, "record.noted", member_id=member_id, chapter_id=member.chapter_id, operation=operation)


def write_in(db: Session, rows: list[dict[str, object]]) -> int:
    """Add what is not there yet; how many."""
    table = MemberRecord.__table__
    query = insert(db, MemberRecord).values([{table.c[key]: value for key, value in row.items()} for row in rows])
    return len(db.execute(query.on_conflict_do_nothing().returning(MemberRecord.id)).all())


@writing
def take_back(db: Session, actor_id: int, record_id: int, why: str) -> int:
    """It was wrong: it no longer holds, and stays to be seen with the reason; the member it was about."""
    one = db.get(MemberRecord, record_id)
    if one is None:
        raise Rejected("not_found")
    member = require_over_in(db, actor_id, one.member_id)
    if not why.strip():
        raise Rejected("reason_needed", field="why")
    if one.taken_back_at is None:
        one.taken_back_at, one.why, one.key = now_us(db), visible(why)[:300], None
        audit_in(db, actor_id, "record.taken_back", member_id=member.id, chapter_id=member.chapter_id, record=one.id)
    return one.member_id


@reading
def of_member(db: Session, member_id: int) -> list[Line]:
    """Everything of one member, the newest day first."""
    return _lines(db, _query().where(MemberRecord.member_id == member_id))


@reading_aside
def of_chapter(db: Session, path: str, operation: str = "", limit: int = 100, before: int = 0) -> list[Line]:
    """The records of members of a chapter and below, the latest noted first."""
    query = _query().where(under(Member.path, path), MemberRecord.taken_back_at.is_(None))
    if operation:
        query = query.where(MemberRecord.operation == operation)
    if before:
        query = query.where(MemberRecord.id < before)
    return _lines(db, query.order_by(None).order_by(MemberRecord.id.desc()).limit(limit))


def exported(actor_id: int, chapter_id: int) -> list[Line]:
    """Everything of a chapter and below with its history, for a file; the audit log keeps who took it."""
    return _history(_noted(actor_id, chapter_id))


@writing
def _noted(db: Session, actor_id: int, chapter_id: int) -> str:
    """Keep who takes the file, before anything is read: nobody who writes waits for all its rows."""
    path = path_of_in(db, chapter_id)
    require_in(db, actor_id, ORGANISER, path)
    audit_in(db, actor_id, "record.exported", chapter_id=chapter_id)
    return path


@reading
def _history(db: Session, path: str) -> list[Line]:
    return _lines(db, _query().where(under(Member.path, path)).execution_options(yield_per=PIECE))


def _query() -> Select[MemberRecord, str, str, str, str]:
    by = aliased(Member)
    return (
        select(MemberRecord, Member.name, Member.code, Chapter.name, by.name)
        .join(Member, Member.id == MemberRecord.member_id)
        .join(Chapter, Chapter.id == MemberRecord.chapter_id)
        .outerjoin(by, by.id == MemberRecord.made_by)
        .where(Member.erased_at.is_(None))
        .order_by(Member.sort_key, Member.id, MemberRecord.on.desc(), MemberRecord.id.desc())
    )


def _lines(db: Session, query: Select[MemberRecord, str, str, str, str]) -> list[Line]:
    return [
        Line(
            one.id,
            one.member_id,
            name,
            code,
            chapter,
            one.operation,
            one.on,
            one.document,
            one.text,
            one.way,
            by or "",
            one.made_at,
            one.taken_back_at,
            one.why,
        )
        for one, name, code, chapter, by in in_turns(db.execute(query), PIECE)
    ]


def counts(lines: Sequence[Line]) -> dict[str, int]:
    """The number of valid records of each operation, in the order of the document."""
    return {key: sum(one.operation == key and one.taken_back_at is None for one in lines) for key in OPERATIONS}
