"""Shows the effect of a decision before anybody makes it: the people it touches, and their places before and after.

Nothing is written. Tries are graded once as decided so far and once as if the decision stood.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.contests import Attempt, Contest
from app.models.people import Member
from app.services.apart import apart
from app.services.commit import breathe, reading
from app.services.contests.contests import Frozen, frozen
from app.services.contests.results.decisions import Draft, checked_in
from app.services.contests.results.grading import SLICE
from app.services.contests.results.stored_attempts import IS_LINE, attempts_in, decisions_in
from app.services.people.roles import ORGANISER, path_of_in, require_in
from quizzes.contest.results import grading
from quizzes.contest.results.boards import Board, boards
from quizzes.contest.results.decisions import Decision, Rulings, fold
from quizzes.contest.results.grading import Line, line, marks
from quizzes.refusals import Rejected

MOST = 5000
"""Tries that are graded for a look ahead; of more, only who has the question is counted."""
SHOWN = 30  # people listed


@dataclass(frozen=True)
class Change:
    """One person on one board (`wave` -1: the whole contest). None: not on it. Scores in half-points."""

    name: str
    wave: int
    division: str
    before: tuple[int, int] | None
    after: tuple[int, int] | None


@dataclass(frozen=True)
class Foreseen:
    """The people that a decision touches. `changes` is None where there are too many tries to tell places."""

    member: int
    tries: int
    people: int
    changes: list[Change] | None
    more: int = 0


def foresee(actor_id: int, contest_id: int, draft: Draft) -> Foreseen:
    """Computes the effect of a decision. Raises the same `Rejected` as making it would."""
    before, after, numbers = _rulings_of(actor_id, contest_id, draft)
    contest = frozen(contest_id)
    lines: tuple[list[Line], list[Line]] = ([], [])
    touched: set[int] = set()
    tries = 0
    for number, one in _graded_tries(contest_id, numbers[:MOST]):
        for rulings, found in zip((before, after), lines, strict=True):
            found.append(_line(contest, one, rulings, number))
        if lines[0][-1] != lines[1][-1] or one.member == draft.member or one.no == draft.attempt:
            touched.add(one.member)
            tries += 1
    if len(numbers) > MOST:
        return Foreseen(draft.member, tries, len(touched), None)
    lines[1][:] = [one for one in lines[1] if one.no not in after.cancelled]
    was, will = (
        _places(apart(boards, contest.rules, some, rulings, contest.lots_seed))
        for some, rulings in zip(lines, (before, after), strict=True)
    )
    moved = sorted(
        (key for key in was.keys() | will.keys() if was.get(key) != will.get(key)),
        key=lambda key: (key[0], key[1], was.get(key) or will[key]),
    )
    names = _names({member for _, _, member in moved[:SHOWN]})
    changes = [Change(names.get(key[2], ""), key[0], key[1], was.get(key), will.get(key)) for key in moved[:SHOWN]]
    return Foreseen(draft.member, tries, len(touched), changes, max(0, len(moved) - SHOWN))


def _line(contest: Frozen, one: grading.Attempt, rulings: Rulings, ended_at: int) -> Line:
    return line(one, marks(one, contest.paper, rulings, contest.rules.marking), ended_at)


def _places(found: Sequence[Board]) -> dict[tuple[int, str, int], tuple[int, int]]:
    return {
        (board.wave, board.division, place.row.line.member): (place.rank, place.row.line.score)
        for board in found
        for place in board.places
    }


@reading
def _rulings_of(db: Session, actor_id: int, contest_id: int, draft: Draft) -> tuple[Rulings, Rulings, list[int]]:
    contest = db.get(Contest, contest_id)
    if contest is None or contest.opened_at is None:
        raise Rejected("no_such_contest")
    require_in(db, actor_id, ORGANISER, path_of_in(db, contest.chapter_id))
    one, made = checked_in(db, contest_id, draft), decisions_in(db, contest_id)
    more = Decision(len(made) + 1, one.do, one.question, one.answers, one.member, one.wave, one.attempt)
    query = select(Attempt.id).where(Attempt.contest_id == contest_id, *IS_LINE).order_by(Attempt.no).limit(MOST + 1)
    return fold(made), fold([*made, more]), list(db.scalars(query))


def _graded_tries(contest_id: int, numbers: Sequence[int]) -> Iterator[tuple[int, grading.Attempt]]:
    """(when it ended, the try), a slice at a time so that others go on."""
    for start in range(0, len(numbers), SLICE):
        yield from _slice(numbers[start : start + SLICE])
        breathe()


@reading
def _slice(db: Session, numbers: Sequence[int]) -> list[tuple[int, grading.Attempt]]:
    ended = {row[0]: row[1] for row in db.execute(select(Attempt.id, Attempt.ended_at).where(Attempt.id.in_(numbers)))}
    query = select(Attempt).where(Attempt.id.in_(numbers)).order_by(Attempt.no)
    return [(ended[number] or 0, one) for number, one in attempts_in(db, query)]


@reading
def _names(db: Session, members: set[int]) -> dict[int, str]:
    return {row[0]: row[1] for row in db.execute(select(Member.id, Member.name).where(Member.id.in_(members)))}
