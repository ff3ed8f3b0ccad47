"""Looking for signals, while a wave is open and at its end; they go to the review queue (integrity.py).

look_due(now_us)          the waves that were settled since the last look; the ticker says it every minute
look_open(now_us)         what has been handed in so far in the waves that are open
"""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import func, select, update
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from app.models.contests import Attempt, AttemptAnswer, Contest, Signal
from app.models.engines import database, insert, now_us
from app.services.apart import apart
from app.services.commit import breathe, reading, writing
from app.services.contests.contests import Frozen, frozen
from app.services.contests.results.grading import ungraded_in
from app.services.contests.results.stored_attempts import SLICE, answers_in, as_attempt, rulings_in
from quizzes.contest.desk import integrity
from quizzes.contest.desk.integrity import Trace
from quizzes.contest.desk.likeness import Sheet, comparable
from quizzes.contest.results.decisions import Rulings
from quizzes.contest.results.grading import marks
from quizzes.contest.taking.attempts import settled_at
from quizzes.hours import MINUTE

EVERY = 5 * MINUTE
"""Between two looks at a wave that is open."""


def look_due(now: int) -> int:
    """Look at every wave settled and graded since the last look; how many new signals there are."""
    return sum(look(contest_id, wave) for contest_id, wave in _settled(now))


_looked: WeakKeyDictionary[Engine, dict[tuple[int, int], tuple[int, int]]] = WeakKeyDictionary()
"""(contest, wave) -> (when this process looked last, how many papers were done then)."""


def look_open(now: int) -> int:
    """Look at what has been handed in so far, every `EVERY` where there is more of it; how many new signals."""
    known = _looked.setdefault(database.engine, {})
    found = 0
    for contest_id, wave, done in _running(now):
        at, count = known.get((contest_id, wave), (0, 0))
        if done > count and now - at >= EVERY:
            known[contest_id, wave] = (now, done)
            found += look(contest_id, wave, settled=False)
    return found


@reading
def _running(db: Session, now: int) -> list[tuple[int, int, int]]:
    """(contest, open wave, papers that are graded)."""
    open_ = (Contest.opened_at.is_not(None), Contest.cancelled_at.is_(None), Contest.first_at <= now)
    found = []
    for contest_id in db.scalars(select(Contest.id).where(*open_, Contest.last_at > now)):
        rules = frozen(contest_id).rules
        for wave, hours in enumerate(rules.waves):
            if hours.opens_at <= now < hours.ends_at:
                mine = (Attempt.contest_id == contest_id, Attempt.wave == wave, Attempt.ended_at.is_not(None))
                found.append((contest_id, wave, db.scalar(select(func.count()).select_from(Attempt).where(*mine)) or 0))
    return found


@reading
def _settled(db: Session, now: int) -> list[tuple[int, int]]:
    open_ = (
        Contest.opened_at.is_not(None),
        Contest.cancelled_at.is_(None),
        Contest.first_at < now,
        Contest.last_at > func.coalesce(Contest.signalled_at, 0),
    )
    found = []
    for row in db.execute(select(Contest.id, Contest.signalled_at).where(*open_)):
        rules = frozen(row.id).rules
        waves = [wave for wave in range(len(rules.waves)) if (row.signalled_at or 0) < settled_at(rules, wave) <= now]
        found += [(row.id, wave) for wave in waves[:1] if not ungraded_in(db, row.id, [wave])]
    return found


def look(contest_id: int, wave: int, *, settled: bool = True) -> int:
    """Put the signals of a wave into the queue; looking again adds nothing twice. A group that has grown grows."""
    contest = frozen(contest_id)
    traces: list[Trace] = []
    last = 0
    while part := _traces(contest_id, wave, last):
        traces += part
        last = part[-1].sheet.attempt
        breathe()
    found = apart(integrity.signals, contest.rules, traces)
    return _queue(contest_id, found, settled_at(contest.rules, wave) if settled else None)


@reading
def _traces(db: Session, contest_id: int, wave: int, after: int) -> list[Trace]:
    contest, rulings = frozen(contest_id), rulings_in(db, contest_id)
    mine = (Attempt.contest_id == contest_id, Attempt.wave == wave, Attempt.no > after, Attempt.ended_at.is_not(None))
    rows = list(db.scalars(select(Attempt).where(*mine).order_by(Attempt.no).limit(SLICE)))
    ids = [row.id for row in rows]
    said, times = answers_in(db, ids), _times(db, ids)
    return [_trace(contest, rulings, row, said.get(row.id, {}), times.get(row.id, {})) for row in rows]


def _times(db: Session, ids: list[int]) -> dict[int, dict[int, int]]:
    """Try -> place -> when it was first answered, in the order of time."""
    columns = (AttemptAnswer.attempt_id, AttemptAnswer.place, AttemptAnswer.first_at)
    query = select(*columns).where(AttemptAnswer.attempt_id.in_(ids))
    found: dict[int, dict[int, int]] = {}
    for attempt, place, at in db.execute(query.where(AttemptAnswer.place >= 0).order_by(AttemptAnswer.first_at)):
        found.setdefault(attempt, {})[place] = at
    return found


def _trace(contest: Frozen, rulings: Rulings, row: Attempt, said: dict[int, Any], times: dict[int, int]) -> Trace:
    one = as_attempt(row, said)
    answered = {one.paper.asked[place].question: at for place, at in times.items()}
    shown = {asked.question: asked.shown for asked in one.paper.asked}
    answers = {name: comparable(contest.paper[name], shown[name], choice) for name, choice in one.answers.items()}
    rights = marks(one, contest.paper, rulings, contest.rules.marking).rights
    device, source = _hex(row.device_hash), _hex(row.source_hash)
    groups = {"chapter": row.chapter_id, "device": device, "source": source}
    shared = tuple(f"{name}:{value}" for name, value in groups.items() if value)
    sheet = Sheet(one.no, one.member, one.started_at, answers, rights, shared)
    ended = row.ended_at or row.closes_at
    return Trace(sheet, one.wave, ended, tuple(times.values()), device, source, row.focus_lost, answered)


def _hex(digest: bytes | None) -> str:
    return digest.hex() if digest else ""


@writing
def _queue(db: Session, contest_id: int, found: list[integrity.Signal], until: int | None) -> int:
    at = now_us(db)
    rows = [
        {
            "contest_id": contest_id,
            "digest": _digest(one),
            "kind": one.kind,
            "weight": one.weight,
            "attempts": json.dumps(one.attempts),
            "members": json.dumps(one.members),
            "sentence": one.sentence,
            "about": json.dumps(dict(one.about)),
            "found_at": at,
            "outcome": "",
            "reason": "",
        }
        for one in found
    ]
    count = 0
    for row in rows:
        new = insert(db, Signal).values(**row).on_conflict_do_nothing(index_elements=["contest_id", "digest"])
        if db.scalar(new.returning(Signal.id)) is not None:
            count += 1
            continue
        grown = {name: row[name] for name in ("attempts", "members", "about", "weight")}
        same = (Signal.contest_id == contest_id, Signal.digest == row["digest"], Signal.outcome == "")
        db.execute(update(Signal).where(*same).values(**grown))
    if until is not None:
        db.execute(update(Contest).where(Contest.id == contest_id).values(signalled_at=until))
    return count


def _digest(one: integrity.Signal) -> str:
    shared = [one.key] if one.key else sorted(one.attempts)
    return sha256(json.dumps([one.kind, shared]).encode()).hexdigest()
