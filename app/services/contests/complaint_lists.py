"""Complaints as pages list them: those of a contest, those of a member, one with its whole history."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.contests import Complaint, ComplaintMessage
from app.models.people import Member
from app.services.commit import reading
from quizzes.refusals import Rejected


@dataclass(frozen=True)
class Line:
    """A complaint in a list. `name` and `chapter` are for organisers."""

    id: int
    contest_id: int
    member: int
    name: str
    about: str
    question: str
    decision: int | None
    state: str
    at: int


@dataclass(frozen=True)
class Message:
    staff: bool
    text: str
    state: str
    """The complaint's state after this message."""
    at: int


@dataclass(frozen=True)
class History:
    line: Line
    messages: tuple[Message, ...]


@reading
def of_contest(db: Session, contest_id: int, limit: int = 500) -> list[Line]:
    """All complaints about a contest, those that wait first: for organisers."""
    order = (Complaint.state != "open", Complaint.id.desc())
    return _lines(db, Complaint.contest_id == contest_id, order=order, limit=limit)


@reading
def of_member(db: Session, member_id: int, contest_id: int | None = None) -> list[Line]:
    """The member's own complaints, the newest first."""
    where = [Complaint.member_id == member_id]
    if contest_id is not None:
        where.append(Complaint.contest_id == contest_id)
    return _lines(db, *where, order=(Complaint.id.desc(),), limit=200)


@reading
def history(db: Session, complaint_id: int) -> History:
    """A complaint with everything said; whoever calls sees to it who may read it."""
    found = _lines(db, Complaint.id == complaint_id, order=(), limit=1)
    if not found:
        raise Rejected("not_found")
    rows = db.scalars(
        select(ComplaintMessage).where(ComplaintMessage.complaint_id == complaint_id).order_by(ComplaintMessage.id)
    )
    return History(found[0], tuple(Message(one.staff, one.text, one.state, one.at) for one in rows))


def _lines(db: Session, *where: Any, order: tuple[Any, ...], limit: int) -> list[Line]:
    query = select(Complaint, Member.name).outerjoin(Member, Member.id == Complaint.member_id)
    rows = db.execute(query.where(*where).order_by(*order).limit(limit))
    return [
        Line(
            one.id,
            one.contest_id,
            one.member_id,
            name or "",
            one.about,
            one.question,
            one.decision_no,
            one.state,
            one.at,
        )
        for one, name in rows
    ]
