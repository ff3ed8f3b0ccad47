"""From stored answers to marks. The same attempt, snapshot and decisions give the same marks for ever."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from quizzes.contest.results.decisions import Ruling, Rulings
from quizzes.contest.setup.rules import Marking, Rules
from quizzes.contest.taking.attempts import grace
from quizzes.contest.taking.paper import Paper, Snapshot
from quizzes.contest.taking.saving import Limits, ending
from quizzes.questions import of
from quizzes.questions.contract import FULL, Choice, Question, Shown


@dataclass(frozen=True)
class Attempt:
    """A try that counts, as stored. Practice never comes here."""

    no: int
    """Its number in the contest, in order of starting."""
    member: int
    wave: int
    try_no: int
    started_at: int
    closes_at: int
    submitted_at: int | None
    """When the member handed it in; None where it was left."""
    paper: Paper
    answers: Mapping[str, Choice] = field(default_factory=dict)
    """Question id -> canonical choice."""
    prediction: int | None = None
    division: str = ""
    chapter: int | None = None
    """The home chapter on the day of the attempt."""
    birth_year: int | None = None


@dataclass(frozen=True)
class Marks:
    score: int
    """Half-points."""
    most: int
    correct: int
    """Questions wholly right."""
    of: int
    """Questions that count: without void ones."""
    answered: int
    rights: Mapping[str, int]
    """Question id -> share right, 0..1000; void ones are missing."""


@dataclass(frozen=True)
class Line:
    """One finished attempt as rankings see it: all integers, so a row of a table can be one."""

    no: int
    member: int
    wave: int
    try_no: int
    started_at: int
    ended_at: int
    time_us: int
    score: int
    most: int
    correct: int
    of: int
    prediction: int | None = None
    division: str = ""
    chapter: int | None = None
    birth_year: int | None = None

    @property
    def full(self) -> bool:
        return self.correct == self.of > 0


def right(question: Question, shown: Shown, choice: Choice, ruling: Ruling | None) -> int:
    """The thousandths that a choice is given of a question that is not void."""
    if ruling and ruling.do == "give":
        return FULL
    if choice is None:
        return 0
    keys: tuple[Any, ...] = ruling.answers if ruling and ruling.do == "rekey" else (question["answer"],)
    kind = of(question)
    return max((kind.grade({**question, "answer": key}, shown, choice) for key in keys), default=0)


def marks(attempt: Attempt, snapshot: Snapshot, rulings: Rulings, marking: Marking) -> Marks:
    score = most = correct = 0
    rights: dict[str, int] = {}
    for asked in attempt.paper.asked:
        ruling = rulings.questions.get(asked.question)
        if ruling and ruling.do == "void":
            continue
        question = snapshot[asked.question]
        share = right(question, asked.shown, attempt.answers.get(asked.question), ruling)
        worth = marking.points[question["difficulty"] - 1]
        rights[asked.question] = share
        most += worth
        correct += share == FULL
        score += worth * share // FULL if marking.partial or share == FULL else 0
    return Marks(score, most, correct, len(rights), len(attempt.answers), rights)


def line(attempt: Attempt, found: Marks, ended_at: int) -> Line:
    return Line(
        no=attempt.no,
        member=attempt.member,
        wave=attempt.wave,
        try_no=attempt.try_no,
        started_at=attempt.started_at,
        ended_at=ended_at,
        time_us=ended_at - attempt.started_at,
        score=found.score,
        most=found.most,
        correct=found.correct,
        of=found.of,
        prediction=attempt.prediction,
        division=attempt.division,
        chapter=attempt.chapter,
        birth_year=attempt.birth_year,
    )


def lines(rules: Rules, snapshot: Snapshot, attempts: Iterable[Attempt], rulings: Rulings, now: int) -> list[Line]:
    """The finished attempts that count at `now`, disqualified people still among them."""
    found = []
    for one in attempts:
        limits = Limits(one.started_at, one.closes_at, grace(rules), one.submitted_at)
        end = ending(limits, rules.timing.overdue, now)
        if end and end.counts and one.no not in rulings.cancelled:
            found.append(line(one, marks(one, snapshot, rulings, rules.marking), end.submitted_at))
    return found
