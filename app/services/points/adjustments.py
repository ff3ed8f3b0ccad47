"""Points given or taken by hand: with a reason, and by two people who are not the one concerned."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from app.models.engines import now_us
from app.models.people import Chapter, Member, under
from app.models.points import PointsAdjustment
from app.services.audit import audit_in
from app.services.commit import reading, writing
from app.services.people.members import member_in
from app.services.people.roles import ORGANISER, require_in, still_may_in
from app.services.points.writing import post_batch_in
from quizzes import ledger
from quizzes.ledger import Due
from quizzes.ledger.sources import ADJUSTMENT
from quizzes.refusals import Rejected

WAITING, ACCEPTED, REFUSED = "waiting", "accepted", "refused"
MOST_HALF = 20_000
"""The largest adjustment, half-points."""
REASON = (10, 500)
"""Length of a reason in characters: least, most."""


@dataclass(frozen=True)
class Line:
    """One adjustment as organisers read it."""

    id: int
    member_id: int
    member: str
    chapter: str
    points: float
    reason: str
    state: str
    proposed_by: int
    proposer: str
    proposed_at: int


@writing
def propose(db: Session, actor_id: int, member_id: int, half_points: int, reason: str) -> int:
    """Propose points for a member of one's own area; nothing is posted until somebody else agrees."""
    one = member_in(db, member_id)
    require_in(db, actor_id, ORGANISER, one.path)
    if member_id == actor_id:
        raise Rejected("own_points")
    reason = " ".join(reason.split())
    if not REASON[0] <= len(reason) <= REASON[1]:
        raise Rejected("reason_needed", field="reason")
    if not half_points or abs(half_points) > MOST_HALF:
        raise Rejected("bad_points", field="points")
    new = PointsAdjustment(
        owner_id=member_id,
        chapter_id=one.chapter_id,
        half_points=half_points,
        reason=reason,
        salt=secrets.token_hex(16),
        state=WAITING,
        proposed_by=actor_id,
        proposed_at=now_us(db),
    )
    db.add(new)
    db.flush()
    audit_in(db, actor_id, "points.proposed", member_id=member_id, chapter_id=one.chapter_id, half_points=half_points)
    return new.id


@writing
def decide(db: Session, actor_id: int, number: int, accept: bool) -> None:
    """A second organiser agrees, and it is posted in the same transaction, or refuses.

    Both need the right at that moment, where the member is at home then: Rejected("proposal_gone") where one of them
    has it no more."""
    found = db.scalar(select(PointsAdjustment).where(PointsAdjustment.id == number).with_for_update())
    if found is None:
        raise Rejected("not_found")
    require_in(db, actor_id, ORGANISER, db.get_one(Chapter, found.chapter_id).path)
    if actor_id in (found.proposed_by, found.owner_id):
        raise Rejected("second_person")
    if found.state != WAITING:
        raise Rejected("already_decided")
    home = db.get_one(Member, found.owner_id).chapter_id
    if accept and not all(still_may_in(db, one, ORGANISER, home) for one in (found.proposed_by, actor_id)):
        raise Rejected("proposal_gone")
    found.state = ACCEPTED if accept else REFUSED
    if accept:
        due = Due(found.half_points, None, note_digest=ledger.sealed(found.salt, found.reason))
        post_batch_in(db, {(ADJUSTMENT, found.id): {ledger.member(found.owner_id): due}})
    audit_in(db, actor_id, "points.decided", member_id=found.owner_id, chapter_id=found.chapter_id, accepted=accept)


@dataclass(frozen=True)
class Proposed:
    """Points by hand that wait for the second person, as the member reads them."""

    points: float
    reason: str
    at: int


@reading
def waiting(db: Session, member_id: int) -> list[Proposed]:
    """The proposals for a member that nobody has decided yet, the oldest first."""
    mine = (PointsAdjustment.owner_id == member_id, PointsAdjustment.state == WAITING)
    rows = db.scalars(select(PointsAdjustment).where(*mine))
    return [Proposed(one.half_points / 2, one.reason, one.proposed_at) for one in sorted(rows, key=lambda one: one.id)]


@reading
def listed(db: Session, paths: list[str], limit: int = 100) -> list[Line]:
    """Adjustments in these subtrees, the waiting ones first."""
    proposer = aliased(Member)
    query = (
        select(PointsAdjustment, Member.name, Chapter.name, proposer.name)
        .join(Member, Member.id == PointsAdjustment.owner_id)
        .join(Chapter, Chapter.id == PointsAdjustment.chapter_id)
        .join(proposer, proposer.id == PointsAdjustment.proposed_by)
        .order_by(PointsAdjustment.state != WAITING, PointsAdjustment.id.desc())
        .limit(limit)
    )
    lines = []
    for path in paths:
        lines += [
            Line(
                a.id, a.owner_id, name, chapter, a.half_points / 2, a.reason, a.state, a.proposed_by, by, a.proposed_at
            )
            for a, name, chapter, by in db.execute(query.where(under(Chapter.path, path)) if path != "/" else query)
        ]
    return list({one.id: one for one in lines}.values())[:limit]


def copy_in(db: Session, member_id: int) -> list[dict[str, object]]:
    """The adjustments of a member, for the copy of their data."""
    rows = db.scalars(select(PointsAdjustment).where(PointsAdjustment.owner_id == member_id))
    return [
        {"half_points": one.half_points, "reason": one.reason, "state": one.state, "at": one.proposed_at}
        for one in rows
    ]


def erase_in(db: Session, member_id: int) -> None:
    """The words and the salt go; the ledger's digest of them says nothing any more."""
    for one in db.scalars(select(PointsAdjustment).where(PointsAdjustment.owner_id == member_id)):
        one.reason = one.salt = ""
        if one.state == WAITING:
            one.state = REFUSED
