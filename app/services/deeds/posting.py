"""Points of deeds into the ledger: what verified deeds earn, by the rules of the campaign of their day or the year."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.deeds import Deed
from app.services.commit import reading
from app.services.deeds.kinds import all_kinds_in
from app.services.deeds.noting import BACK, GOOD
from app.services.points.rules import book_in
from app.services.points.writing import Batch, post_batch_in, post_many, slices
from quizzes.deeds.entries import LATE
from quizzes.deeds.worth import Book, Done, dues
from quizzes.ledger import sources
from quizzes.ledger.rules import Version

HOUR = 3600 * 1_000_000
NOON = 5
"""Noon in Việt Nam, in hours of the world's time: the moment by which a day's rules are looked up."""


def judge_again() -> int:
    """Bring the ledger to what every member's deeds are worth by the rules as they are now; how many entries."""
    return sum(post_many(_gathered(part)) for part in slices(_members()))


@reading
def _members(db: Session) -> list[int]:
    return sorted(db.scalars(select(Deed.member_id).where(Deed.state == GOOD).distinct()))


@reading
def _gathered(db: Session, members: Sequence[int]) -> Batch:
    return _batch(db, members)


def post_in(db: Session, members: Iterable[int]) -> int:
    """The same inside the transaction that verified or rejected something."""
    db.flush()
    return sum(post_batch_in(db, _batch(db, part)) for part in slices(sorted(set(members))))


def _batch(db: Session, members: Sequence[int]) -> Batch:
    rows = db.execute(
        select(
            Deed.id, Deed.member_id, Deed.chapter_id, Deed.kind, Deed.step, Deed.count, Deed.day, Deed.state, Deed.at
        )
        .where(Deed.member_id.in_(members), Deed.state != BACK)
        .order_by(Deed.id)
    ).all()
    moments = {row[0]: moment(row[6].toordinal(), row[8]) for row in rows}
    done = [Done(*row[:7], good=row[7] == GOOD) for row in rows]
    return dues(done, all_kinds_in(db), _book(db, moments))


def moment(day: int, at: int) -> int:
    """The moment whose rules count: the day the member says, unless it came too late to be believed."""
    epoch = datetime(1970, 1, 1, tzinfo=UTC).toordinal()
    said = ((day - epoch) * 24 + NOON) * HOUR
    return said if at - said <= LATE.days * 24 * HOUR else at


def _book(db: Session, moments: dict[int, int]) -> Book:
    """Which campaign pays for a deed; asked once for each chapter and day."""
    known: dict[tuple[int, int], tuple[int, Version]] = {}

    def book(one: Done) -> tuple[int, Version]:
        key = (one.chapter, moments[one.number])
        if key not in known:
            known[key] = book_in(db, sources.HELP, one.chapter, key[1])
        return known[key]

    return book
