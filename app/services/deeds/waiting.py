"""A member's deeds that wait to be verified: the points they bring if all goes well, and by when that is decided."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.deeds import Deed, DeedList
from app.services.commit import reading
from app.services.deeds.kinds import all_kinds_in
from app.services.deeds.noting import BACK
from app.services.deeds.posting import MINE, book_by_in, moment
from app.services.deeds.sums import GOOD, WAITING
from quizzes.deeds.worth import Done, dues
from quizzes.movement.checks import decided_by

HOPED = (GOOD, WAITING)
NEVER = 2**62
"""Deeds belong to no campaign whose end would freeze their list earlier."""


@dataclass(frozen=True)
class Waiting:
    """A number of deeds, their half-points, and by when all are decided (0: somebody looks at one of them first)."""

    count: int
    half: int
    until: int


@reading
def waiting(db: Session, member_id: int) -> Waiting:
    """The member's own deeds; a team's earn for the team."""
    kept, owner = MINE
    rows = db.execute(
        select(Deed, DeedList)
        .outerjoin(DeedList, DeedList.id == Deed.list_id)
        .where(kept, owner == member_id, Deed.state != BACK)
        .order_by(Deed.id)
    ).all()
    open_ = [(one, on) for one, on in rows if one.state == WAITING]
    if not open_:
        return Waiting(0, 0, 0)
    done = [
        Done(one.id, one.member_id, one.chapter_id, one.kind, one.step, one.count, one.day, one.state in HOPED)
        for one, _ in rows
    ]
    waits = {one.id for one, _ in open_}
    book, kinds = book_by_in(db, {one.id: moment(one.day.toordinal(), one.at) for one, _ in rows}), all_kinds_in(db)
    sums = [
        sum(due.points for of in dues(those, kinds, book).values() for due in of.values())
        for those in (done, [replace(one, good=one.good and one.number not in waits) for one in done])
    ]
    last = 0 if any(one.review == WAITING for one, _ in open_) else max(_until(one, on) for one, on in open_)
    return Waiting(len(open_), sums[0] - sums[1], last)


def _until(one: Deed, on: DeedList | None) -> int:
    return decided_by(one.at, NEVER, *((on.frozen_at, on.drawn_at) if on else ()))
