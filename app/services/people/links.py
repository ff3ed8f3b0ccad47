"""Links that work once: to set a password, for a guardian, to invite, and for the first administrator.

A link gives no more than its maker may give at the moment it is used; it ends when that power does (`pending`).
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import Session

from app.models.engines import now_us
from app.models.people import Account, Chapter, Member
from app.models.signing_in import OneTimeLink
from app.services.audit import audit_in
from app.services.commit import reading, writing
from app.services.people.chapters import open_in
from app.services.people.power import is_over_in, require_over_in
from app.services.people.roles import (
    ADMIN,
    ORGANISER,
    administrators_in,
    held_in,
    may,
    path_of_in,
    power_in,
    require_in,
)
from app.services.tokens import digest, new_token
from quizzes.refusals import Rejected

PASSWORD, SLIP, GUARDIAN, INVITATION, FIRST_ADMIN = "password", "slip", "guardian", "invitation", "admin"
ADDRESS, RESET = "address", "reset"
"""Sent by mail: to confirm an address, and to set a new password."""
MINUTE = 60 * 1_000_000
DAY = 24 * 60 * MINUTE
LIVES = {
    PASSWORD: 3 * DAY,
    SLIP: 30 * DAY,
    GUARDIAN: 14 * DAY,
    INVITATION: 14 * DAY,
    FIRST_ADMIN: 15 * MINUTE,
    ADDRESS: DAY,
    RESET: 30 * MINUTE,
}
MOST_USES = 2000
"""How many people one invitation lets in at most."""


@dataclass(frozen=True)
class Link:
    """The purpose of an unused link."""

    purpose: str
    member_id: int | None
    member: str
    chapter_id: int | None
    chapter: str
    ends_at: int
    uses_left: int
    has_account: bool


def admin_link() -> str | None:
    """The token of a link that makes the first administrator, or None where there is one. Former ones die."""
    return _new_admin_link()


@writing
def _new_admin_link(db: Session) -> str | None:
    if administrators_in(db):
        return None
    db.execute(delete(OneTimeLink).where(OneTimeLink.purpose == FIRST_ADMIN))
    return make_link_in(db, FIRST_ADMIN)


@writing
def password_link(db: Session, actor_id: int | None, member_id: int) -> str:
    """A link with which this member sets a password (and an account, if there is none). Former ones die."""
    member = require_over_in(db, actor_id, member_id)
    audit_in(db, actor_id, "link.made", member_id=member_id, chapter_id=member.chapter_id)
    return member_link_in(db, PASSWORD, member_id, actor_id)


@writing
def guardian_link(db: Session, actor_id: int | None, member_id: int) -> str:
    """A new link for the guardian of a child whose account waits."""
    member, account = require_over_in(db, actor_id, member_id), db.get(Account, member_id)
    if account is None or account.status != "waiting":
        raise Rejected("not_now")
    audit_in(db, actor_id, "link.made", member_id=member_id, chapter_id=member.chapter_id, purpose=GUARDIAN)
    return member_link_in(db, GUARDIAN, member_id, actor_id)


@writing
def invite(db: Session, actor_id: int, chapter_id: int, uses: int) -> str:
    """A link with which up to `uses` people make an account in a chapter."""
    require_in(db, actor_id, ORGANISER, path_of_in(db, chapter_id))
    open_in(db, chapter_id)
    if not 1 <= uses <= MOST_USES:
        raise Rejected("bad_request", field="uses")
    audit_in(db, actor_id, "invitation.made", chapter_id=chapter_id, uses=uses)
    return make_link_in(db, INVITATION, chapter_id=chapter_id, made_by=actor_id, uses=uses)


@reading
def link(db: Session, token: str, purpose: str) -> Link | None:
    """The purpose of a link, while it works; looking does not use it up."""
    row = db.execute(
        select(OneTimeLink, Member.name, Chapter.name, Account.member_id)
        .outerjoin(Member, Member.id == OneTimeLink.member_id)
        .outerjoin(Account, Account.member_id == Member.id)
        .outerjoin(Chapter, Chapter.id == OneTimeLink.chapter_id)
        .where(*_works(token, purpose, now_us(db)))
    ).first()
    if row is None or not _stands(db, purpose, row[0].member_id, row[0].chapter_id, row[0].made_by):
        return None
    found, member, chapter, account = row
    return Link(
        found.purpose,
        found.member_id,
        member or "",
        found.chapter_id,
        chapter or "",
        found.ends_at,
        found.uses_left,
        account is not None,
    )


def member_link_in(db: Session, purpose: str, member_id: int, made_by: int | None, token: str = "") -> str:
    db.execute(delete(OneTimeLink).where(OneTimeLink.member_id == member_id, OneTimeLink.purpose == purpose))
    return make_link_in(db, purpose, member_id=member_id, made_by=made_by, token=token)


def make_link_in(
    db: Session,
    purpose: str,
    *,
    member_id: int | None = None,
    chapter_id: int | None = None,
    made_by: int | None = None,
    uses: int = 1,
    token: str = "",
) -> str:
    token, now = token or new_token(), now_us(db)
    db.add(
        OneTimeLink(
            token_hash=digest(token),
            purpose=purpose,
            member_id=member_id,
            chapter_id=chapter_id,
            made_by=made_by,
            made_at=now,
            ends_at=now + LIVES[purpose],
            uses_left=uses,
        )
    )
    db.flush()
    return token


@dataclass(frozen=True)
class Used:
    """The purpose of a link that was just used up, and its maker."""

    member_id: int
    chapter_id: int
    made_by: int | None


def use_link_in(db: Session, token: str, purpose: str) -> Used:
    """Use the link up once, if its maker may still give what it gives; of two at the same time one is refused."""
    row = db.execute(
        update(OneTimeLink)
        .where(*_works(token, purpose, now_us(db)))
        .values(uses_left=OneTimeLink.uses_left - 1)
        .returning(OneTimeLink.member_id, OneTimeLink.chapter_id, OneTimeLink.made_by)
        .execution_options(synchronize_session=False)
    ).first()
    if row is None or not _stands(db, purpose, *row):
        raise Rejected("link_gone")
    return Used(row[0] or 0, row[1] or 0, row[2])


def _stands(db: Session, purpose: str, member_id: int | None, chapter_id: int | None, made_by: int | None) -> bool:
    """True when the maker of the link may still give what it gives; a child's own guardian link asks nobody."""
    if purpose == FIRST_ADMIN:
        return not administrators_in(db)
    if made_by is None:
        return True
    if member_id is not None:
        return is_over_in(db, made_by, member_id) and (purpose != SLIP or _may_print(db, made_by, member_id))
    return may(power_in(db, made_by), ORGANISER, path_of_in(db, chapter_id))


def _may_print(db: Session, maker_id: int, member_id: int) -> bool:
    """True when the maker may print slips of this member: for somebody with a role only an administrator may."""
    path = db.scalar(select(Member.path).where(Member.id == member_id)) or ""
    return not held_in(db, member_id) or may(power_in(db, maker_id), ADMIN, path)


def _works(token: str, purpose: str, now: int) -> tuple[ColumnElement[bool], ...]:
    return (
        OneTimeLink.token_hash == digest(token),
        OneTimeLink.purpose == purpose,
        OneTimeLink.ends_at > now,
        OneTimeLink.uses_left > 0,
    )
