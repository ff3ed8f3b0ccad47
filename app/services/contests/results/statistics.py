"""Figures of a contest for its organisers: exact for people, hours and scores; questions from a sample.

A big contest is read in pages, so that the loop goes on; the figures are kept for a minute.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import exists, func, select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from app.models.contests import Attempt, AttemptAnswer
from app.models.engines import database
from app.services.apart import apart, beside
from app.services.banks import question_results
from app.services.commit import breathe, reading, reading_aside
from app.services.contests.contests import Frozen, frozen
from app.services.contests.results import latent
from app.services.contests.results.stored_attempts import attempts_in, first_answers_in, rulings_in
from quizzes.contest.desk import statistics
from quizzes.contest.desk.likeness import comparable
from quizzes.contest.desk.statistics import Funnel, Item, Summary, Taken
from quizzes.contest.results.decisions import Rulings
from quizzes.contest.results.grading import Marks, marks
from quizzes.hours import MINUTE
from quizzes.questions.contract import FULL

PAGE, SLICE = 250, 10
"""The attempts whose results are read at once, and those read whole at once."""
SAMPLE = 2000
"""Papers from which questions are judged: facility is right to about one per cent."""
KEPT_S = 60
"""How old figures may be before they are made anew, seconds."""
BARS = 10
"""The bars of a histogram."""


@dataclass(frozen=True)
class Figures:
    """Times in microseconds, scores in half-points. `sampled` papers of `counted` for the questions."""

    funnel: Funnel
    tries: int
    hours: Sequence[tuple[int, int]]
    """(start of the hour, tries begun)"""
    scores: Sequence[tuple[int, int, int]]
    """(from, before, how many)"""
    times: Sequence[tuple[int, int, int]]
    """In whole minutes."""
    score: Summary
    time: Summary
    most: int
    items: Sequence[Item]
    sampled: int
    made_at: int


@dataclass(frozen=True)
class _Row:
    member: int
    started_at: int
    time_us: int | None
    score: int | None
    most: int
    counted: bool
    finished: bool
    answered: bool


_Paper = tuple[Marks, Mapping[str, str], Taken]
"""Its marks, its comparable answers, and what it tells beside."""
_making: set[tuple[int, int | None]] = set()
_kept: WeakKeyDictionary[Engine, dict[tuple[int, int | None], tuple[float, Figures]]] = WeakKeyDictionary()


def figures(contest_id: int, wave: int | None = None) -> Figures:
    """The figures of a wave, or of the whole contest, at most a minute old."""
    kept = _kept.setdefault(database.engine, {})
    at, found = kept.get((contest_id, wave), (0.0, None))
    if found is None or time.monotonic() - at > KEPT_S:
        found = _figures(contest_id, wave)
        kept[contest_id, wave] = (time.monotonic(), found)
    return found


def ready(contest_id: int, wave: int | None = None) -> Figures | None:
    """The same without waiting: the newest there are, or None while the first are being made. Figures older than a
    minute are made anew meanwhile."""
    kept, what = _kept.setdefault(database.engine, {}), (contest_id, wave)
    if (what not in kept or time.monotonic() - kept[what][0] > KEPT_S) and what not in _making:
        _making.add(what)
        beside(_make, contest_id, wave)
    return kept[what][1] if what in kept else None


def _make(contest_id: int, wave: int | None) -> None:
    try:
        figures(contest_id, wave)
    finally:
        _making.discard((contest_id, wave))
    if wave is None:
        question_results.note(contest_id, figures(contest_id).items)


def forget() -> None:
    """Read anew next time."""
    _kept.clear()


def _figures(contest_id: int, wave: int | None) -> Figures:
    contest = frozen(contest_id)
    rows = _rows(contest_id, wave)
    papers = _sample(contest_id, wave, sum(row.counted for row in rows))
    found, asked = apart(_summed, contest, rows, papers)
    _let_go(rows)
    _let_go(papers)
    return replace(found, items=statistics.with_curves(found.items, latent.fitted(asked)))


def _let_go(rows: list[Any]) -> None:
    """Empty a long list in pieces: freed at once, a hundred thousand rows hold everybody up."""
    while rows:
        del rows[-PAGE:]
        breathe()


def _summed(contest: Frozen, rows: Sequence[_Row], papers: Sequence[_Paper]) -> tuple[Figures, latent.Asked]:
    counted = [row for row in rows if row.counted and row.score is not None]
    scores, times = [row.score or 0 for row in counted], [row.time_us or 0 for row in counted]
    most = max((row.most for row in counted), default=0)
    rights = [{name: share == FULL for name, share in told.rights.items()} for told, _, _ in papers]
    found = Figures(
        funnel=_funnel(contest, rows),
        tries=len(rows),
        hours=statistics.by_hour(row.started_at for row in rows),
        scores=statistics.histogram(scores, 0, most, BARS) if scores else [],
        times=statistics.histogram([one // MINUTE for one in times], 0, max(times) // MINUTE, BARS) if times else [],
        score=statistics.summary(scores),
        time=statistics.summary(times),
        most=most,
        items=_judged(papers),
        sampled=len(papers),
        made_at=time.time_ns() // 1000,
    )
    return found, latent.asked_of(rights)


def _judged(papers: Sequence[_Paper]) -> list[Item]:
    found = statistics.items((marked, said) for marked, said, _ in papers)
    return statistics.with_takers(found, ((marked, taken) for marked, _, taken in papers))


def _funnel(contest: Frozen, rows: Sequence[_Row]) -> Funnel:
    known = {unit.id for unit in contest.units}
    eligible = sum(unit.members for unit in contest.units if unit.parent not in known)
    found = statistics.funnel(eligible, ((row.member, int(row.answered), row.finished) for row in rows), ())
    return replace(found, counted=len({row.member for row in rows if row.counted}))


def _rows(contest_id: int, wave: int | None) -> list[_Row]:
    found: list[_Row] = []
    last = 0
    while part := _page(contest_id, wave, last):
        found += [row for _, row in part]
        last = part[-1][0]
        breathe()
    return found


@reading
def _page(db: Session, contest_id: int, wave: int | None, after: int) -> list[tuple[int, _Row]]:
    said = exists().where(AttemptAnswer.attempt_id == Attempt.id)
    columns = (
        Attempt.no,
        Attempt.member_id,
        Attempt.started_at,
        Attempt.ended_at,
        Attempt.score,
        Attempt.most,
        Attempt.counted,
        said.label("answered"),
    )
    query = select(*columns).where(*_mine(contest_id, wave), Attempt.no > after).order_by(Attempt.no).limit(PAGE)
    return [
        (
            row.no or 0,
            _Row(
                row.member_id,
                row.started_at,
                row.ended_at and row.ended_at - row.started_at,
                row.score,
                row.most or 0,
                row.counted,
                row.ended_at is not None,
                bool(row.answered),
            ),
        )
        for row in db.execute(query)
    ]


def _mine(contest_id: int, wave: int | None) -> list[Any]:
    here = [Attempt.contest_id == contest_id, Attempt.no.is_not(None), Attempt.cancelled.is_(False)]
    return here if wave is None else [*here, Attempt.wave == wave]


def _sample(contest_id: int, wave: int | None, count: int) -> list[_Paper]:
    step = max(count // SAMPLE, 1)
    found: list[_Paper] = []
    last = 0
    while part := _papers(contest_id, wave, step, last):
        found += [paper for _, paper in part]
        last = part[-1][0]
        breathe()
    return found


@reading
def _papers(db: Session, contest_id: int, wave: int | None, step: int, after: int) -> list[tuple[int, _Paper]]:
    contest, rulings = frozen(contest_id), rulings_in(db, contest_id)
    mine = [*_mine(contest_id, wave), Attempt.counted.is_(True), Attempt.no % step == 0, Attempt.no > after]
    query = select(Attempt).where(*mine).order_by(Attempt.no).limit(SLICE)
    tries = attempts_in(db, query)
    times = first_answers_in(db, [number for number, _ in tries])
    return [(one.no, _marked(contest, rulings, one, times.get(number, {}))) for number, one in tries]


def _marked(contest: Frozen, rulings: Rulings, one: Any, first: Mapping[int, int]) -> _Paper:
    said = {
        asked.question: comparable(contest.paper[asked.question], asked.shown, one.answers[asked.question])
        for asked in one.paper.asked
        if asked.question in one.answers
    }
    answered = {asked.question: first[place] for place, asked in enumerate(one.paper.asked) if place in first}
    taken = Taken(one.chapter, statistics.steps(one.started_at, answered))
    return marks(one, contest.paper, rulings, contest.rules.marking), said, taken


@reading_aside
def running(db: Session, contest_id: int) -> int:
    """The number of tries that are not over yet."""
    here = (Attempt.contest_id == contest_id, Attempt.no.is_not(None), Attempt.ended_at.is_(None))
    return db.scalar(select(func.count()).select_from(Attempt).where(*here)) or 0
