"""Publishing results: provisional, then, after the complaints, official. Every publication is signed and stays.

A publication covers the waves that were settled at its `computed_at`. A decision made after it leads to a
new one with the same state and `computed_at`: corrected by the ticker, without anybody having to remember.
"""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import func, select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from app.models.contests import Attempt, Complaint, Contest, ContestDecision, Publication
from app.models.engines import database, lock, now_us
from app.services.apart import apart
from app.services.audit import _audit
from app.services.commit import reading, writing
from app.services.contests import Frozen, frozen
from app.services.grading import RESULTS, _ungraded
from app.services.roles import ORGANISER, _path_of, _require
from app.services.signing import Seal, signer
from app.services.stored_attempts import IS_LINE, LINE, _rulings, as_line
from quizzes.contest.decisions import Rulings
from quizzes.contest.grading import Line
from quizzes.contest.results import Results, compute, table
from quizzes.contest.rules import Rules
from quizzes.contest.showing import complaints_until, results_state
from quizzes.contest.taking import settled_at
from quizzes.engine import Rejected

PROVISIONAL, OFFICIAL = "provisional", "official"
PAGE = 5000


@dataclass(frozen=True)
class Heading:
    """A publication without its table."""

    id: int
    no: int
    state: str
    computed_at: int
    at: int
    digest: str
    signature: str


@dataclass(frozen=True)
class Published:
    """A publication with its table (`quizzes.contest.results.table`)."""

    heading: Heading
    results: dict[str, Any]


@dataclass(frozen=True)
class WaveState:
    """`state` as in showing.results_state; `heading` is the newest publication that covers the wave."""

    wave: int
    state: str
    heading: Heading | None
    complaints_until: int | None


def publish(actor_id: int, contest_id: int, state: str) -> int:
    """Compute and publish what is settled now; its number.

    Rejected: nothing_settled, still_grading, not_published (official before provisional),
    complaints_open {count}, window_open {until}.
    """
    now = time.time_ns() // 1000
    return _publish(actor_id, contest_id, state, now)


def _publish(actor_id: int, contest_id: int, state: str, computed_at: int, correcting: bool = False) -> int:
    _allowed(actor_id, contest_id, state, computed_at, correcting)
    found, decided = results(contest_id, computed_at)
    text = json.dumps(apart(table, found), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return _store(actor_id, contest_id, state, computed_at, text, decided)


def results(contest_id: int, computed_at: int) -> tuple[Results, int]:
    """The results of the waves settled at `computed_at`, and the number of the last decision they follow."""
    contest = frozen(contest_id)
    rulings, decided = _ruled(contest_id)
    lines: list[Line] = []
    for wave in covered(contest.rules, computed_at):
        while part := _page(contest_id, wave, lines[-1].no if lines and lines[-1].wave == wave else 0):
            lines += part
            time.sleep(0)
    return apart(_compute, contest, lines, rulings), decided


def _compute(contest: Frozen, lines: Sequence[Line], rulings: Rulings) -> Results:
    return compute(contest.rules, lines, rulings, contest.units, contest.lots_seed)


def covered(rules: Rules, computed_at: int) -> list[int]:
    """The waves that were settled then: nothing of them could change any more."""
    return [wave for wave in range(len(rules.waves)) if settled_at(rules, wave) <= computed_at]


@reading
def _ruled(db: Session, contest_id: int) -> tuple[Rulings, int]:
    return _rulings(db, contest_id), _last_decision(db, contest_id)


def _last_decision(db: Session, contest_id: int) -> int:
    return db.scalar(select(func.max(ContestDecision.no)).where(ContestDecision.contest_id == contest_id)) or 0


@reading
def _page(db: Session, contest_id: int, wave: int, after: int) -> list[Line]:
    where = (Attempt.contest_id == contest_id, Attempt.wave == wave, Attempt.no > after, *IS_LINE)
    rows = db.execute(select(*LINE).where(*where).order_by(Attempt.no).limit(PAGE))
    return [as_line(tuple(row)) for row in rows]


@reading
def _allowed(db: Session, actor_id: int, contest_id: int, state: str, computed_at: int, correcting: bool) -> None:
    rules = frozen(contest_id).rules
    contest = db.get_one(Contest, contest_id)
    if not correcting:
        _require(db, actor_id, ORGANISER, _path_of(db, contest.chapter_id))
    waves = covered(rules, computed_at)
    if contest.cancelled_at is not None or not waves:
        raise Rejected("nothing_settled")
    if _ungraded(db, contest_id, waves):
        raise Rejected("still_grading")
    if state == OFFICIAL and not correcting:
        _after_complaints(db, contest_id, rules, waves, computed_at)


def _after_complaints(db: Session, contest_id: int, rules: Rules, waves: Sequence[int], now: int) -> None:
    states = [_state(rules, wave, now, _headings(db, contest_id)) for wave in waves]
    if any(one.state not in (PROVISIONAL, OFFICIAL) for one in states):
        raise Rejected("not_published")
    until = max(one.complaints_until or 0 for one in states)
    if now < until:
        raise Rejected("window_open", until=until)
    waiting = (Complaint.contest_id == contest_id, Complaint.state == "open")
    count = db.scalar(select(func.count()).select_from(Complaint).where(*waiting)) or 0
    if count:
        raise Rejected("complaints_open", count=count)


@writing
def _store(
    db: Session, actor_id: int, contest_id: int, state: str, computed_at: int, text: str, decided: int
) -> int:
    lock(db, RESULTS, contest_id)
    contest = db.get_one(Contest, contest_id)
    if _last_decision(db, contest_id) != decided:
        raise Rejected("still_grading")
    last = db.scalar(select(func.max(Publication.no)).where(Publication.contest_id == contest_id)) or 0
    at, digest = now_us(db), sha256(text.encode()).hexdigest()
    seal = Seal(contest.public_id, last + 1, state, computed_at, at, digest)
    db.add(Publication(
        contest_id=contest_id, no=last + 1, state=state, computed_at=computed_at, results=text, digest=digest,
        signature=signer.sign(seal), published_by=actor_id, at=at,
    ))  # fmt: skip
    _audit(db, actor_id, "contest.published", chapter_id=contest.chapter_id, contest=contest_id, state=state)
    return last + 1


def correct_due() -> int:
    """Publish anew what a later decision has changed; how many publications were made."""
    return sum(_correct(*one) for one in _outdated())


def _correct(contest_id: int, state: str, computed_at: int, decided_by: int) -> bool:
    try:
        _publish(decided_by, contest_id, state, computed_at, correcting=True)
    except Rejected as refusal:
        if refusal.code != "still_grading":
            raise
        return False
    return True


@reading
def _outdated(db: Session) -> list[tuple[int, str, int, int]]:
    newest = select(Publication.contest_id, func.max(Publication.no).label("no")).group_by(Publication.contest_id)
    last = newest.subquery()
    query = select(Publication).join(
        last, (last.c.contest_id == Publication.contest_id) & (last.c.no == Publication.no))
    found = []
    for row in db.scalars(query):
        later = select(ContestDecision.decided_by).where(
            ContestDecision.contest_id == row.contest_id, ContestDecision.at > row.at)
        by = db.scalar(later.order_by(ContestDecision.no.desc()).limit(1))
        if by is not None:
            found.append((row.contest_id, row.state, row.computed_at, by))
    return found


@reading
def headings(db: Session, contest_id: int) -> list[Heading]:
    """Every publication, in order."""
    return _headings(db, contest_id)


def _headings(db: Session, contest_id: int) -> list[Heading]:
    columns = (Publication.id, Publication.no, Publication.state, Publication.computed_at, Publication.at,
               Publication.digest, Publication.signature)  # fmt: skip
    rows = db.execute(select(*columns).where(Publication.contest_id == contest_id).order_by(Publication.no))
    return [Heading(*row) for row in rows]


@reading
def states(db: Session, contest_id: int, now: int) -> list[WaveState]:
    """What the results page of each wave says now."""
    found = _headings(db, contest_id)
    rules = frozen(contest_id).rules
    return [_state(rules, wave, now, found) for wave in range(len(rules.waves))]


def _state(rules: Rules, wave: int, now: int, found: Sequence[Heading]) -> WaveState:
    mine = [one for one in found if one.computed_at >= settled_at(rules, wave)]
    first = next((one.at for one in mine if one.state == PROVISIONAL), 0)
    official = next((one.at for one in mine if one.state == OFFICIAL), 0)
    until = complaints_until(rules, first) if first else None
    return WaveState(wave, results_state(rules, wave, now, first, official), mine[-1] if mine else None, until)


_tables: WeakKeyDictionary[Engine, dict[int, Published]] = WeakKeyDictionary()
MOST_KEPT = 8


def published(contest_id: int, no: int) -> Published:
    """A publication with its table; the last few are kept in memory, as they never change."""
    heading = next((one for one in headings(contest_id) if one.no == no), None)
    if heading is None:
        raise Rejected("not_found")
    kept = _tables.setdefault(database.engine, {})
    if heading.id not in kept:
        while len(kept) >= MOST_KEPT:
            kept.pop(next(iter(kept)))
        kept[heading.id] = Published(heading, apart(json.loads, text_of(heading.id)))
    return kept[heading.id]


@reading
def text_of(db: Session, publication_id: int) -> str:
    """The published table exactly as it was signed."""
    return db.get_one(Publication, publication_id).results
