"""Publishing results: computed off the loop, signed, stored. Every publication stays as it was.

A decision made after one leads to a new one with the same state and `computed_at`: corrected by the ticker,
without anybody having to remember.
"""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models.contests import Attempt, Complaint, Contest, ContestDecision
from app.models.engines import lock, now_us
from app.models.publications import Publication
from app.services.apart import apart
from app.services.audit import audit_in
from app.services.commit import breathe, reading, writing
from app.services.contests.contests import Frozen, frozen
from app.services.contests.publishing.publications import OFFICIAL, PROVISIONAL, covered, headings_in, wave_state
from app.services.contests.publishing.rows import sign_rows_in, store_rows_in
from app.services.contests.publishing.signing import Seal, signer
from app.services.contests.results.grading import RESULTS, ungraded_in
from app.services.contests.results.stored_attempts import IS_LINE, LINE, as_line, rulings_in
from app.services.people.roles import ORGANISER, path_of_in, require_in
from quizzes.contest.results.decisions import Rulings
from quizzes.contest.results.grading import Line
from quizzes.contest.results.outcome import Results, compute, table
from quizzes.contest.setup.rules import Rules
from quizzes.refusals import Rejected

PAGE = 5000  # rows read at once


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
            breathe()
    return apart(_compute, contest, lines, rulings), decided


def _compute(contest: Frozen, lines: Sequence[Line], rulings: Rulings) -> Results:
    return compute(contest.rules, lines, rulings, contest.units, contest.lots_seed)


@reading
def _ruled(db: Session, contest_id: int) -> tuple[Rulings, int]:
    return rulings_in(db, contest_id), _last_decision(db, contest_id)


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
        require_in(db, actor_id, ORGANISER, path_of_in(db, contest.chapter_id))
    waves = covered(rules, computed_at)
    if contest.cancelled_at is not None or not waves:
        raise Rejected("nothing_settled")
    if ungraded_in(db, contest_id, waves):
        raise Rejected("still_grading")
    if state == OFFICIAL and not correcting:
        _after_complaints(db, contest_id, rules, waves, computed_at)


def _after_complaints(db: Session, contest_id: int, rules: Rules, waves: Sequence[int], now: int) -> None:
    states = [wave_state(rules, wave, now, headings_in(db, contest_id)) for wave in waves]
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
def _store(db: Session, actor_id: int, contest_id: int, state: str, computed_at: int, text: str, decided: int) -> int:
    """Freezes and signs a table of results as the next publication. Raises `Rejected("still_grading")` when a decision
    came after the table was computed."""
    lock(db, RESULTS, contest_id)
    contest = db.get_one(Contest, contest_id)
    if _last_decision(db, contest_id) != decided:
        raise Rejected("still_grading")
    before = db.scalars(
        select(Publication).where(Publication.contest_id == contest_id).order_by(Publication.no.desc()).limit(1)
    ).first()
    last = before.no if before else 0
    repaired = _repaired(before.results, text) if before else []
    at, digest = now_us(db), sha256(text.encode()).hexdigest()
    settled = frozen(contest_id)
    rows, rows_digest = sign_rows_in(db, contest_id, json.loads(text), settled.rules.showing.top, settled.unit_told)
    seal = Seal(contest.public_id, last + 1, state, computed_at, at, digest, rows_digest)
    made = Publication(
        contest_id=contest_id,
        no=last + 1,
        state=state,
        computed_at=computed_at,
        results=text,
        digest=digest,
        signature=signer.sign(seal.text()),
        at=at,
        repaired=json.dumps(repaired),
        rows_digest=rows_digest,
    )
    db.add(made)
    db.flush()
    store_rows_in(db, made.id, rows)
    audit_in(db, actor_id, "contest.published", chapter_id=contest.chapter_id, contest=contest_id, state=state)
    return last + 1


def _repaired(before: str, now: str) -> list[int]:
    """The waves of the last publication whose results are others now."""
    was, is_now = _by_wave(before), _by_wave(now)
    return sorted(wave for wave in was if wave >= 0 and was[wave] != is_now.get(wave))


def _by_wave(text: str) -> dict[int, list[Any]]:
    """Wave -> its boards with the prizes given on them."""
    results: dict[str, Any] = json.loads(text)
    found: dict[int, list[Any]] = {}
    for one in results["boards"]:
        if one["rows"]:
            found.setdefault(one["wave"], []).append((one["division"], one["rows"]))
    for win in results["wins"]:
        found.setdefault(win["wave"], []).append(win)
    return found


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
        last, (last.c.contest_id == Publication.contest_id) & (last.c.no == Publication.no)
    )
    found = []
    for row in db.scalars(query):
        later = select(ContestDecision.decided_by).where(
            ContestDecision.contest_id == row.contest_id, ContestDecision.at > row.at
        )
        by = db.scalar(later.order_by(ContestDecision.no.desc()).limit(1))
        if by is not None:
            found.append((row.contest_id, row.state, row.computed_at, by))
    return found
