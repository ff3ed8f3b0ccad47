"""Live standings: a page of a board is an index range, so it costs the same at 100,000 tries.

Provisional by nature: predictions and lots come with the publication. Where divisions do not rank apart a
page is merged from one range for each division.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from app.models.contests import Attempt
from app.models.people import Member
from app.services.commit import breathe, in_turns, reading
from app.services.contests.contests import Frozen, frozen
from quizzes.contest.setup.rules import Rules

PIECE = 500  # rows read at once


@dataclass(frozen=True)
class Placed:
    """A person's place on a board. `name` is public; `full_name` is for organisers only."""

    rank: int
    member: int
    name: str
    full_name: str
    chapter: str
    score: int
    """Half-points."""
    correct: int
    of: int
    time_us: int


@dataclass(frozen=True)
class Standing(Placed):
    """One row of a board."""

    no: int = 0
    prediction: int | None = None
    distance: int | None = None


@dataclass(frozen=True)
class Page:
    lines: Sequence[Standing]
    count: int
    """People on the board."""
    mine: Standing | None


def divisions(rules: Rules, division: str = "") -> list[str]:
    """The stored divisions that make up the board named `division` ("" where they do not rank apart)."""
    if division or not rules.divisions:
        return [division]
    return [one.key for one in rules.divisions]


@reading
def board(
    db: Session, contest_id: int, wave: int, division: str = "", *, top: int = 20, skip: int = 0, member: int = 0
) -> Page:
    """`top` rows of a wave's board from row `skip` on, and the row of `member` wherever it stands."""
    contest = frozen(contest_id)
    board_ = _Board(db, contest, wave, divisions(contest.rules, division))
    rows = board_.rows(top, skip)
    first = board_.rank_of(rows[0].rank_key) if rows else 1
    mine = board_.row_of(member) if member else None
    named = board_.named(rows, first, skip)
    own = board_.named([mine], board_.rank_of(mine.rank_key), 0)[0] if mine else None
    return Page(named, board_.count(), own)


def everybody(contest_id: int, wave: int, division: str = "") -> Iterator[Standing]:
    """Everybody on a wave's board, best first: read by key in pieces, so the last costs what the first does."""
    parts = [_in_order(contest_id, wave, part) for part in divisions(frozen(contest_id).rules, division)]
    rank, before = 0, b""
    for place, (key, one) in enumerate(heapq.merge(*parts, key=lambda row: (row[0], row[1].member)), 1):
        rank, before = (rank if key == before else place), key
        yield replace(one, rank=rank)


def _in_order(contest_id: int, wave: int, part: str) -> Iterator[tuple[bytes, Standing]]:
    """(key, row) of one division in the order of the board; the rank is still 0."""
    key, number = b"", 0
    while rows := _piece(contest_id, wave, part, key, number):
        yield from ((key, one) for key, _, one in rows)
        key, number, _ = rows[-1]
        breathe()


@reading
def _piece(
    db: Session, contest_id: int, wave: int, part: str, key: bytes, member: int
) -> list[tuple[bytes, int, Standing]]:
    """The next rows behind (key, member)."""
    board_ = _Board(db, frozen(contest_id), wave, [part])
    behind = or_(Attempt.rank_key > key, and_(Attempt.rank_key == key, Attempt.member_id > member))
    query = _columns().where(*board_.where(part), Attempt.rank_key >= key, behind)
    rows = db.execute(query.order_by(Attempt.rank_key, Attempt.member_id).limit(PIECE)).all()
    named = board_.named(rows, 0, 0)
    return [(row.rank_key, row.member_id, one) for row, one in zip(rows, named, strict=True)]


class _Board:
    """The counted tries of one wave in some divisions."""

    def __init__(self, db: Session, contest: Frozen, wave: int, parts: Sequence[str]) -> None:
        self._db, self._contest, self._wave, self._parts = db, contest, wave, parts

    def where(self, part: str) -> tuple[Any, ...]:
        here = (Attempt.contest_id == self._contest.contest_id, Attempt.wave == self._wave)
        return (*here, Attempt.division == part, Attempt.counted.is_(True))

    def rows(self, top: int, skip: int) -> list[Any]:
        ranges = [self._range(part, top + skip if len(self._parts) > 1 else top, skip) for part in self._parts]
        if len(ranges) == 1:
            return ranges[0]
        return list(islice(heapq.merge(*ranges, key=lambda row: (row.rank_key, row.member_id)), skip, skip + top))

    def _range(self, part: str, top: int, skip: int) -> list[Any]:
        query = select(Attempt.id, Attempt.rank_key).where(*self.where(part)).order_by(Attempt.rank_key)
        ids = query.limit(top).offset(skip if len(self._parts) == 1 else 0).subquery()
        found = self._db.execute(_columns().join(ids, ids.c.id == Attempt.id)).all()
        return sorted(found, key=lambda row: (row.rank_key, row.member_id))

    def row_of(self, member: int) -> Any:
        """The row of a member on this board, looked for among their own tries: the planner must not walk the board."""
        columns = (Attempt.id, Attempt.wave, Attempt.division, Attempt.counted)
        mine = (Attempt.member_id == member, Attempt.contest_id == self._contest.contest_id)
        for one in self._db.execute(select(*columns).where(*mine)).all():
            if one.counted and one.wave == self._wave and one.division in self._parts:
                return self._db.execute(_columns().where(Attempt.id == one.id)).first()
        return None

    def rank_of(self, key: bytes) -> int:
        return 1 + sum(self._counted(part, Attempt.rank_key < key) for part in self._parts)

    def count(self) -> int:
        return sum(self._counted(part) for part in self._parts)

    def _counted(self, part: str, *more: Any) -> int:
        return self._db.scalar(select(func.count()).select_from(Attempt).where(*self.where(part), *more)) or 0

    def named(self, rows: Sequence[Any], rank: int, skip: int) -> list[Standing]:
        """`rank` is that of the first row, which is row `skip` of the board."""
        units = self._contest.unit_told
        found: list[Standing] = []
        for index, row in enumerate(rows):
            rank = skip + index + 1 if index and row.rank_key != rows[index - 1].rank_key else rank
            found.append(
                Standing(
                    rank,
                    row.member_id,
                    row.public_name,
                    row.name,
                    units.get(row.chapter_id, ""),
                    row.score,
                    row.correct,
                    row.of,
                    row.ended_at - row.started_at,
                    row.no,
                    row.prediction,
                )
            )
        return found


def _columns() -> Any:
    numbers = (Attempt.no, Attempt.score, Attempt.correct, Attempt.of, Attempt.started_at, Attempt.ended_at)
    who = (Attempt.member_id, Attempt.chapter_id, Attempt.prediction, Member.public_name, Member.name)
    return select(Attempt.rank_key, *numbers, *who).join(Member, Member.id == Attempt.member_id)


@dataclass(frozen=True)
class UnitStanding:
    """A chapter with everything below it, so far."""

    unit: int
    parent: int | None
    name: str
    kind: str
    entrants: int
    members: int
    all_correct: int
    score: int
    """Half-points."""


@reading
def chapters(db: Session, contest_id: int, wave: int) -> list[UnitStanding]:
    """The chapter table of a wave so far, every level of the tree. One pass over the wave's counted tries."""
    contest = frozen(contest_id)
    sums = (func.count(), func.sum(Attempt.score), func.count().filter(Attempt.correct == Attempt.of))
    here = (Attempt.contest_id == contest_id, Attempt.wave == wave, Attempt.counted.is_(True))
    rows = db.execute(select(Attempt.chapter_id, *sums).where(*here).group_by(Attempt.chapter_id))
    own = {row[0]: tuple(int(number or 0) for number in row[1:]) for row in in_turns(rows) if row[0] is not None}
    return rolled_up(contest, own)


def rolled_up(contest: Frozen, own: dict[int, tuple[int, ...]]) -> list[UnitStanding]:
    """The sums of each chapter and all below it; `own`: chapter -> (people, score, all correct)."""
    parents = {unit.id: unit.parent for unit in contest.units}
    sums = {unit: [0, 0, 0] for unit in parents}
    for chapter, numbers in in_turns(own.items()):
        at: int | None = chapter
        while at in sums:
            sums[at] = [a + b for a, b in zip(sums[at], numbers, strict=True)]
            at = parents[at]
    return [
        UnitStanding(
            unit.id,
            unit.parent,
            contest.unit_told[unit.id],
            unit.kind,
            sums[unit.id][0],
            unit.members,
            sums[unit.id][2],
            sums[unit.id][1],
        )
        for unit in in_turns(contest.units)
    ]


def masked(lines: Iterable[Standing]) -> list[Standing]:
    """The rows as strangers may see them: without full names."""
    return [replace(one, full_name="") for one in lines]
