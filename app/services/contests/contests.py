"""Contests as they are read: lines for lists and pages, and what opening has frozen.

`frozen(contest_id)` is what papers, marks and results stand on. It changes only when an organiser moves a wave, which
every process learns within two seconds, and where somebody begins at once.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Select, exists, or_, select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from app.models.bank import Question, QuestionReview
from app.models.contests import Contest, ContestQuestion, ContestUnit
from app.models.engines import database
from app.models.people import Chapter, under
from app.models.publications import WaveMove
from app.services.commit import reading
from quizzes.contest.results.chapters import Unit
from quizzes.contest.setup.rules import Rules, read_rules
from quizzes.contest.taking.paper import Snapshot
from quizzes.namesakes import told_apart
from quizzes.refusals import Rejected


@dataclass(frozen=True)
class ContestLine:
    """A contest as its pages need it. `commitments`: SHA-256 of the seeds of papers and of lots."""

    id: int
    public_id: str
    chapter_id: int
    chapter: str
    path: str
    title: Mapping[str, str]
    rules: Rules
    revision: int
    commitments: tuple[str, str]
    created_by: int | None
    created_at: int
    opened_at: int | None
    first_at: int | None
    last_at: int | None
    cancelled_at: int | None

    @property
    def running(self) -> bool:
        """Opened and not cancelled; whether somebody may start now is said by the waves."""
        return self.opened_at is not None and self.cancelled_at is None


@dataclass(frozen=True)
class Frozen:
    """The frozen basis of a contest since it opened. Questions are named "<bank>/<key>"."""

    contest_id: int
    public_id: str
    chapter_id: int
    rules: Rules
    paper: Snapshot
    practice: Snapshot
    units: tuple[Unit, ...]
    unit_names: Mapping[int, str]
    unit_told: Mapping[int, str]
    """The same for lists: names that stand twice bear the name of the unit above."""
    seed: str
    lots_seed: str
    opened_at: int
    revision: int
    """The number of the version of the rules: a wave that was moved makes the next one."""
    moved: bool
    """True when a wave was moved since the opening."""

    @property
    def asked(self) -> frozenset[str]:
        """Every question a paper that counts may hold."""
        return frozenset(self.paper)


SLICE = 500  # contests of one statement
_frozen: WeakKeyDictionary[Engine, dict[int, Frozen]] = WeakKeyDictionary()


def frozen(contest_id: int, revision: int = 0) -> Frozen:
    """The frozen contest, of `revision` or a later one; Rejected("no_such_contest") where it was never opened."""
    known = _frozen.setdefault(database.engine, {})
    if contest_id not in known or known[contest_id].revision < revision:
        known[contest_id] = _read_frozen(contest_id)
    return known[contest_id]


def refresh() -> None:
    """Forget what an organiser has changed since it was read here."""
    known = _frozen.setdefault(database.engine, {})
    for contest_id, revision in _revisions(sorted(known)) if known else []:
        if contest_id in known and known[contest_id].revision < revision:
            del known[contest_id]


@reading
def _revisions(db: Session, contest_ids: Sequence[int]) -> list[tuple[int, int]]:
    query = select(Contest.id, Contest.revision)
    parts = [contest_ids[start : start + SLICE] for start in range(0, len(contest_ids), SLICE)]
    return [(row.id, row.revision) for part in parts for row in db.execute(query.where(Contest.id.in_(part)))]


@reading
def _read_frozen(db: Session, contest_id: int) -> Frozen:
    contest = db.get(Contest, contest_id)
    if contest is None or contest.opened_at is None:
        raise Rejected("no_such_contest")
    pools: dict[str, dict[str, Any]] = {"paper": {}, "practice": {}}
    query = select(ContestQuestion.pool, ContestQuestion.key, ContestQuestion.body)
    for pool, key, body in db.execute(
        query.where(ContestQuestion.contest_id == contest_id).order_by(ContestQuestion.key)
    ):
        pools[pool][key] = json.loads(body)
    rows = list(db.scalars(select(ContestUnit).where(ContestUnit.contest_id == contest_id)))
    rows.sort(key=lambda one: one.chapter_id)
    names = {one.chapter_id: one.name for one in rows}
    above = {one.chapter_id: names.get(one.parent_id or 0, "") for one in rows}
    return Frozen(
        contest.id,
        contest.public_id,
        contest.chapter_id,
        rules_of(contest.rules),
        pools["paper"],
        pools["practice"],
        tuple(Unit(one.chapter_id, one.parent_id, one.kind, one.members) for one in rows),
        names,
        told_apart(names, above),
        contest.seed,
        contest.lots_seed,
        contest.opened_at,
        contest.revision,
        db.scalar(select(exists().where(WaveMove.contest_id == contest_id))) or False,
    )


def rules_of(stored: str) -> Rules:
    """The settings in a stored contest; they were checked when they were written."""
    return read_rules(json.loads(stored))[0]


@reading
def contest(db: Session, contest_id: int) -> ContestLine:
    """One contest, or Rejected("no_such_contest")."""
    return _one(db, contest_lines().where(Contest.id == contest_id))


@reading
def by_public_id(db: Session, public_id: str) -> ContestLine:
    """The contest of an address, or Rejected("no_such_contest")."""
    return _one(db, contest_lines().where(Contest.public_id == public_id))


@reading
def organised(db: Session, paths: Sequence[str], limit: int = 100) -> list[ContestLine]:
    """The newest contests of chapters in these subtrees, drafts too: for organisers."""
    inside = or_(*(under(Chapter.path, path) for path in paths))
    query = contest_lines().where(inside).order_by(Contest.id.desc()).limit(limit)
    return [contest_line(*row) for row in db.execute(query)]


@reading
def announced(db: Session, now: int, ended_since: int, limit: int = 100) -> list[ContestLine]:
    """Opened contests that end after `ended_since`, those still running first, soonest end first."""
    shown = (Contest.opened_at.is_not(None), Contest.cancelled_at.is_(None), Contest.last_at > ended_since)
    query = contest_lines().where(*shown).order_by(Contest.last_at <= now, Contest.last_at, Contest.id).limit(limit)
    return [contest_line(*row) for row in db.execute(query)]


@reading
def tries(db: Session, contest_id: int) -> int:
    """The number of counting tries begun so far."""
    return (db.scalar(select(Contest.next_no).where(Contest.id == contest_id)) or 1) - 1


def wrote_in(db: Session, contest_id: int, member_id: int) -> frozenset[str]:
    """The questions of the frozen paper that this member wrote or reviewed, as they are named there."""
    mine = or_(
        Question.author_id == member_id,
        Question.id.in_(select(QuestionReview.question_id).where(QuestionReview.member_id == member_id)),
    )
    query = select(ContestQuestion.key).join(Question, Question.id == ContestQuestion.question_id)
    asked = (ContestQuestion.contest_id == contest_id, ContestQuestion.pool == "paper")
    return frozenset(db.scalars(query.where(*asked, mine)))


def commitment(seed: str) -> str:
    """The commitment to a seed, published before the seed: nobody can choose another one later."""
    return hashlib.sha256(seed.encode()).hexdigest()


def contest_lines() -> Select[Contest, str, str]:
    return select(Contest, Chapter.name, Chapter.path).join(Chapter, Chapter.id == Contest.chapter_id)


def _one(db: Session, query: Select[Contest, str, str]) -> ContestLine:
    found = db.execute(query).first()
    if found is None:
        raise Rejected("no_such_contest")
    return contest_line(*found)


def contest_line(one: Contest, chapter: str, path: str) -> ContestLine:
    return ContestLine(
        one.id,
        one.public_id,
        one.chapter_id,
        chapter,
        path,
        json.loads(one.title),
        rules_of(one.rules),
        one.revision,
        (commitment(one.seed), commitment(one.lots_seed)),
        one.created_by,
        one.created_at,
        one.opened_at,
        one.first_at,
        one.last_at,
        one.cancelled_at,
    )
