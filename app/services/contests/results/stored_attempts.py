"""Stored tries, decisions and lines as the rules see them: rows in, values of `quizzes.contest` out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.models.contests import Attempt, AttemptAnswer, ContestDecision
from app.services.commit import reading
from quizzes.contest.results import grading
from quizzes.contest.results.decisions import Decision, Rulings, fold
from quizzes.contest.results.grading import Line
from quizzes.contest.taking.paper import restored

PREDICTION = -1
"""The place under which the saved prediction of an attempt stands."""
SLICE = 200  # tries read at once

LINE = (
    Attempt.no,
    Attempt.member_id,
    Attempt.wave,
    Attempt.try_no,
    Attempt.started_at,
    Attempt.ended_at,
    Attempt.score,
    Attempt.most,
    Attempt.correct,
    Attempt.of,
    Attempt.prediction,
    Attempt.division,
    Attempt.chapter_id,
    Attempt.birth_year,
)
IS_LINE = (Attempt.no.is_not(None), Attempt.score.is_not(None), Attempt.cancelled.is_(False))
"""Tries that are over, graded, and count for something."""


def as_line(row: Sequence[Any]) -> Line:
    """A row of `LINE` columns."""
    no, member, wave, try_no, started, ended, score, most, correct, of, *about = row
    return Line(no, member, wave, try_no, started, ended, ended - started, score, most, correct, of, *about)


def lines_in(db: Session, contest_id: int, *where: Any) -> list[Line]:
    query = select(*LINE).where(Attempt.contest_id == contest_id, *IS_LINE, *where)
    return [as_line(tuple(row)) for row in db.execute(query)]


@reading
def rulings(db: Session, contest_id: int) -> Rulings:
    """Everything decided so far, folded."""
    return rulings_in(db, contest_id)


def rulings_in(db: Session, contest_id: int) -> Rulings:
    return fold(decisions_in(db, contest_id))


def decisions_in(db: Session, contest_id: int, until: int | None = None) -> list[Decision]:
    """In order; `until`: only those recorded up to that moment."""
    query = select(ContestDecision).where(ContestDecision.contest_id == contest_id).order_by(ContestDecision.no)
    if until is not None:
        query = query.where(ContestDecision.at <= until)
    return [
        Decision(one.no, one.do, one.question, tuple(json.loads(one.answers)), one.member_id, one.wave, one.attempt_no)
        for one in db.scalars(query)
    ]


def attempts_in(db: Session, query: Select[Any]) -> list[tuple[int, grading.Attempt]]:
    """(id, try with its answers) of a query for `Attempt`."""
    rows = list(db.scalars(query))
    said = answers_in(db, [row.id for row in rows])
    return [(row.id, as_attempt(row, said.get(row.id, {}))) for row in rows]


def as_attempt(row: Attempt, said: Mapping[int, Any]) -> grading.Attempt:
    """The try as rules and exports see it; `said`: place in the paper -> choice."""
    paper = restored(json.loads(row.paper))
    places = dict(enumerate(paper.asked))
    return grading.Attempt(
        row.no or 0,
        row.member_id,
        row.wave,
        row.try_no,
        row.started_at,
        row.closes_at,
        row.submitted_at,
        paper,
        {places[place].question: choice for place, choice in said.items() if place in places},
        said.get(PREDICTION, row.prediction),
        row.division,
        row.chapter_id,
        row.birth_year,
    )


def answers_in(db: Session, ids: Sequence[int]) -> dict[int, dict[int, Any]]:
    """Try -> place -> choice; choices taken back are left out."""
    query = select(AttemptAnswer.attempt_id, AttemptAnswer.place, AttemptAnswer.choice)
    found: dict[int, dict[int, Any]] = {}
    for attempt, place, text in db.execute(query.where(AttemptAnswer.attempt_id.in_(ids))):
        choice = json.loads(text)
        if choice is not None:
            found.setdefault(attempt, {})[place] = choice
    return found


def first_answers_in(db: Session, ids: Sequence[int]) -> dict[int, dict[int, int]]:
    """Try -> place -> when its question was first answered, microseconds."""
    query = select(AttemptAnswer.attempt_id, AttemptAnswer.place, AttemptAnswer.first_at)
    found: dict[int, dict[int, int]] = {}
    for attempt, place, at in db.execute(query.where(AttemptAnswer.attempt_id.in_(ids))):
        found.setdefault(attempt, {})[place] = at
    return found


@reading
def _after(db: Session, contest_id: int, waves: Sequence[int], last_no: int) -> list[grading.Attempt]:
    mine = (Attempt.contest_id == contest_id, Attempt.no > last_no, Attempt.wave.in_(waves))
    return [one for _, one in attempts_in(db, select(Attempt).where(*mine).order_by(Attempt.no).limit(SLICE))]


class Attempts(Iterable[grading.Attempt]):
    """Every try of some waves that has a number, in order; read anew in slices each time it is gone through.

    The year of birth leaves only where the ranking needs it.
    """

    def __init__(self, contest_id: int, waves: Sequence[int], *, years: bool) -> None:
        self._contest, self._waves, self._years = contest_id, waves, years

    def __iter__(self) -> Iterator[grading.Attempt]:
        last = 0
        while found := _after(self._contest, self._waves, last):
            yield from (one if self._years else replace(one, birth_year=None) for one in found)
            last = found[-1].no
