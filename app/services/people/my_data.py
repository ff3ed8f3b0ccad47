"""The data of one person: all of it to take away, and all of it gone when they ask.

Each area that keeps something about a person offers its parts in its `personal.py`, so nothing is forgotten.
Erasing overwrites what names or describes the person; the bare number stays in ledger,
journal and proofs, where it says nothing by itself.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.people import Member
from app.services.audit import audit_in
from app.services.commit import reading, writing
from app.services.people.endings import MEMBER, end_in
from app.services.people.erased import kept
from app.services.people.members import member_in
from app.services.people.pending import end_made_by_in
from app.services.people.power import require_over_in
from app.services.people.roles import ADMIN, administrators_in, held_in
from app.services.people.sign_ins import end_sign_ins_in, tell_ended
from app.services.personal import parts
from quizzes.refusals import Rejected


@reading
def copy_of(db: Session, member_id: int) -> dict[str, Any]:
    """Everything stored about a member, as JSON-able values by part."""
    return {part.name: part.copy(db, member_id) for part in parts()}


def erase(actor_id: int, member_id: int, reason: str = "") -> None:
    """Erase a person, at their own wish or an organiser's; cannot be undone. Their sessions end at once."""
    ended, erased = _erase(actor_id, member_id, reason)
    tell_ended(ended)
    for one in erased:
        kept.note(one)


@writing
def _erase(db: Session, actor_id: int, member_id: int, reason: str) -> tuple[list[tuple[int, int]], list[int]]:
    member = member_in(db, member_id) if actor_id == member_id else require_over_in(db, actor_id, member_id)
    if (ADMIN, "/") in held_in(db, member_id) and administrators_in(db) == 1:
        raise Rejected("last_admin")
    everywhere = [member_id, *db.scalars(select(Member.id).where(Member.merged_into == member_id))]
    ended = end_sign_ins_in(db, member_id)
    for one in everywhere:
        _erase_parts(db, one)
    audit_in(db, actor_id, "member.erased", member_id=member_id, chapter_id=member.chapter_id, reason=reason)
    return ended, everywhere


def erase_again_in(db: Session, member_id: int) -> bool:
    """Erase somebody who came back with a backup; whether there was anything to erase."""
    member = db.get(Member, member_id)
    if member is None or member.erased_at is not None:
        return False
    end_sign_ins_in(db, member_id)
    _erase_parts(db, member_id)
    audit_in(db, None, "member.erased", member_id=member_id, chapter_id=member.chapter_id)
    return True


def _erase_parts(db: Session, member_id: int) -> None:
    end_made_by_in(db, member_id)
    end_in(db, MEMBER, [member_id])
    for part in parts():
        if part.erase is not None:
            part.erase(db, member_id)
