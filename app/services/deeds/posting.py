"""Points of deeds into the ledger: what verified deeds earn, by the rules of the campaign of their day or the year."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.models.deeds import Deed
from app.services.commit import reading
from app.services.deeds.kinds import all_kinds_in
from app.services.deeds.noting import BACK
from app.services.deeds.sums import GOOD
from app.services.points.rules import book_in
from app.services.points.writing import Batch, post_batch_in, post_many, slices
from quizzes.deeds.entries import LATE
from quizzes.deeds.worth import Book, Done, dues
from quizzes.ledger import sources
from quizzes.ledger.rules import Version

Column = InstrumentedAttribute[int] | InstrumentedAttribute[int | None]
MINE: tuple[ColumnElement[bool], Column] = (Deed.team_id.is_(None), Deed.member_id)
"""The condition for deeds that are a member's own, and the column of that member."""
OURS: tuple[ColumnElement[bool], Column] = (Deed.team_id.is_not(None), Deed.team_id)
HOUR = 3600 * 1_000_000
NOON = 5
"""Noon in Việt Nam, in hours of the world's time: the moment by which a day's rules are looked up."""


def judge_again() -> int:
    """Bring the ledger to what everybody's deeds are worth by the rules as they are now; how many entries."""
    members, teams = _owners()
    return sum(
        post_many(_gathered(whose, part)) for whose, all_ in ((MINE, members), (OURS, teams)) for part in slices(all_)
    )


@reading
def _owners(db: Session) -> tuple[list[int], list[int]]:
    """(members with deeds of their own, teams)."""
    teams = db.scalars(select(Deed.team_id).where(Deed.team_id.is_not(None), Deed.state == GOOD).distinct())
    members = db.scalars(select(Deed.member_id).where(Deed.team_id.is_(None), Deed.state == GOOD).distinct())
    return sorted(members), sorted(one for one in teams if one is not None)


@reading
def _gathered(db: Session, whose: tuple[ColumnElement[bool], Column], owners: Sequence[int]) -> Batch:
    return _batch(db, whose, owners)


def post_in(db: Session, deeds: Iterable[Deed]) -> int:
    """The same for who owns these, inside the transaction that verified or rejected them."""
    db.flush()
    members, teams = set[int](), set[int]()
    for one in deeds:
        (members if one.team_id is None else teams).add(one.member_id if one.team_id is None else one.team_id)
    return sum(
        post_batch_in(db, _batch(db, whose, part))
        for whose, all_ in ((MINE, members), (OURS, teams))
        for part in slices(sorted(all_))
    )


def _batch(db: Session, whose: tuple[ColumnElement[bool], Column], owners: Sequence[int]) -> Batch:
    kept, owner = whose
    rows = db.execute(
        select(
            Deed.id,
            Deed.member_id,
            Deed.chapter_id,
            Deed.kind,
            Deed.step,
            Deed.count,
            Deed.day,
            Deed.state,
            Deed.at,
            Deed.team_id,
        )
        .where(kept, owner.in_(owners), Deed.state != BACK)
        .order_by(Deed.id)
    ).all()
    moments = {row[0]: moment(row[6].toordinal(), row[8]) for row in rows}
    done = [Done(*row[:7], good=row[7] == GOOD, team=row[9] or 0) for row in rows]
    return dues(done, all_kinds_in(db), book_by_in(db, moments))


def moment(day: int, at: int) -> int:
    """The moment whose rules count: the day the member says, unless it came too late to be believed."""
    epoch = datetime(1970, 1, 1, tzinfo=UTC).toordinal()
    said = ((day - epoch) * 24 + NOON) * HOUR
    return said if at - said <= LATE.days * 24 * HOUR else at


def book_by_in(db: Session, moments: dict[int, int]) -> Book:
    """The campaigns that pay for deeds, looked up once for each chapter and day."""
    known: dict[tuple[int, int], tuple[int, Version]] = {}

    def book(one: Done) -> tuple[int, Version]:
        key = (one.chapter, moments[one.number])
        if key not in known:
            known[key] = book_in(db, sources.HELP, one.chapter, key[1])
        return known[key]

    return book
