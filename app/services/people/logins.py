"""Logins: checking a password, changing it, closing an account. Hashing never runs in a transaction."""

from __future__ import annotations

import re

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.engines import now_us
from app.models.people import Account, Member
from app.services.audit import audit_in
from app.services.commit import reading, writing
from app.services.people import passwords
from app.services.people.endings import MEMBER, end_in
from app.services.people.links import PASSWORD, Used, use_link_in
from app.services.people.names import owner_in, require_free_in
from app.services.people.notices import tell_in
from app.services.people.pending import end_links_to_in, end_made_by_in, end_ways_in_in
from app.services.people.power import end_roles_beyond_in, require_over_in
from app.services.people.sign_ins import end_sign_ins_in, tell_ended
from quizzes.refusals import Rejected

ACTIVE, WAITING, DISABLED = "active", "waiting", "disabled"
"""Status of an account; a child's waits for the guardian."""


def right_password(login: str, password: str) -> int:
    """The member who signs in with this login (username, e-mail or member code), or Rejected.

    Takes as long and says the same for an unknown login as for a wrong password.
    """
    found = _account_of(login)
    if not passwords.matches(found[1] if found else None, password[: passwords.LONGEST]) or found is None:
        raise Rejected("wrong_password")
    member_id, stored, status = found
    if status != ACTIVE:
        raise Rejected("account_waiting" if status == WAITING else "account_disabled")
    if stored and passwords.outdated(stored):
        store_hash_in(member_id, passwords.hashed(password))
    return member_id


@reading
def _account_of(db: Session, login: str) -> tuple[int, str | None, str] | None:
    found = db.get(Account, owner_in(db, login) or 0)
    return (found.member_id, found.password_hash, found.status) if found else None


def check_password(member_id: int, password: str) -> None:
    """Refuse unless this is the member's password; asked again before what cannot be undone."""
    if not passwords.matches(_stored_hash(member_id), password[: passwords.LONGEST]):
        raise Rejected("wrong_password", field="password")


def change_password(member_id: int, old: str, new: str, *, keep: int) -> None:
    """Set another password; every other session of the member ends."""
    stored = _stored_hash(member_id)
    if not passwords.matches(stored, old):
        raise Rejected("wrong_password", field="old")
    tell_ended(_set_password(member_id, new_hash(new), keep))


def new_password(token: str, password: str) -> int:
    """Use a password link for an account: every session of the former password ends."""
    member_id, ended = _set_password_by_link(token, new_hash(password))
    tell_ended(ended)
    return member_id


@writing
def _set_password_by_link(db: Session, token: str, password_hash: str) -> tuple[int, list[tuple[int, int]]]:
    used = use_link_in(db, token, PASSWORD)
    account = db.get(Account, used.member_id)
    if account is None or account.status != ACTIVE:
        raise Rejected("account_disabled")
    account.password_hash = password_hash
    end_ways_in_in(db, account.member_id)
    note_use_in(db, used, "password_by_link")
    return account.member_id, end_sign_ins_in(db, account.member_id)


def note_use_in(db: Session, used: Used, notice: str, action: str = "link.used") -> None:
    """A link or slip was used: on record, the account is told, and only what its maker could give is left."""
    home = db.scalar(select(Member.chapter_id).where(Member.id == used.member_id))
    audit_in(db, used.member_id, action, member_id=used.member_id, chapter_id=home, made_by=used.made_by)
    tell_in(db, used.member_id, notice, by=used.made_by)
    ended = end_roles_beyond_in(db, used.made_by, used.member_id)
    if ended:
        tell_in(db, used.member_id, "roles_ended", by=used.made_by, roles=" ".join(ended))


def set_disabled(actor_id: int, member_id: int, disabled: bool, reason: str = "") -> None:
    """Close an account, which ends its sessions at once, or open it again."""
    tell_ended(_set_disabled(actor_id, member_id, disabled, reason))


@writing
def _set_disabled(db: Session, actor_id: int, member_id: int, disabled: bool, reason: str) -> list[tuple[int, int]]:
    member, account = require_over_in(db, actor_id, member_id), db.get(Account, member_id)
    if account is None or account.status == WAITING or actor_id == member_id:
        raise Rejected("not_now")
    account.status = DISABLED if disabled else ACTIVE
    end_links_to_in(db, [member_id])
    if disabled:
        end_made_by_in(db, member_id)
    audit_in(
        db,
        actor_id,
        "account.disabled" if disabled else "account.enabled",
        member_id=member_id,
        chapter_id=member.chapter_id,
        reason=reason,
    )
    end_in(db, MEMBER, [member_id])
    return end_sign_ins_in(db, member_id) if disabled else []


@writing
def _set_password(db: Session, member_id: int, password_hash: str, keep: int) -> list[tuple[int, int]]:
    account = db.get(Account, member_id)
    if account is None:
        raise Rejected("not_now")
    account.password_hash = password_hash
    end_ways_in_in(db, member_id)
    return end_sign_ins_in(db, member_id, keep)


@writing
def store_hash_in(db: Session, member_id: int, password_hash: str) -> None:
    db.get_one(Account, member_id).password_hash = password_hash


@reading
def _stored_hash(db: Session, member_id: int) -> str | None:
    return db.scalar(select(Account.password_hash).where(Account.member_id == member_id))


def new_hash(password: str, username: str = "") -> str:
    problem = passwords.weakness(password, login=username)
    if problem:
        raise Rejected(f"password_{problem}", field="password")
    return passwords.hashed(password)


def add_account_in(db: Session, member_id: int, username: str, email: str, password_hash: str, status: str) -> None:
    db.add(
        Account(
            member_id=member_id,
            username=free_username_in(db, username, member_id),
            email=free_email_in(db, email, member_id),
            password_hash=password_hash,
            status=status,
            created_at=now_us(db),
        )
    )
    db.flush()


def free_username_in(db: Session, username: str, member_id: int) -> str:
    username = username.strip().lower()
    if not re.fullmatch(r"[a-z0-9](?:[a-z0-9._-]{1,30})[a-z0-9]", username):
        raise Rejected("username", field="username")
    require_free_in(db, username, member_id, code="username_taken", field="username")
    return username


def free_email_in(db: Session, email: str, member_id: int) -> str | None:
    email = email.strip().lower()
    if not email:
        return None
    if not re.fullmatch(r"[^@\s]{1,64}@[^@\s]+\.[^@\s.]{2,}", email) or len(email) > 200 or not email.isascii():
        raise Rejected("email", field="email")
    require_free_in(db, email, member_id, code="email", field="email")
    return email
