"""Decides who may change whom: the one test of every verb about a person, asked when it happens and when it takes
effect.

An organiser at the member's home chapter or above it may change the member only if this organiser could grant every
role the member holds. A role over the home chapter counts as it is. A role held elsewhere counts as if it were held at
home: another chapter cannot take a member away from the home organisers by giving a role, and an organiser of another
chapter ranks as an organiser at home, too.

An organiser may hand out a link that sets a member's password, and could sign in as that member. So the use of the link
ends every role that its maker could not grant (`end_roles_beyond_in`).
"""

from __future__ import annotations

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app.models.people import Chapter, Member, RoleGrant
from app.services.audit import audit_in
from app.services.people.endings import MEMBER, end_in
from app.services.people.roles import ADMIN, ORGANISER, held_in, may, may_give, power_in, renew_sign_ins_in
from quizzes.refusals import Rejected


def require_over_in(db: Session, actor_id: int | None, member_id: int) -> Member:
    """The member, if the actor may change them now; the program itself (None) may.

    Raises Rejected: no_such_member, merged_already, forbidden (not an organiser of theirs), stronger_role.
    """
    member = db.get(Member, member_id)
    if member is None or member.erased_at is not None:
        raise Rejected("no_such_member")
    if member.merged_into is not None:
        raise Rejected("merged_already")
    refusal = _refusal(db, actor_id, member)
    if refusal is not None:
        raise refusal
    return member


def organised_in(db: Session, actor_id: int, member_id: int, field: str = "member") -> Member:
    """The member whom the actor writes into something of a chapter: one of their own. Of everybody else the refusal is
    that of nobody there, so that a code tells no name of another chapter's member.

    Raises Rejected: no_such_member.
    """
    member = db.get(Member, member_id)
    if member is None or member.erased_at is not None or not may(power_in(db, actor_id), ORGANISER, member.path):
        raise Rejected("no_such_member", field=field)
    return member


def is_over_in(db: Session, actor_id: int | None, member_id: int) -> bool:
    """True when the actor has power over a member who is neither erased nor refused to them."""
    member = db.get(Member, member_id)
    return member is not None and member.erased_at is None and _refusal(db, actor_id, member) is None


def _refusal(db: Session, actor_id: int | None, member: Member) -> Rejected | None:
    if actor_id is None:
        return None
    mine = power_in(db, actor_id)
    theirs = [] if actor_id == member.id else held_in(db, member.id)
    if not may(mine, ORGANISER, member.path) and (ADMIN, "/") not in theirs:
        return Rejected("forbidden")
    counted = ((role, where if member.path.startswith(where) else member.path) for role, where in theirs)
    return None if all(may_give(mine, role, where) for role, where in counted) else Rejected("stronger_role")


def end_roles_beyond_in(db: Session, maker_id: int | None, member_id: int) -> list[str]:
    """End the roles which the maker of a used password link could not give; returns them."""
    if maker_id is None or maker_id == member_id:
        return []
    mine = power_in(db, maker_id)
    rows = db.execute(
        select(RoleGrant.id, RoleGrant.role, RoleGrant.chapter_id, func.coalesce(Chapter.path, "/"))
        .outerjoin(Chapter, Chapter.id == RoleGrant.chapter_id)
        .where(RoleGrant.member_id == member_id)
    ).all()
    ended = [row for row in rows if not may_give(mine, row[1], row[3])]
    for number, role, chapter_id, _ in ended:
        db.execute(delete(RoleGrant).where(RoleGrant.id == number))
        audit_in(db, maker_id, "role.revoked", member_id=member_id, chapter_id=chapter_id, role=role, by_link=True)
    if ended:
        end_in(db, MEMBER, [member_id])
        renew_sign_ins_in(db, member_id)
    return [row[1] for row in ended]
