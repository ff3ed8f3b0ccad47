"""An administrator who cannot sign in any more, helped by whoever owns the machine's data."""

from __future__ import annotations

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.models.engines import now_us
from app.models.people import Account, Member
from app.models.signing_in import OneTimeLink
from app.services.audit import _audit
from app.services.commit import writing
from app.services.people.links import FIRST_ADMIN, LIVES, PASSWORD, _member_link
from app.services.people.notices import _tell_administrators
from app.services.people.roles import ADMIN, _held
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
    if account is None or account.status != "active" or (ADMIN, "/") not in _held(db, member.id):
        raise Rejected("not_allowed")
    token = _member_link(db, PASSWORD, member.id, None)
    mine = (OneTimeLink.member_id == member.id, OneTimeLink.purpose == PASSWORD)
    db.execute(update(OneTimeLink).where(*mine).values(ends_at=now_us(db) + LIVES[FIRST_ADMIN]))
    _audit(db, None, "admin.reset", member_id=member.id, chapter_id=member.chapter_id)
    _tell_administrators(db, "admin_reset", by=None)
    return token
