"""The address of an account: confirmed by a letter to it, and then good for a new password.

Nobody but its owner ever sets it. A letter that lets somebody in goes only to an address that was confirmed from
inside the account.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app.models.engines import now_us
from app.models.people import Account, Chapter, Member, RoleGrant
from app.models.signing_in import OneTimeLink
from app.services.audit import audit_in
from app.services.commit import reading, writing
from app.services.people.chapters import ids_of
from app.services.people.links import ADDRESS, RESET, make_link_in, member_link_in, use_link_in
from app.services.people.logins import ACTIVE, check_password, free_email_in, free_username_in, new_hash
from app.services.people.names import owner_in
from app.services.people.notices import tell_in
from app.services.people.pending import end_ways_in_in
from app.services.people.roles import ADMIN, ORGANISER
from app.services.people.sign_ins import end_sign_ins_in, tell_ended
from quizzes.refusals import Rejected

MOST_ALIVE = 5
"""Letters for a new password that may wait for one account at a time, whoever asked for them."""


@dataclass(frozen=True)
class Changed:
    """The letters that follow a change of login: to the new address with a token, and to the former one."""

    email: str = ""
    token: str = ""
    former: str = ""


@dataclass(frozen=True)
class Letter:
    """A letter that lets somebody set a new password."""

    email: str
    token: str


def change_login(member_id: int, username: str, email: str, password: str) -> Changed:
    """Set the names a member signs in with. Another address asks for the password and has to be confirmed anew."""
    if email.strip().lower() != address_of(member_id)[0]:
        check_password(member_id, password)
    return _change_login(member_id, username, email)


@writing
def _change_login(db: Session, member_id: int, username: str, email: str) -> Changed:
    account = db.get(Account, member_id)
    if account is None:
        raise Rejected("not_now")
    account.username = free_username_in(db, username, member_id)
    before, sure = account.email or "", account.email_confirmed_at is not None
    account.email = free_email_in(db, email, member_id)
    if (account.email or "") == before:
        return Changed()
    account.email_confirmed_at = None
    _forget(db, member_id)
    audit_in(db, member_id, "email.changed", member_id=member_id)
    token = member_link_in(db, ADDRESS, member_id, None) if account.email else ""
    return Changed(account.email or "", token, before if sure else "")


@writing
def ask_again(db: Session, member_id: int) -> Changed:
    """Another letter to the same address, where it is not confirmed yet."""
    account = db.get(Account, member_id)
    if account is None or not account.email or account.email_confirmed_at is not None:
        raise Rejected("not_now")
    return Changed(account.email, member_link_in(db, ADDRESS, member_id, None))


@writing
def confirm(db: Session, member_id: int, token: str) -> None:
    """The letter arrived: the link is opened in the session of the account it was asked from."""
    account, used = db.get(Account, member_id), use_link_in(db, token, ADDRESS)
    if account is None or used.member_id != member_id:
        raise Rejected("link_gone")
    account.email_confirmed_at = now_us(db)
    audit_in(db, member_id, "email.confirmed", member_id=member_id)


@reading
def address_of(db: Session, member_id: int) -> tuple[str, bool]:
    """The address of an account and whether it is confirmed."""
    account = db.get(Account, member_id)
    return (account.email or "", account.email_confirmed_at is not None) if account else ("", False)


@writing
def forgotten(db: Session, login: str) -> Letter | None:
    """The letter for who forgot the password, or None where no confirmed address is known or enough letters are
    there already. Tell nobody which. A former letter goes on: otherwise whoever asks again and again would keep the
    owner out.
    """
    account = db.get(Account, owner_in(db, login) or 0, with_for_update=True)
    if account is None or account.status != ACTIVE or not account.email or account.email_confirmed_at is None:
        return None
    alive = (OneTimeLink.member_id == account.member_id, OneTimeLink.purpose == RESET, OneTimeLink.ends_at > now_us(db))
    if (db.scalar(select(func.count()).select_from(OneTimeLink).where(*alive)) or 0) >= MOST_ALIVE:
        return None
    return Letter(account.email, make_link_in(db, RESET, member_id=account.member_id))


def reset(token: str, password: str) -> int:
    """Use the letter: a new password, every session ends."""
    member_id, ended = _reset(token, new_hash(password))
    tell_ended(ended)
    return member_id


@writing
def _reset(db: Session, token: str, password_hash: str) -> tuple[int, list[tuple[int, int]]]:
    used = use_link_in(db, token, RESET)
    account = db.get(Account, used.member_id)
    if account is None or account.status != ACTIVE or account.email_confirmed_at is None:
        raise Rejected("link_gone")
    account.password_hash = password_hash
    end_ways_in_in(db, account.member_id)
    tell_in(db, account.member_id, "password_by_mail", by=None)
    audit_in(db, account.member_id, "password.by_mail", member_id=account.member_id)
    return account.member_id, end_sign_ins_in(db, account.member_id)


@reading
def whom_to_ask(db: Session, path: str) -> list[tuple[str, str]]:
    """(name as strangers may read it, chapter) of the organisers nearest to a chapter, for who cannot get in."""
    rows = db.execute(
        select(Member.public_name, Chapter.name, Chapter.path)
        .join(RoleGrant, RoleGrant.member_id == Member.id)
        .join(Chapter, Chapter.id == RoleGrant.chapter_id)
        .where(RoleGrant.role.in_((ORGANISER, ADMIN)), Chapter.id.in_(ids_of(path)), Member.left_at.is_(None))
        .order_by(func.length(Chapter.path).desc(), Member.id)
    ).all()
    return [(name, chapter) for name, chapter, where in rows if where == rows[0][2]][:5]


def _forget(db: Session, member_id: int) -> None:
    asked = (OneTimeLink.member_id == member_id, OneTimeLink.purpose.in_((ADDRESS, RESET)))
    db.execute(delete(OneTimeLink).where(*asked))
