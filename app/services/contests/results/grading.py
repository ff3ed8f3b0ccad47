"""Finished tries become graded lines: off any lock, in slices, again after each decision about a question.

    grade_due(now_us)        all contests, until nothing is left; the ticker says it every two seconds

A line is written with the number of the decision it was graded under, so a decision made meanwhile makes it
due again. `counted` marks the try of a person that stands on the live board; what ended after the board was
frozen waits for the publication.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, exists, func, or_, select, update
from sqlalchemy.orm import Session

from app.models.contests import Attempt, Contest
from app.models.engines import lock
from app.services.commit import breathe, reading, reading_aside, writing
from app.services.contests.contests import Frozen, frozen
from app.services.contests.results.stored_attempts import attempts_in, lines_in, rulings_in
from quizzes.contest.results import grading
from quizzes.contest.results.boards import boards, rank_bytes
from quizzes.contest.results.decisions import Rulings
from quizzes.contest.results.grading import Line, line, marks
from quizzes.contest.setup.rules import Rules
from quizzes.contest.taking.attempts import grace
from quizzes.contest.taking.saving import Limits, ending
from quizzes.engine import SECOND
from quizzes.hours import MINUTE

RESULTS = 9
"""The kind of lock: grading shares a contest, decisions and publications hold it alone."""
SETTLE = 5 * SECOND
"""How long grading waits after the end, microseconds: an answer received in time may still be on its way to the
database."""
SLICE = 50
"""Tries read and graded in one go: a few milliseconds, because a live show may be running in this process."""
NEVER = 1 << 30
"""The mark of a practice attempt that is over. It is not graded again."""


@dataclass(frozen=True)
class _Slice:
    decided: int
    rulings: Rulings
    attempts: Sequence[tuple[int, grading.Attempt]]
    was: Mapping[int, int]
    """Try -> the decision it was graded under before its answers were read."""


@dataclass(frozen=True)
class _Graded:
    id: int
    was: int
    no: int
    ended_at: int
    line: Line | None


def grade_due(now: int) -> int:
    """Grade what is over, in every contest that is not cancelled; how many tries were graded."""
    return sum(grade_contest(contest_id, now) for contest_id in _waiting())


def grade_contest(contest_id: int, now: int) -> int:
    """The same for one contest."""
    count, rest = 0, frozen(contest_id)
    while (part := _due(contest_id, now, grace(rest.rules))).attempts:
        lines = [
            _Graded(number, part.was[number], one.no, *_graded(rest, one, part.rulings, now))
            for number, one in part.attempts
        ]
        _write(contest_id, part.decided, lines, sorted({one.member for _, one in part.attempts}))
        count += len(lines)
        breathe()
    return count


@reading_aside
def left(db: Session, contest_id: int, now: int) -> int:
    """The number of finished tries that wait to be graded."""
    where = _is_due(contest_id, _decided(db, contest_id), now, grace(frozen(contest_id).rules))
    return db.scalar(select(func.count()).select_from(Attempt).where(where)) or 0


def ungraded_in(db: Session, contest_id: int, waves: Iterable[int]) -> bool:
    """True when a try of these waves has no line under the newest decision yet, finished or not."""
    mine = (Attempt.contest_id == contest_id, Attempt.graded < _decided(db, contest_id), Attempt.no.is_not(None))
    return db.scalar(select(Attempt.id).where(*mine, Attempt.wave.in_(list(waves))).limit(1)) is not None


def _decided(db: Session, contest_id: int) -> int:
    return db.scalar(select(Contest.decided).where(Contest.id == contest_id)) or 0


@reading
def _waiting(db: Session) -> list[int]:
    """The contests with a try that is running or waits: old ones cost one look into the index."""
    open_ = (Contest.opened_at.is_not(None), Contest.cancelled_at.is_(None))
    some = exists().where(Attempt.contest_id == Contest.id, Attempt.graded < Contest.decided)
    return list(db.scalars(select(Contest.id).where(*open_, some).order_by(Contest.id)))


@reading
def _due(db: Session, contest_id: int, now: int, grace_us: int) -> _Slice:
    decided = _decided(db, contest_id)
    query = select(Attempt.id, Attempt.graded).where(_is_due(contest_id, decided, now, grace_us)).limit(SLICE)
    was = {row.id: row.graded for row in db.execute(query)}
    attempts = attempts_in(db, select(Attempt).where(Attempt.id.in_(was)))
    return _Slice(decided, rulings_in(db, contest_id), attempts, was)


def _is_due(contest_id: int, decided: int, now: int, grace_us: int) -> ColumnElement[bool]:
    over = or_(Attempt.submitted_at.is_not(None), Attempt.closes_at < now - grace_us - SETTLE)
    return and_(Attempt.contest_id == contest_id, Attempt.graded < decided, over)


def _graded(contest: Frozen, one: grading.Attempt, rulings: Rulings, now: int) -> tuple[int, Line | None]:
    """(when it ended, its line): no line where the rules discard what was not handed in."""
    rules = contest.rules
    if not one.no:  # practice
        return one.submitted_at or one.closes_at, None
    end = ending(Limits(one.started_at, one.closes_at, grace(rules), one.submitted_at), rules.timing.overdue, now)
    if end is None or not end.counts:
        return (end.submitted_at if end else one.closes_at), None
    found = marks(one, contest.paper, rulings, rules.marking)
    return end.submitted_at, line(one, found, end.submitted_at)


@writing
def _write(db: Session, contest_id: int, decided: int, graded: list[_Graded], members: list[int]) -> None:
    lock(db, RESULTS, contest_id, shared=True)
    rules = frozen(contest_id).rules
    rows = [
        _columns(rules, one.line)
        | {"number": one.id, "was": one.was, "graded": decided if one.no else NEVER, "ended_at": one.ended_at}
        for one in graded
    ]
    db.connection().execute(_UPDATE, rows)
    mark_counted_in(db, contest_id, members)


_UPDATE = (
    update(Attempt.__table__)  # type: ignore[arg-type]
    .where(Attempt.__table__.c.id == bindparam("number"), Attempt.__table__.c.graded == bindparam("was"))
    .values({name: bindparam(name) for name in ("graded", "ended_at", "score", "most", "correct", "of", "rank_key")})
)


def _columns(rules: Rules, found: Line | None) -> dict[str, Any]:
    if found is None:
        return {"score": None, "most": None, "correct": None, "of": None, "rank_key": None}
    numbers = {"score": found.score, "most": found.most, "correct": found.correct, "of": found.of}
    return numbers | {"rank_key": rank_bytes(rules, found)}


def mark_counted_in(db: Session, contest_id: int, members: Sequence[int]) -> None:
    """Mark which try of these members counts in each wave; disqualified people have none."""
    rules, rulings = frozen(contest_id).rules, rulings_in(db, contest_id)
    theirs = lines_in(db, contest_id, Attempt.member_id.in_(members))
    lines = [one for one in theirs if one.ended_at <= horizon(rules, one)]
    counted = {place.row.line.no for board in boards(_alone(rules), lines, rulings) for place in board.places}
    mine = (Attempt.contest_id == contest_id, Attempt.member_id.in_(members), Attempt.no.is_not(None))
    rows = db.execute(select(Attempt.id, Attempt.no, Attempt.counted).where(*mine)).all()
    for stands in (True, False):
        changed = [row.id for row in rows if (row.no in counted) == stands != row.counted]
        if changed:
            db.execute(update(Attempt).where(Attempt.id.in_(changed)).values(counted=stands))


def horizon(rules: Rules, found: Line) -> int:
    """Tries that end later than this are not on the live board: it is frozen."""
    frozen_for = rules.showing.freeze_minutes * MINUTE
    return rules.waves[found.wave].ends_at - frozen_for if frozen_for else 1 << 62


def _alone(rules: Rules) -> Rules:
    """The rules of which try of one person counts: nothing of them needs the others."""
    return replace(rules, prediction=None, ranking=replace(rules.ranking, overall="none", apart=False))
