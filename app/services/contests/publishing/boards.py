"""A publication read for people: boards with names, prizes, chapters. The table itself holds numbers only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.contests import Attempt
from app.models.people import Member
from app.services.commit import breathe, reading
from app.services.contests.contests import Frozen, frozen
from app.services.contests.publishing.publications import Published
from app.services.contests.results.standings import PIECE, Page, Placed, Standing
from app.services.points import slices
from quizzes.contest.results.boards import OVERALL
from quizzes.contest.results.chapters import paths


@dataclass(frozen=True)
class Winner(Placed):
    """The winner of one prize. `prize` is its key; `member` is 0 for a chapter's prize."""

    prize: str
    wave: int
    division: str


@dataclass(frozen=True)
class UnitWinner:
    prize: str
    unit: int
    name: str
    rank: int
    value: int
    """The figure it was judged by, in the unit of quizzes.contest.results.chapters.UnitRow."""


@dataclass(frozen=True)
class UnitLine:
    """A chapter of the published table, as quizzes.contest.results.chapters.UnitRow, with its name and parent."""

    unit: int
    parent: int | None
    name: str
    kind: str
    entrants: int
    members: int
    rate: int
    too_many: bool
    all_correct: int
    score: int
    average: int
    winners: int


def board(
    contest_id: int, one: Published, wave: int, division: str = "", *, top: int, skip: int = 0, member: int = 0
) -> Page:
    """Rows of a published board, and the row of `member` wherever it stands. `wave` -1: the whole contest."""
    rows = one.boards.get((wave, division), ())
    mine = one.row(wave, division, member) if member else None
    wanted = [*rows[skip : skip + top], *([mine] if mine else [])]
    found = _standings(contest_id, wanted)
    return Page(found[: len(found) - bool(mine)], len(rows), found[-1] if mine else None)


def everybody(contest_id: int, one: Published, wave: int, division: str = "") -> Iterator[Standing]:
    """Everybody on a published board, best first, read in pieces."""
    rows = one.boards.get((wave, division), ())
    for at in range(0, len(rows), PIECE):
        yield from _standings(contest_id, rows[at : at + PIECE])
        breathe()


def has_overall(one: Published) -> bool:
    """True when there is a board over the whole contest."""
    return any(wave == OVERALL for wave, _ in one.boards)


@reading
def _standings(db: Session, contest_id: int, rows: Sequence[Sequence[Any]]) -> list[Standing]:
    contest = frozen(contest_id)
    people = _people(db, [row[1] for row in rows])
    homes = _homes(db, contest, [row[2] for row in rows])
    found = []
    for rank, member, no, score, correct, of, time_us, _, prediction, distance in rows:
        public, full = people.get(member, (f"#{member}", ""))
        found.append(
            Standing(
                rank, member, public, full, homes.get(no, ""), score, correct, of, time_us, no, prediction, distance
            )
        )
    return found


def _people(db: Session, members: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Member -> (public name, full name)."""
    found: dict[int, tuple[str, str]] = {}
    for part in slices(members):
        query = select(Member.id, Member.public_name, Member.name).where(Member.id.in_(part))
        found |= {row.id: (row.public_name, row.name) for row in db.execute(query)}
    return found


def _homes(db: Session, contest: Frozen, numbers: Sequence[int]) -> dict[int, str]:
    """Try -> the chapter it was for."""
    found: dict[int, str] = {}
    for part in slices(numbers):
        here = (Attempt.contest_id == contest.contest_id, Attempt.no.in_(part))
        for no, chapter in db.execute(select(Attempt.no, Attempt.chapter_id).where(*here)):
            found[no or 0] = contest.unit_told.get(chapter or 0, "")
    return found


def winners(contest_id: int, one: Published) -> list[Winner]:
    """Every individual prize, in the order in which they were given."""
    rows = [(win, one.row(win["wave"], win["division"], win["member"])) for win in one.results["wins"]]
    given = [(win, row) for win, row in rows if row is not None]
    lines = _standings(contest_id, [row for _, row in given])
    return [
        Winner(
            win["rank"],
            line.member,
            line.name,
            line.full_name,
            line.chapter,
            line.score,
            line.correct,
            line.of,
            line.time_us,
            win["prize"],
            win["wave"],
            win["division"],
        )
        for (win, _), line in zip(given, lines, strict=True)
    ]


@dataclass(frozen=True)
class Payee:
    """The facts about a winner, besides the name, that minutes and accountants need."""

    code: str
    birth_year: int | None
    path: str
    """The chapter and those above it, below the contest's own: "Chi đoàn 1, Đoàn xã An Bình"."""


@reading
def payees(db: Session, contest_id: int, one: Published) -> dict[int, Payee]:
    """Member -> code, year of birth and chapters of everybody with a prize, as the contest knew them."""
    rows = [(win["member"], one.row(win["wave"], win["division"], win["member"])) for win in one.results["wins"]]
    numbers = {row[2]: member for member, row in rows if row is not None}
    contest, found = frozen(contest_id), {}
    above = paths(contest.units)
    for part in slices(sorted(numbers)):
        query = select(Attempt.no, Attempt.chapter_id, Attempt.birth_year, Member.code)
        query = query.join(Member, Member.id == Attempt.member_id)
        for row in db.execute(query.where(Attempt.contest_id == contest_id, Attempt.no.in_(part))):
            found[numbers[row.no]] = Payee(row.code, row.birth_year, _told(contest, above.get(row.chapter_id or 0, ())))
    return found


def _told(contest: Frozen, above: Sequence[int]) -> str:
    """A chapter and those above it, but for the contest's own."""
    below_top = above[:-1] if len(above) > 1 else above
    return ", ".join(contest.unit_names[one] for one in below_top)


def unit_winners(contest_id: int, one: Published) -> list[UnitWinner]:
    """Every collective prize."""
    names = frozen(contest_id).unit_told
    return [
        UnitWinner(win["prize"], win["unit"], names.get(win["unit"], ""), win["rank"], win["value"])
        for win in one.results["unit_wins"]
    ]


def units(contest_id: int, one: Published) -> list[UnitLine]:
    """The chapters of the whole contest, every level of the tree."""
    contest = frozen(contest_id)
    known = {unit.id: unit for unit in contest.units}
    named = ("entrants", "members", "rate", "too_many", "all_correct", "score", "average", "winners")
    return [
        UnitLine(
            row["unit"],
            known[row["unit"]].parent,
            contest.unit_told[row["unit"]],
            known[row["unit"]].kind,
            *(row[name] for name in named),
        )
        for row in one.results["units"]
    ]
