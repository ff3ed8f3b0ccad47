"""The review queue: what is strange about papers, and what an organiser found. A person decides, with a reason; nothing
happens by itself. What is looked for: looking.py.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models.contests import Attempt, Contest, Signal
from app.models.engines import now_us
from app.models.people import Member
from app.services.audit import audit_in
from app.services.commit import reading, writing
from app.services.people.roles import ORGANISER, path_of_in, require_in
from quizzes.refusals import N_, Rejected

KINDS = {
    "too_fast": N_("Nhanh bất thường"),
    "steady": N_("Nhịp trả lời đều đặn"),
    "focus": N_("Rời trang thi"),
    "same_device": N_("Chung thiết bị"),
    "relay": N_("Nối tiếp từ một địa chỉ mạng"),
    "burst": N_("Cùng lúc từ một địa chỉ mạng"),
    "alike": N_("Bài giống nhau"),
    "in_step": N_("Làm cùng nhịp"),
    "same_path": N_("Cùng đường đi qua đề"),
    "room": N_("Một nhóm làm chung"),
}
SHORTEST, LONGEST = 10, 1000
"""The length of a reason, characters."""
OF_A_PERSON = (
    Attempt.member_id,
    Member.name,
    Attempt.no,
    Attempt.wave,
    Attempt.score,
    Attempt.ended_at - Attempt.started_at,
)
"""The columns of a Person, in order."""


@dataclass(frozen=True)
class Person:
    """Somebody a signal speaks of, with the try it was seen in."""

    member: int
    name: str
    attempt: int
    wave: int
    score: int | None
    time_us: int | None


@dataclass(frozen=True)
class Queued:
    """A signal in the review queue. `sentence` is a msgid with the numbers `about`."""

    id: int
    contest_id: int
    kind: str
    weight: int
    sentence: str
    about: dict[str, Any]
    people: tuple[Person, ...]
    found_at: int
    outcome: str
    reason: str
    reviewed_at: int | None


@reading
def queue(db: Session, contest_id: int, *, done: bool = False, limit: int = 100) -> list[Queued]:
    """The signals that wait for a look, strongest first; with `done` those that were looked at, the newest first."""
    waiting = Signal.outcome == ""
    query = select(Signal).where(Signal.contest_id == contest_id, ~waiting if done else waiting)
    order = (Signal.reviewed_at.desc(),) if done else (Signal.weight.desc(), Signal.id)
    return [_queued(db, row) for row in db.scalars(query.order_by(*order).limit(limit)).all()]


@reading
def waiting(db: Session, contest_id: int) -> int:
    """The number of signals that nobody has looked at."""
    mine = (Signal.contest_id == contest_id, Signal.outcome == "")
    return db.scalar(select(func.count()).select_from(Signal).where(*mine)) or 0


@reading
def one(db: Session, signal_id: int) -> Queued:
    """One signal, or Rejected("not_found")."""
    row = db.get(Signal, signal_id)
    if row is None:
        raise Rejected("not_found")
    return _queued(db, row)


def _queued(db: Session, row: Signal) -> Queued:
    numbers = json.loads(row.attempts)[:50]
    query = select(*OF_A_PERSON).outerjoin(Member, Member.id == Attempt.member_id)
    mine = (Attempt.contest_id == row.contest_id, Attempt.no.in_(numbers))
    found = tuple(_person(*each) for each in db.execute(query.where(*mine).order_by(Attempt.no)))
    return Queued(
        row.id,
        row.contest_id,
        row.kind,
        row.weight,
        row.sentence,
        json.loads(row.about),
        found,
        row.found_at,
        row.outcome,
        row.reason,
        row.reviewed_at,
    )


@writing
def clear(db: Session, actor_id: int, signal_id: int, reason: str) -> None:
    """An organiser finds nothing wrong, and says why. Acting on a signal is `decisions.decide(signal=...)`."""
    row = db.get(Signal, signal_id)
    if row is None:
        raise Rejected("not_found")
    chapter_id = db.get_one(Contest, row.contest_id).chapter_id
    require_in(db, actor_id, ORGANISER, path_of_in(db, chapter_id))
    if not SHORTEST <= len(reason.strip()) <= LONGEST:
        raise Rejected("reason_needed", field="reason")
    row.outcome, row.reason, row.reviewed_at = "cleared", reason.strip(), now_us(db)
    audit_in(db, actor_id, "contest.signal", chapter_id=chapter_id, contest=row.contest_id, signal=row.id)


@reading
def tries_of(db: Session, contest_id: int, member_id: int) -> list[Person]:
    """The tries of one member that count, for whoever decides about them."""
    query = select(*OF_A_PERSON).join(Member, Member.id == Attempt.member_id)
    mine = (Attempt.contest_id == contest_id, Attempt.member_id == member_id, Attempt.no.is_not(None))
    return [_person(*each) for each in db.execute(query.where(*mine).order_by(Attempt.no))]


def _person(member: int, name: str | None, no: int | None, wave: int, score: int | None, time_us: int | None) -> Person:
    return Person(member, name or "", no or 0, wave, score, time_us)
