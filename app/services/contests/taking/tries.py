"""Tries as a group of saves works on them: their rows locked, their answers, the times of their questions."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, cast

import msgspec
from sqlalchemy import Table, bindparam, select
from sqlalchemy.orm import Session

from app.models.contests import Attempt, AttemptAnswer
from app.services.contests.contests import Frozen, frozen
from quizzes.contest.taking import attempts
from quizzes.contest.taking.attempts import Position
from quizzes.contest.taking.saving import Limits

CHUNK = 400  # below SQLite's limit on variables in one statement
NOT_GRADED = -1  # and every number below

Answers = dict[tuple[int, int], dict[str, Any]]
"""(try, place) -> the answer's row."""


@dataclass(slots=True)
class Try:
    """A try as the group works on it."""

    row: Any
    contest: Frozen
    paper: list[Any]
    submitted_at: int | None
    moved_on: dict[int, int]
    flags: set[int]
    changed: dict[str, Any] = field(default_factory=dict)

    @property
    def practice(self) -> bool:
        return bool(self.row.wave < 0)

    def touched(self) -> None:
        """Something that its result depends on has changed. If it was graded before, it has to be graded again.

        What came in time may be stored when the try is over and being graded at this moment: then the number
        changes, too, and what the grader has read is not written."""
        being_graded = time.time_ns() // 1000 > self.row.closes_at
        if self.row.graded > NOT_GRADED or being_graded:
            self.changed["graded"] = min(self.row.graded, NOT_GRADED) - 1

    def windows(self) -> list[Position]:
        """The time of each question, where questions have times of their own."""
        each = attempts.each(self.contest.rules, self.row.extra_percent)
        return attempts.question_windows(self.row.started_at, len(self.paper), each, self.moved_on, self.row.closes_at)

    def limits(self, place: int | None = None) -> Limits:
        """When saves are taken: of one question, or of the whole try.

        A person with a ticket has begun, also where the clock of another worker is a little behind."""
        grace = attempts.grace(self.contest.rules)
        if place is None or self.contest.rules.timing.kind == "whole":
            return Limits(0, self.row.closes_at, grace, self.submitted_at)
        window = self.windows()[place]
        return Limits(window.opens_at if place else 0, window.closes_at, grace, self.submitted_at)


TRIES = cast(Table, Attempt.__table__)
"""The table itself: past the object layer an update costs half."""
_ANSWERS = cast(Table, AttemptAnswer.__table__)
_COLUMNS = (
    Attempt.id,
    Attempt.public_id,
    Attempt.contest_id,
    Attempt.member_id,
    Attempt.wave,
    Attempt.started_at,
    Attempt.closes_at,
    Attempt.submitted_at,
    Attempt.extra_percent,
    Attempt.paper,
    Attempt.flags,
    Attempt.moved_on,
    Attempt.cancelled,
    Attempt.graded,
    Attempt.focus_lost,
)

# Built once: these run for every group of saves, and building a statement is half of its cost.
HELD = (
    select(*_COLUMNS)
    .where(Attempt.public_id.in_(bindparam("names", expanding=True)))
    .order_by(Attempt.id)
    .with_for_update()
)
STANDING = select(_ANSWERS).where(
    _ANSWERS.c.attempt_id.in_(bindparam("tries", expanding=True)),
    _ANSWERS.c.place.in_(bindparam("places", expanding=True)),
)


def hold_in(db: Session, names: Iterable[str]) -> dict[str, Try]:
    """The tries, locked in the order of their numbers so that groups of two workers never wait crosswise."""
    return {row.public_id: as_try(row) for row in db.execute(HELD, {"names": sorted(names)})}


def as_try(row: Any) -> Try:
    return Try(
        row,
        frozen(row.contest_id),
        msgspec.json.decode(row.paper),
        row.submitted_at,
        {int(place): at for place, at in json.loads(row.moved_on).items()},
        {int(place) for place in row.flags.split(",") if place},
    )


def answers_in(db: Session, places: set[tuple[int, int]]) -> Answers:
    """The answers at these places. They are looked up by try and place apart: SQLite would walk the whole table for
    pairs."""
    wanted, found = sorted(places), cast(Answers, {})
    for start in range(0, len(wanted), CHUNK):
        part = wanted[start : start + CHUNK]
        asked = {"tries": sorted({attempt for attempt, _ in part}), "places": sorted({at for _, at in part})}
        for row in db.execute(STANDING, asked):
            if (row.attempt_id, row.place) in places:
                found[row.attempt_id, row.place] = row._asdict()
    return found
