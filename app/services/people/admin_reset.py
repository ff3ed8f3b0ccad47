"""An administrator who cannot sign in any more, helped by whoever owns the machine's data."""

from __future__ import annotations

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.models.engines import now_us
from app.models.people import Account, Member
from app.models.signing_in import OneTimeLink
from app.services.audit import audit_in
from app.services.commit import writing
from app.services.people.links import FIRST_ADMIN, LIVES, PASSWORD, member_link_in
from app.services.people.notices import tell_administrators_in
from app.services.people.roles import ADMIN, held_in
from quizzes.refusals import Rejected


@writing
def reset_link(db: Session, code: str) -> str:
    """The token of a link, good for 15 minutes, with which this administrator sets a password. All are told.

    Raises Rejected: no_such_member, not_allowed (no active administrator of everything).
    """
    member = db.scalar(select(Member).where(Member.code == code.strip(), Member.erased_at.is_(None)))
    if member is None:
        raise Rejected("no_such_member")
    account = db.get(Account, member.id)
    if account is None or account.status != "active" or (ADMIN, "/") not in held_in(db, member.id):
        raise Rejected("not_allowed")
    token = member_link_in(db, PASSWORD, member.id, None)
    mine = (OneTimeLink.member_id == member.id, OneTimeLink.purpose == PASSWORD)
    db.execute(update(OneTimeLink).where(*mine).values(ends_at=now_us(db) + LIVES[FIRST_ADMIN]))
    audit_in(db, None, "admin.reset", member_id=member.id, chapter_id=member.chapter_id)
    tell_administrators_in(db, "admin_reset", by=None)
    return token
