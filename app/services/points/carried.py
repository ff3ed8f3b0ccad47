"""Points of two members who are one person: appended entries bring the one to nothing and the other to the sum.

What a source says later of the member who is no more is written for the one who is kept (`writing`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models.points import Entry, PointsAdjustment
from app.services.carried import Rows
from app.services.points.writing import post_in
from quizzes.ledger import Due, Source
from quizzes.ledger.posting import MEMBER


class Points:
    """Moved: [kind, source, half-points] of each source."""

    def carry(self, db: Session, kept: int, gone: int) -> list[list[Any]]:
        theirs = {source: due.points for source, due in _held(db, gone).items()}
        _shift(db, gone, kept, theirs)
        return [[kind, number, points] for (kind, number), points in theirs.items()]

    def give_back(self, db: Session, kept: int, gone: int, moved: list[list[Any]]) -> None:
        _shift(db, kept, gone, {(kind, number): points for kind, number, points in moved})


def _shift(db: Session, giver: int, taker: int, points: Mapping[Source, int]) -> None:
    given, taken = _held(db, giver), _held(db, taker)
    for source, half in sorted(points.items()):
        of = given.get(source) or taken.get(source)
        if of is None:
            continue
        had = taken[source].points if source in taken else 0
        left = (given[source].points if source in given else 0) - half
        due = {
            giver: Due(left, of.chapter, of.campaign, of.rules),
            taker: Due(had + half, of.chapter, of.campaign, of.rules),
        }
        post_in(db, *source, due, [giver, taker], as_written=True)


def _held(db: Session, member_id: int) -> dict[Source, Due]:
    """The ledger's sums for a member, by source; sums of nothing are left out."""
    rows = db.execute(
        select(
            Entry.source_kind,
            Entry.source_id,
            func.sum(Entry.half_points),
            func.min(Entry.chapter_id),
            func.min(Entry.campaign_id),
            func.max(Entry.rules_version),
        )
        .where(Entry.owner_kind == MEMBER, Entry.owner_id == member_id)
        .group_by(Entry.source_kind, Entry.source_id)
        .having(func.sum(Entry.half_points) != 0)
    )
    return {(row[0], row[1]): Due(int(row[2]), row[3], row[4], row[5]) for row in rows}


CARRIED = {
    "points": Points(),
    "adjusted": Rows(PointsAdjustment.owner_id, (PointsAdjustment.id,)),
    "adjustments_proposed": Rows(PointsAdjustment.proposed_by, (PointsAdjustment.id,)),
}
"""Points by hand go over as well: the member who is kept is no second person to them."""
