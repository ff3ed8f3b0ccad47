"""Everything a member does in a try, stored in groups: one transaction, each answered from what then stands.

A group holds its tries in the order of their numbers, applies the pure decisions of quizzes.contest.taking.saving in
the order of arrival, and writes once. Nothing is said before the commit. What is stored counts: a try that was
graded already (a save that came in time and was read late) is graded again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from app.models.contests import AttemptAnswer
from app.models.engines import insert
from app.services.commit import writing
from app.services.contests.results.stored_attempts import PREDICTION
from app.services.contests.taking import decks
from app.services.contests.taking.tries import TRIES, Answers, Try, answers_in, hold_in
from quizzes.contest.taking import attempts
from quizzes.contest.taking.saving import OK, Limits, Save, Stored, decide_save, decide_submit, read_prediction
from quizzes.questions import of
from quizzes.questions.contract import canonical
from quizzes.refusals import Rejected

MOST_DEVICE, MOST_COUNT = 24, 10**9
"""The longest name of a device, letters, and the largest count it may report."""
EARLY_US = 2_000_000
"""A phone's idea of the server's clock may be so much ahead."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing a member did. `do`: answer, predict, flag, next, away, submit, time_up."""

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
        """The facts for the log, without any choice."""
        return {"attempt": self.attempt, "do": self.do, "place": self.place}


@dataclass(frozen=True, slots=True)
class Outcome:
    """`code` is ok or why not. After a save `revision` is what stands now; `choice` (JSON) and `at` are told
    where what stands is not what was sent."""

    code: str
    revision: int = 0
    choice: str | None = None
    at: int = 0
    closes_at: int = 0
    """When the try is over now: told after a save where a wave was moved."""


def change(line: Line) -> Outcome:
    """One thing a member did, stored by itself."""
    return change_group([line])[0]


@writing
def change_group(db: Session, lines: Sequence[Line]) -> list[Outcome]:
    """The answer to each line, in order. The commit stores every line that was answered ok."""
    tries = hold_in(db, {line.attempt for line in lines})
    places = {
        (tries[line.attempt].row.id, _place(line))
        for line in lines
        if line.do in ("answer", "predict") and line.attempt in tries
    }
    answers = answers_in(db, places)
    before = {key: row["revision"] for key, row in answers.items()}
    said = [_apply(tries.get(line.attempt), line, answers) for line in lines]
    _store_answers(db, [row for key, row in answers.items() if row["revision"] != before.get(key)])
    for one in tries.values():
        _store_try(db, one)
    return said


def _place(line: Line) -> int:
    return PREDICTION if line.do == "predict" else line.place


def _apply(one: Try | None, line: Line, answers: Answers) -> Outcome:
    if one is None or one.row.member_id != line.member:
        return Outcome("not_found")
    if one.row.cancelled:
        return Outcome("cancelled")
    try:
        return DOINGS[line.do](one, line, answers)
    except Rejected as refusal:
        return Outcome(refusal.code)


def _answer(one: Try, line: Line, answers: Answers) -> Outcome:
    """An answer, or a choice taken back (null)."""
    if not 0 <= line.place < len(one.paper):
        raise Rejected("bad_request")
    choice = "null"
    if line.choice is not None:
        name, shown = one.paper[line.place]
        question = decks.pool(one.contest, practice=one.practice)[name]
        choice = canonical(of(question).read(question, shown, line.choice))
    return _save(one, line, answers, choice, one.limits(line.place))


def _predict(one: Try, line: Line, answers: Answers) -> Outcome:
    if one.contest.rules.prediction is None:
        raise Rejected("bad_request")
    number = None if line.choice is None else read_prediction(line.choice)
    said = _save(one, line, answers, json.dumps(number), one.limits())
    if said.code == OK:
        one.changed["prediction"] = json.loads(answers[one.row.id, PREDICTION]["choice"])
    return said


def _save(one: Try, line: Line, answers: Answers, choice: str, limits: Limits) -> Outcome:
    key = (one.row.id, _place(line))
    row = answers.get(key)
    stored = Stored(row["revision"], row["device"], row["count"]) if row else None
    verdict = decide_save(stored, Save(line.device, line.count, line.seen, line.received_at), limits)
    if verdict.store:
        one.touched()
        answers[key] = {
            "attempt_id": key[0],
            "place": key[1],
            "revision": verdict.revision,
            "device": line.device,
            "count": line.count,
            "choice": choice,
            "at": line.received_at,
            "first_at": row["first_at"] if row else line.received_at,
        }
        closes_at = one.row.closes_at if one.contest.moved else 0
        return Outcome(OK, verdict.revision, at=line.received_at, closes_at=closes_at)
    return Outcome(verdict.code, verdict.revision, row["choice"] if row else None, row["at"] if row else 0)


def _flag(one: Try, line: Line, answers: Answers) -> Outcome:
    """Flag a question for later, or (choice false) no longer."""
    if not 0 <= line.place < len(one.paper):
        raise Rejected("bad_request")
    (one.flags.add if line.choice else one.flags.discard)(line.place)
    one.changed["flags"] = ",".join(map(str, sorted(one.flags)))
    return Outcome(OK)


def _next(one: Try, line: Line, answers: Answers) -> Outcome:
    """Leave the question that is open before its time is up. A second request changes nothing."""
    if one.contest.rules.timing.kind != "each":
        raise Rejected("bad_request")
    if line.place in one.moved_on:
        return Outcome(OK)
    if one.submitted_at is not None:
        return Outcome("submitted")
    if attempts.position(one.windows(), line.received_at).index != line.place:
        return Outcome("not_open")
    one.moved_on[line.place] = line.received_at
    one.changed["moved_on"] = json.dumps(one.moved_on)
    return Outcome(OK)


def _away(one: Try, line: Line, answers: Answers) -> Outcome:
    """The page was left; counted only where the rules announce it."""
    if one.contest.rules.integrity.focus:
        one.changed["focus_lost"] = one.changed.get("focus_lost", one.row.focus_lost) + 1
    return Outcome(OK)


def _submit(one: Try, line: Line, answers: Answers) -> Outcome:
    """Hand in; once is enough. After the deadline nothing is written: the overdue rule says what counts."""
    end = decide_submit(one.limits(), one.contest.rules.timing.overdue, line.received_at)
    if end is None:
        return Outcome(OK, at=one.submitted_at or 0)
    if end.overdue:
        return Outcome("too_late", at=end.submitted_at)
    one.submitted_at = one.changed["submitted_at"] = end.submitted_at
    one.touched()
    return Outcome(OK, at=end.submitted_at)


def _time_up(one: Try, line: Line, answers: Answers) -> Outcome:
    """The phone's clock says that the time is over: hand in, unless the end was moved meanwhile."""
    if line.received_at < one.row.closes_at - EARLY_US:
        return Outcome("not_yet", closes_at=one.row.closes_at)
    return _submit(one, line, answers)


DOINGS: dict[str, Callable[[Try, Line, Answers], Outcome]] = {
    "answer": _answer,
    "predict": _predict,
    "flag": _flag,
    "next": _next,
    "away": _away,
    "submit": _submit,
    "time_up": _time_up,
}


def _store_answers(db: Session, rows: Sequence[dict[str, Any]]) -> None:
    if not rows:
        return
    query = insert(db, AttemptAnswer)
    renewed = {name: getattr(query.excluded, name) for name in ("revision", "device", "count", "choice", "at")}
    db.execute(query.on_conflict_do_update(index_elements=["attempt_id", "place"], set_=renewed), list(rows))


def _store_try(db: Session, one: Try) -> None:
    if one.changed:
        db.execute(TRIES.update().where(TRIES.c.id == one.row.id).values(**one.changed))
