"""Everything a member does in a try, stored in groups: one transaction, each answered from what then stands.

A group holds its tries in the order of their numbers, applies the pure decisions of quizzes.contest.saving in
the order of arrival, and writes once. Nothing is said before the commit. What is stored counts: a try that was
graded already (a save that came in time and was read late) is graded again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from app.models.contests import Attempt, AttemptAnswer
from app.models.engines import insert
from app.services.commit import writing
from app.services.contests import Frozen, frozen
from app.services.stored_attempts import PREDICTION
from app.services.taking import decks
from quizzes.contest import taking
from quizzes.contest.saving import OK, Limits, Save, Stored, decide_save, decide_submit, read_prediction
from quizzes.contest.taking import Position
from quizzes.engine import Rejected
from quizzes.questions import of
from quizzes.questions.contract import canonical

CHUNK = 400  # below SQLite's limit on variables in one statement
MOST_DEVICE, MOST_COUNT = 24, 10**9
NOT_GRADED = -1


@dataclass(frozen=True, slots=True)
class Line:
    """One thing a member did. `do`: answer, predict, flag, next, away, submit."""

    attempt: str
    member: int
    do: str
    received_at: int
    place: int = 0
    choice: Any = None
    device: str = ""
    count: int = 0
    seen: int = 0

    @property
    def about(self) -> dict[str, Any]:
        """What the log may say of it: never a choice."""
        return {"attempt": self.attempt, "do": self.do, "place": self.place}


@dataclass(frozen=True, slots=True)
class Said:
    """`code` is ok or why not. After a save `revision` is what stands now; `choice` (JSON) and `at` are told
    where what stands is not what was sent."""

    code: str
    revision: int = 0
    choice: str | None = None
    at: int = 0


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
        """What its result depends on has changed: graded before, it has to be graded again."""
        if self.row.graded != NOT_GRADED:
            self.changed["graded"] = NOT_GRADED

    def windows(self) -> list[Position]:
        """The time of each question, where questions have times of their own."""
        each = taking.each(self.contest.rules, self.row.extra_percent)
        return taking.question_windows(
            self.row.started_at, len(self.paper), each, self.moved_on, self.row.closes_at)

    def limits(self, place: int | None = None) -> Limits:
        """When saves are taken: of one question, or of the whole try.

        Whoever has a ticket has begun: the clocks of two workers may differ by a little."""
        grace = taking.grace(self.contest.rules)
        if place is None or self.contest.rules.timing.kind == "whole":
            return Limits(0, self.row.closes_at, grace, self.submitted_at)
        window = self.windows()[place]
        return Limits(window.opens_at if place else 0, window.closes_at, grace, self.submitted_at)


_TABLE = cast(Table, Attempt.__table__)  # past the object layer an update costs half
_ANSWERS = cast(Table, AttemptAnswer.__table__)
_COLUMNS = (
    Attempt.id, Attempt.public_id, Attempt.contest_id, Attempt.member_id, Attempt.wave, Attempt.started_at,
    Attempt.closes_at, Attempt.submitted_at, Attempt.extra_percent, Attempt.paper, Attempt.flags, Attempt.moved_on,
    Attempt.cancelled, Attempt.graded, Attempt.focus_lost,
)  # fmt: skip

Answers = dict[tuple[int, int], dict[str, Any]]
"""(try, place) -> the answer's row."""


def change(line: Line) -> Said:
    """One thing a member did, stored by itself."""
    return change_group([line])[0]


@writing
def change_group(db: Session, lines: Sequence[Line]) -> list[Said]:
    """What to say to each line, in order; everything said to be ok is stored by the commit."""
    tries = _hold(db, {line.attempt for line in lines})
    places = {
        (tries[line.attempt].row.id, _place(line))
        for line in lines
        if line.do in ("answer", "predict") and line.attempt in tries
    }
    answers = _answers(db, places)
    before = {key: row["revision"] for key, row in answers.items()}
    said = [_apply(tries.get(line.attempt), line, answers) for line in lines]
    _store_answers(db, [row for key, row in answers.items() if row["revision"] != before.get(key)])
    for one in tries.values():
        _store_try(db, one)
    return said


def _place(line: Line) -> int:
    return PREDICTION if line.do == "predict" else line.place


def _hold(db: Session, names: Iterable[str]) -> dict[str, Try]:
    """The tries, locked in the order of their numbers so that groups of two workers never wait crosswise."""
    query = select(*_COLUMNS).where(Attempt.public_id.in_(sorted(names))).order_by(Attempt.id).with_for_update()
    return {row.public_id: _try(row) for row in db.execute(query)}


def _try(row: Any) -> Try:
    return Try(
        row, frozen(row.contest_id), json.loads(row.paper), row.submitted_at,
        {int(place): at for place, at in json.loads(row.moved_on).items()},
        {int(place) for place in row.flags.split(",") if place},
    )


def _answers(db: Session, places: set[tuple[int, int]]) -> Answers:
    """What stands at these places. Asked by try and place apart: SQLite would walk the whole table for pairs."""
    wanted, found = sorted(places), cast(Answers, {})
    for start in range(0, len(wanted), CHUNK):
        part = wanted[start:start + CHUNK]
        query = select(_ANSWERS).where(
            _ANSWERS.c.attempt_id.in_({attempt for attempt, _ in part}), _ANSWERS.c.place.in_({at for _, at in part}))
        for row in db.execute(query):
            if (row.attempt_id, row.place) in places:
                found[row.attempt_id, row.place] = row._asdict()
    return found


def _apply(one: Try | None, line: Line, answers: Answers) -> Said:
    if one is None or one.row.member_id != line.member:
        return Said("not_found")
    if one.row.cancelled:
        return Said("cancelled")
    try:
        return DOINGS[line.do](one, line, answers)
    except Rejected as refusal:
        return Said(refusal.code)


def _answer(one: Try, line: Line, answers: Answers) -> Said:
    """An answer, or a choice taken back (null)."""
    if not 0 <= line.place < len(one.paper):
        raise Rejected("bad_request")
    choice = "null"
    if line.choice is not None:
        name, shown = one.paper[line.place]
        question = decks.pool(one.contest, practice=one.practice)[name]
        choice = canonical(of(question).read(question, shown, line.choice))
    return _save(one, line, answers, choice, one.limits(line.place))


def _predict(one: Try, line: Line, answers: Answers) -> Said:
    if one.contest.rules.prediction is None:
        raise Rejected("bad_request")
    number = None if line.choice is None else read_prediction(line.choice)
    said = _save(one, line, answers, json.dumps(number), one.limits())
    if said.code == OK:
        one.changed["prediction"] = json.loads(answers[one.row.id, PREDICTION]["choice"])
    return said


def _save(one: Try, line: Line, answers: Answers, choice: str, limits: Limits) -> Said:
    key = (one.row.id, _place(line))
    row = answers.get(key)
    stored = Stored(row["revision"], row["device"], row["count"]) if row else None
    verdict = decide_save(stored, Save(line.device, line.count, line.seen, line.received_at), limits)
    if verdict.store:
        one.touched()
        answers[key] = {
            "attempt_id": key[0], "place": key[1], "revision": verdict.revision, "device": line.device,
            "count": line.count, "choice": choice, "at": line.received_at,
            "first_at": row["first_at"] if row else line.received_at,
        }
        return Said(OK, verdict.revision, at=line.received_at)
    return Said(verdict.code, verdict.revision, row["choice"] if row else None, row["at"] if row else 0)


def _flag(one: Try, line: Line, answers: Answers) -> Said:
    """Flag a question for later, or (choice false) no longer."""
    if not 0 <= line.place < len(one.paper):
        raise Rejected("bad_request")
    (one.flags.add if line.choice else one.flags.discard)(line.place)
    one.changed["flags"] = ",".join(map(str, sorted(one.flags)))
    return Said(OK)


def _next(one: Try, line: Line, answers: Answers) -> Said:
    """Leave the question that is open before its time is up. Said twice it is done once."""
    if one.contest.rules.timing.kind != "each":
        raise Rejected("bad_request")
    if line.place in one.moved_on:
        return Said(OK)
    if one.submitted_at is not None:
        return Said("submitted")
    if taking.position(one.windows(), line.received_at).index != line.place:
        return Said("not_open")
    one.moved_on[line.place] = line.received_at
    one.changed["moved_on"] = json.dumps(one.moved_on)
    return Said(OK)


def _away(one: Try, line: Line, answers: Answers) -> Said:
    """The page was left; counted only where the rules announce it."""
    if one.contest.rules.integrity.focus:
        one.changed["focus_lost"] = one.changed.get("focus_lost", one.row.focus_lost) + 1
    return Said(OK)


def _submit(one: Try, line: Line, answers: Answers) -> Said:
    """Hand in; once is enough. After the deadline nothing is written: the overdue rule says what counts."""
    end = decide_submit(one.limits(), one.contest.rules.timing.overdue, line.received_at)
    if end is None:
        return Said(OK, at=one.submitted_at or 0)
    if end.overdue:
        return Said("too_late", at=end.submitted_at)
    one.submitted_at = one.changed["submitted_at"] = end.submitted_at
    one.touched()
    return Said(OK, at=end.submitted_at)


DOINGS: dict[str, Callable[[Try, Line, Answers], Said]] = {
    "answer": _answer, "predict": _predict, "flag": _flag, "next": _next, "away": _away, "submit": _submit,
}  # fmt: skip


def _store_answers(db: Session, rows: Sequence[dict[str, Any]]) -> None:
    if not rows:
        return
    query = insert(db, AttemptAnswer)
    renewed = {name: getattr(query.excluded, name) for name in ("revision", "device", "count", "choice", "at")}
    db.execute(query.on_conflict_do_update(index_elements=["attempt_id", "place"], set_=renewed), list(rows))


def _store_try(db: Session, one: Try) -> None:
    if one.changed:
        db.execute(_TABLE.update().where(_TABLE.c.id == one.row.id).values(**one.changed))
