"""Signals of a settled wave for the review queue. A person decides, with a reason; nothing happens by itself.

look_due(now_us)          the waves that were settled since the last look; the ticker says it every minute
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.models.contests import Attempt, AttemptAnswer, Contest, Signal
from app.models.engines import insert, now_us
from app.models.people import Member
from app.services.apart import apart
from app.services.audit import _audit
from app.services.commit import breathe, reading, writing
from app.services.contests.contests import Frozen, frozen
from app.services.contests.results.grading import _ungraded
from app.services.contests.results.stored_attempts import SLICE, _answers, _rulings, as_attempt
from app.services.people.roles import ORGANISER, _path_of, _require
from quizzes.contest.desk import integrity
from quizzes.contest.desk.integrity import Trace
from quizzes.contest.desk.likeness import Sheet, comparable
from quizzes.contest.results.decisions import Rulings
from quizzes.contest.results.grading import marks
from quizzes.contest.taking.attempts import settled_at
from quizzes.refusals import N_, Rejected

KINDS = {
    "too_fast": N_("Nhanh bất thường"),
    "steady": N_("Nhịp trả lời đều đặn"),
    "focus": N_("Rời trang thi"),
    "same_device": N_("Chung thiết bị"),
    "relay": N_("Nối tiếp từ một địa chỉ mạng"),
    "burst": N_("Cùng lúc từ một địa chỉ mạng"),
    "alike": N_("Bài giống nhau"),
}
SHORTEST, LONGEST = 10, 1000


def look_due(now: int) -> int:
    """Look at every wave settled and graded since the last look; how many new signals there are."""
    return sum(look(contest_id, wave) for contest_id, wave in _settled(now))


@reading
def _settled(db: Session, now: int) -> list[tuple[int, int]]:
    open_ = (Contest.opened_at.is_not(None), Contest.cancelled_at.is_(None), Contest.first_at < now,
             Contest.last_at > func.coalesce(Contest.signalled_at, 0))  # fmt: skip
    found = []
    for row in db.execute(select(Contest.id, Contest.signalled_at).where(*open_)):
        rules = frozen(row.id).rules
        waves = [wave for wave in range(len(rules.waves)) if (row.signalled_at or 0) < settled_at(rules, wave) <= now]
        found += [(row.id, wave) for wave in waves[:1] if not _ungraded(db, row.id, [wave])]
    return found


def look(contest_id: int, wave: int) -> int:
    """Put the signals of a wave into the queue; looking again adds nothing twice."""
    contest = frozen(contest_id)
    traces: list[Trace] = []
    last = 0
    while part := _traces(contest_id, wave, last):
        traces += part
        last = part[-1].sheet.attempt
        breathe()
    found = apart(integrity.signals, contest.rules, traces)
    return _queue(contest_id, found, settled_at(contest.rules, wave))


@reading
def _traces(db: Session, contest_id: int, wave: int, after: int) -> list[Trace]:
    contest, rulings = frozen(contest_id), _rulings(db, contest_id)
    mine = (Attempt.contest_id == contest_id, Attempt.wave == wave, Attempt.no > after, Attempt.ended_at.is_not(None))
    rows = list(db.scalars(select(Attempt).where(*mine).order_by(Attempt.no).limit(SLICE)))
    ids = [row.id for row in rows]
    said, times = _answers(db, ids), _times(db, ids)
    return [_trace(contest, rulings, row, said.get(row.id, {}), times.get(row.id, ())) for row in rows]


def _times(db: Session, ids: list[int]) -> dict[int, tuple[int, ...]]:
    query = select(AttemptAnswer.attempt_id, AttemptAnswer.first_at).where(AttemptAnswer.attempt_id.in_(ids))
    found: dict[int, list[int]] = {}
    for attempt, at in db.execute(query.where(AttemptAnswer.place >= 0).order_by(AttemptAnswer.first_at)):
        found.setdefault(attempt, []).append(at)
    return {attempt: tuple(times) for attempt, times in found.items()}


def _trace(contest: Frozen, rulings: Rulings, row: Attempt, said: dict[int, Any], times: tuple[int, ...]) -> Trace:
    one = as_attempt(row, said)
    shown = {asked.question: asked.shown for asked in one.paper.asked}
    answers = {name: comparable(contest.paper[name], shown[name], choice) for name, choice in one.answers.items()}
    rights = marks(one, contest.paper, rulings, contest.rules.marking).rights
    device, source = _hex(row.device_hash), _hex(row.source_hash)
    groups = {"chapter": row.chapter_id, "device": device, "source": source}
    shared = tuple(f"{name}:{value}" for name, value in groups.items() if value)
    sheet = Sheet(one.no, one.member, one.started_at, answers, rights, shared)
    return Trace(sheet, one.wave, row.ended_at or row.closes_at, times, device, source, row.focus_lost)


def _hex(digest: bytes | None) -> str:
    return digest.hex() if digest else ""


@writing
def _queue(db: Session, contest_id: int, found: list[integrity.Signal], until: int) -> int:
    at = now_us(db)
    rows = [
        {
            "contest_id": contest_id, "digest": _digest(one), "kind": one.kind, "weight": one.weight,
            "attempts": json.dumps(one.attempts), "members": json.dumps(one.members), "sentence": one.sentence,
            "about": json.dumps(dict(one.about)), "found_at": at, "outcome": "", "reason": "",
        }
        for one in found
    ]  # fmt: skip
    count = 0
    for row in rows:
        new = insert(db, Signal).values(**row).on_conflict_do_nothing(index_elements=["contest_id", "digest"])
        count += db.scalar(new.returning(Signal.id)) is not None
    db.execute(update(Contest).where(Contest.id == contest_id).values(signalled_at=until))
    return count


def _digest(one: integrity.Signal) -> str:
    return sha256(json.dumps([one.kind, sorted(one.attempts)]).encode()).hexdigest()


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
    """What waits for a look, strongest first; `done`: what was looked at, the newest first."""
    waiting = Signal.outcome == ""
    query = select(Signal).where(Signal.contest_id == contest_id, ~waiting if done else waiting)
    order = (Signal.reviewed_at.desc(),) if done else (Signal.weight.desc(), Signal.id)
    return [_queued(db, row) for row in db.scalars(query.order_by(*order).limit(limit)).all()]


@reading
def waiting(db: Session, contest_id: int) -> int:
    """How many signals nobody has looked at."""
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
    columns = (Attempt.member_id, Member.name, Attempt.no, Attempt.wave, Attempt.score,
               Attempt.ended_at - Attempt.started_at)  # fmt: skip
    query = select(*columns).outerjoin(Member, Member.id == Attempt.member_id)
    mine = (Attempt.contest_id == row.contest_id, Attempt.no.in_(numbers))
    found = tuple(
        Person(member, name or "", no or 0, wave, score, time_us)
        for member, name, no, wave, score, time_us in db.execute(query.where(*mine).order_by(Attempt.no))
    )
    return Queued(
        row.id, row.contest_id, row.kind, row.weight, row.sentence, json.loads(row.about), found, row.found_at,
        row.outcome, row.reason, row.reviewed_at,
    )  # fmt: skip


@writing
def clear(db: Session, actor_id: int, signal_id: int, reason: str) -> None:
    """An organiser finds nothing wrong, and says why. Acting on a signal is `decisions.decide(signal=...)`."""
    row = db.get(Signal, signal_id)
    if row is None:
        raise Rejected("not_found")
    chapter_id = db.get_one(Contest, row.contest_id).chapter_id
    _require(db, actor_id, ORGANISER, _path_of(db, chapter_id))
    if not SHORTEST <= len(reason.strip()) <= LONGEST:
        raise Rejected("reason_needed", field="reason")
    row.outcome, row.reason, row.reviewed_by, row.reviewed_at = "cleared", reason.strip(), actor_id, now_us(db)
    _audit(db, actor_id, "contest.signal", chapter_id=chapter_id, contest=row.contest_id, signal=row.id)


@reading
def tries_of(db: Session, contest_id: int, member_id: int) -> list[Person]:
    """The tries of one member that count, for whoever decides about them."""
    columns = (Attempt.member_id, Member.name, Attempt.no, Attempt.wave, Attempt.score,
               Attempt.ended_at - Attempt.started_at)  # fmt: skip
    query = select(*columns).join(Member, Member.id == Attempt.member_id)
    mine = (Attempt.contest_id == contest_id, Attempt.member_id == member_id, Attempt.no.is_not(None))
    rows = db.execute(query.where(*mine).order_by(Attempt.no))
    return [Person(member, name, no or 0, wave, score, time_us) for member, name, no, wave, score, time_us in rows]
