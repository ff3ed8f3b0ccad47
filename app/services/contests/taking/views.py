"""The member's view of a contest: their tries, a paper with its saved answers, a result when it may be shown.

A paper leaves the server as faces only: built from what is public of a question, never from its key.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.contests import Attempt, AttemptAnswer
from app.services.commit import reading
from app.services.contests.contests import Frozen, frozen
from app.services.contests.publishing.publications import shown, states
from app.services.contests.results.stored_attempts import PREDICTION, rulings_in
from app.services.contests.taking import decks
from app.services.contests.taking.tries import Try, as_try
from quizzes.contest.results import grading
from quizzes.contest.results.decisions import Rulings
from quizzes.contest.results.grading import Marks
from quizzes.contest.results.showing import PRACTICE, Visible
from quizzes.contest.taking import attempts
from quizzes.contest.taking.attempts import Position
from quizzes.contest.taking.paper import Asked, Paper
from quizzes.contest.taking.saving import Ending, Limits, ending
from quizzes.questions import of
from quizzes.questions.contract import Question, Shown
from quizzes.refusals import Rejected


@dataclass(frozen=True)
class MyTry:
    """One line of a member's tries. `ended_at` None: it can still be written."""

    public_id: str
    wave: int
    try_no: int
    started_at: int
    closes_at: int
    ended_at: int | None
    overdue: bool
    counts: bool
    cancelled: bool

    @property
    def practice(self) -> bool:
        return self.wave < 0


@dataclass(frozen=True)
class Saved:
    """An answer as it stands. `choice` is canonical; None was taken back."""

    choice: Any
    revision: int
    device: str
    at: int


@dataclass(frozen=True)
class Sheet:
    """A try with its paper and everything saved. Questions keep their keys: `faces` is what may leave."""

    public_id: str
    contest: Frozen
    wave: int
    try_no: int
    started_at: int
    closes_at: int
    submitted_at: int | None
    extra_percent: int
    cancelled: bool
    end: Ending | None
    asked: tuple[tuple[Question, Shown], ...]
    answers: dict[int, Saved]
    """Place -> what is saved; PREDICTION is the predicted number."""
    flags: tuple[int, ...]
    windows: tuple[Position, ...]
    """The seconds of each question, where questions have times of their own."""

    @property
    def practice(self) -> bool:
        return self.wave < 0

    def face(self, place: int, lang: str) -> dict[str, Any]:
        """The part of a question that may be known while it is answered."""
        question, shown = self.asked[place]
        return of(question).face(question, shown, lang)

    def open_place(self, at: int) -> Position | None:
        """The question that is open, where questions have times of their own."""
        return attempts.position(self.windows, at) if self.windows else None


@dataclass(frozen=True)
class Result:
    """A finished try as far as its member may see it now."""

    visible: Visible
    marks: Marks | None
    """None while the score is not shown, or where the rules do not count the try."""
    rulings: Rulings


@reading
def my_tries(db: Session, contest_id: int, member_id: int, at: int) -> list[MyTry]:
    """All tries of a member in a contest, the newest first."""
    contest = frozen(contest_id)
    query = (
        select(
            Attempt.public_id,
            Attempt.wave,
            Attempt.try_no,
            Attempt.started_at,
            Attempt.closes_at,
            Attempt.submitted_at,
            Attempt.cancelled,
        )
        .where(Attempt.member_id == member_id, Attempt.contest_id == contest_id)
        .order_by(Attempt.id.desc())
    )
    found = []
    for row in db.execute(query):
        end = _end(contest, row, at)
        found.append(
            MyTry(
                row.public_id,
                row.wave,
                row.try_no,
                row.started_at,
                row.closes_at,
                end.submitted_at if end else None,
                bool(end and end.overdue),
                bool(end and end.counts),
                row.cancelled,
            )
        )
    return found


def running(contest_id: int, member_id: int, at: int, *, practice: bool = False) -> str | None:
    """The public id of the try that can still be written."""
    tries = my_tries(contest_id, member_id, at)
    return next(
        (one.public_id for one in tries if one.practice == practice and one.ended_at is None and not one.cancelled),
        None,
    )


def _end(contest: Frozen, row: Any, at: int) -> Ending | None:
    limits = Limits(row.started_at, row.closes_at, attempts.grace(contest.rules), row.submitted_at)
    return ending(limits, contest.rules.timing.overdue, at)


@reading
def sheet(db: Session, public_id: str, member_id: int, at: int) -> Sheet:
    """The member's own try as it stands; Rejected("not_found") for anybody else's."""
    row = db.execute(
        select(Attempt.__table__).where(Attempt.public_id == public_id, Attempt.member_id == member_id)
    ).one_or_none()
    if row is None:
        raise Rejected("not_found")
    one = as_try(row)
    pool = decks.pool(one.contest, practice=one.practice)
    return Sheet(
        public_id,
        one.contest,
        row.wave,
        row.try_no,
        row.started_at,
        row.closes_at,
        row.submitted_at,
        row.extra_percent,
        row.cancelled,
        _end(one.contest, row, at),
        tuple((pool[name], shown) for name, shown in one.paper),
        _saved(db, row.id),
        tuple(sorted(one.flags)),
        tuple(_windows(one)),
    )


def _windows(one: Try) -> Sequence[Position]:
    return one.windows() if one.contest.rules.timing.kind == "each" else ()


def _saved(db: Session, attempt_id: int) -> dict[int, Saved]:
    query = select(AttemptAnswer).where(AttemptAnswer.attempt_id == attempt_id)
    return {row.place: Saved(json.loads(row.choice), row.revision, row.device, row.at) for row in db.scalars(query)}


@reading
def result(db: Session, one: Sheet, at: int) -> Result:
    """The part of a finished try that its member may see: all of a practice at once, else as the rules say."""
    contest = one.contest
    visible, rulings = PRACTICE, Rulings()
    if not one.practice:
        visible = shown(contest.rules, one.wave, states(contest.contest_id, at)[one.wave].state, at)
        rulings = rulings_in(db, contest.contest_id)
    if not visible.score or one.end is None or not one.end.counts:
        return Result(visible, None, rulings)
    snapshot = decks.pool(contest, practice=one.practice)
    return Result(visible, grading.marks(_attempt(one), snapshot, rulings, contest.rules.marking), rulings)


def _attempt(one: Sheet) -> grading.Attempt:
    names = [str(question["id"]) for question, _ in one.asked]
    answers = {
        names[place]: saved.choice
        for place, saved in one.answers.items()
        if place != PREDICTION and saved.choice is not None
    }
    paper = Paper(tuple(Asked(name, shown) for name, (_, shown) in zip(names, one.asked, strict=True)))
    return grading.Attempt(0, 0, one.wave, one.try_no, one.started_at, one.closes_at, one.submitted_at, paper, answers)
