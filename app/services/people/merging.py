"""Two members who are one person: found, brought together, and taken apart again within thirty days.

Somebody who is on the imported list and signs up alone is a second member until an organiser says that they are one.
Nobody but the organiser is told of a likeness: whoever signs up could otherwise ask the list who is on it.

The member who is kept has the history, the points and the account of both; the other one leaves the list and only
points to the one kept (`merged_into`). What was written append-only stays as it was: the ledger gets new entries, the
journal of a show goes on naming the number that sat there.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.engines import lock, now_us
from app.models.people import Account, Member, MemberMerge
from app.services.audit import audit_in
from app.services.carried import carriers
from app.services.commit import reading, writing
from app.services.people.endings import MEMBER, end_in
from app.services.people.links import SLIP, use_link_in
from app.services.people.notices import tell_in
from app.services.people.pending import end_links_to_in
from app.services.people.power import is_over_in, require_over_in
from app.services.people.roles import held_in
from app.services.people.sign_ins import end_sign_ins_in, tell_ended
from quizzes.refusals import Rejected

UNDO_US = 30 * 24 * 3600 * 1_000_000
"""How long a merger can be undone, microseconds."""
MERGING = 12
"""The kind of lock a merger takes, so that no two of one member meet."""
Ended = list[tuple[int, int]]


@dataclass(frozen=True)
class Merged:
    """One merger of a member's, while it can be undone."""

    id: int
    name: str
    code: str
    at: int
    until: int


def merge(actor_id: int, kept_id: int, gone_id: int, reason: str = "") -> None:
    """Two members are one person, who is kept as the first. Both are told; sessions of both end.

    Raises Rejected: no_such_member, forbidden, stronger_role, same_member, merge_roles (the roles of the two differ:
    nobody gets a role by being taken for somebody else), merged_already.
    """
    tell_ended(_merge_by_organiser(actor_id, kept_id, gone_id, reason))


def claim(slip: str, member_id: int) -> None:
    """Merge two rows at once: somebody signed up alone and then holds the slip of the list."""
    tell_ended(_claim(slip, member_id))


def undo(actor_id: int, merge_id: int, reason: str = "") -> None:
    """Undo a merge: they were two people after all. Raises Rejected: link_gone (after thirty days, or done before)."""
    tell_ended(_undo(actor_id, merge_id, reason))


@reading
def merged(db: Session, member_id: int) -> list[Merged]:
    """The members merged into this one who can still be taken out."""
    since = now_us(db) - UNDO_US
    rows = db.execute(
        select(MemberMerge, Member.name, Member.code)
        .join(Member, Member.id == MemberMerge.gone_id)
        .where(MemberMerge.kept_id == member_id, MemberMerge.undone_at.is_(None), MemberMerge.made_at > since)
        .order_by(MemberMerge.id)
    )
    return [Merged(one.id, name, code, one.made_at, one.made_at + UNDO_US) for one, name, code in rows]


@writing
def _merge_by_organiser(db: Session, actor_id: int, kept_id: int, gone_id: int, reason: str) -> Ended:
    for one in (kept_id, gone_id):
        require_over_in(db, actor_id, one)
    return _merge(db, actor_id, kept_id, gone_id, reason)


@writing
def _claim(db: Session, slip: str, member_id: int) -> Ended:
    used = use_link_in(db, slip, SLIP)
    mine = db.get_one(Member, member_id)
    if mine.confirmed_at is not None or db.get(Account, used.member_id) is not None:
        raise Rejected("not_now")
    audit_in(db, member_id, "slip.used", member_id=used.member_id, chapter_id=mine.chapter_id, made_by=used.made_by)
    return _merge(db, member_id, used.member_id, member_id, "")


def _merge(db: Session, actor_id: int, kept_id: int, gone_id: int, reason: str) -> Ended:
    lock(db, MERGING, 0)
    kept, gone = (_standing(db, one, goes=one == gone_id) for one in (kept_id, gone_id))
    if kept_id == gone_id:
        raise Rejected("same_member", field="other")
    if set(held_in(db, kept_id)) != set(held_in(db, gone_id)):
        raise Rejected("merge_roles", field="other")
    ended = _apart(db, kept_id, gone_id)
    now = now_us(db)
    former = {"left_at": gone.left_at, "birth_year": kept.birth_year, "confirmed_at": kept.confirmed_at}
    kept.birth_year, kept.confirmed_at = kept.birth_year or gone.birth_year, kept.confirmed_at or now
    moved = {name: one.carry(db, kept_id, gone_id) for name, one in carriers().items()}
    gone.left_at, gone.merged_into = gone.left_at or now, kept_id
    db.add(
        MemberMerge(kept_id=kept_id, gone_id=gone_id, made_by=actor_id, made_at=now, moved={**moved, "member": former})
    )
    _tell_both(db, actor_id, "merged", kept, gone, reason)
    return ended


@writing
def _undo(db: Session, actor_id: int, merge_id: int, reason: str) -> Ended:
    lock(db, MERGING, 0)
    found = db.get(MemberMerge, merge_id)
    if found is None or found.undone_at is not None or found.made_at <= now_us(db) - UNDO_US:
        raise Rejected("link_gone")
    kept, gone = require_over_in(db, actor_id, found.kept_id), db.get_one(Member, found.gone_id)
    if not is_over_in(db, actor_id, gone.id):
        raise Rejected("forbidden")
    ended = _apart(db, kept.id, gone.id)
    found.undone_at = now_us(db)
    former = found.moved["member"]
    gone.merged_into, gone.left_at = None, former["left_at"]
    kept.birth_year, kept.confirmed_at = former["birth_year"], former["confirmed_at"]
    db.flush()
    for name, one in carriers().items():
        if name in found.moved:
            one.give_back(db, kept.id, gone.id, found.moved[name])
    _tell_both(db, actor_id, "unmerged", kept, gone, reason)
    return ended


def _standing(db: Session, member_id: int, *, goes: bool) -> Member:
    found = db.get(Member, member_id)
    if found is None or found.erased_at is not None:
        raise Rejected("no_such_member", field="other")
    chained = select(Member.id).where(Member.merged_into == member_id)
    if found.merged_into is not None or (goes and db.scalar(chained.limit(1)) is not None):
        raise Rejected("merged_already", field="other")
    return found


def _apart(db: Session, *members: int) -> Ended:
    """Sessions and links of these end, and whatever stands on their rights is asked again."""
    _end_links_to_accounts(db, members)
    end_in(db, MEMBER, members)
    return [one for member in members for one in end_sign_ins_in(db, member)]


def _end_links_to_accounts(db: Session, members: tuple[int, ...]) -> None:
    waiting = select(Account.member_id).where(Account.member_id.in_(members), Account.status == "waiting")
    end_links_to_in(db, set(members) - set(db.scalars(waiting)))  # a child's way to the guardian stays


def _tell_both(db: Session, actor_id: int, what: str, kept: Member, gone: Member, reason: str) -> None:
    for one in (kept, gone):
        tell_in(db, one.id, what, by=actor_id)
    home = kept.chapter_id
    audit_in(db, actor_id, f"member.{what}", member_id=kept.id, chapter_id=home, reason=reason, other=gone.id)


@reading
def kept_as(db: Session, member_id: int) -> int | None:
    """The member somebody is kept as, or None."""
    return db.scalar(select(Member.merged_into).where(Member.id == member_id))
