"""Points of 1+2 into the ledger: what verified teachings earn, by the rules of their campaign."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.movement import Campaign, Teaching
from app.models.people import Member
from app.services.commit import reading
from app.services.movement.rows import as_rules
from app.services.points.rules import rules_at_in
from app.services.points.writing import Batch, post_batch_in, post_many, slices
from quizzes.ledger import Due, Owner, Source
from quizzes.movement import steps
from quizzes.movement.worth import dues


def judge_again(campaign_id: int) -> int:
    """Bring the ledger to what every member's teachings are worth by the rules as they are now; how many entries."""
    return sum(post_many(_gathered(campaign_id, part)) for part in slices(_teachers(campaign_id)))


@reading
def _teachers(db: Session, campaign_id: int) -> list[int]:
    verified = (Teaching.campaign_id == campaign_id, Teaching.taught_ok_at.is_not(None))
    return sorted(db.scalars(select(Teaching.member_id).where(*verified).distinct()))


@reading
def _gathered(db: Session, campaign_id: int, members: Sequence[int]) -> Batch:
    return _batch(db, campaign_id, members)


def _batch(db: Session, campaign_id: int, members: Iterable[int]) -> Batch:
    """The points that each source gives these members; the sources of an invented campaign give none."""
    invented = db.scalar(select(Campaign.invented).where(Campaign.id == campaign_id))
    members = list(members)
    of: dict[int, list[Teaching]] = {member: [] for member in members}
    for part in slices(members):
        mine = (Teaching.campaign_id == campaign_id, Teaching.member_id.in_(part), Teaching.confirmed_at.is_not(None))
        for row in db.scalars(select(Teaching).where(*mine)):
            of[row.member_id].append(row)
    rules_at, batch = rules_at_in(db, campaign_id), dict[Source, dict[Owner, Due]]()
    for gone in db.scalars(select(Member.id).where(Member.merged_into.in_(members))):
        batch |= dues(campaign_id, gone, [], rules_at)  # the points that both slots of the other row once earned
    for member, rows in of.items():
        batch |= dues(campaign_id, member, [_earning(one, invented) for one in rows], rules_at)
    return batch


def _earning(one: Teaching, invented: bool | None) -> steps.Teaching:
    return replace(as_rules(one), rejected=True) if invented else as_rules(one)


def post_in(db: Session, campaign_id: int, members: Iterable[int]) -> int:
    """The same inside the transaction that verified or rejected something."""
    db.flush()
    return post_batch_in(db, _batch(db, campaign_id, sorted(set(members))))
