"""The member behind an identity at another provider: linked by its owner, never guessed."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.models.engines import insert, now_us
from app.models.people import Account
from app.models.signing_in import OutsideIdentity
from app.services.audit import audit_in
from app.services.commit import reading, writing
from app.services.people.logins import ACTIVE
from app.services.people.notices import tell_in
from app.services.people.outside import Identity
from quizzes.refusals import Rejected

MOST = 5
"""Outside accounts that one person may tie."""


@dataclass(frozen=True)
class Line:
    """One linked identity as its owner sees it."""

    id: int
    issuer: str
    linked_at: int
    used_at: int | None


@writing
def link(db: Session, member_id: int, who: Identity) -> None:
    """From now on this identity signs the member in; linking it again changes nothing. Rejected: outside_taken."""
    account = db.scalar(select(Account).where(Account.member_id == member_id).with_for_update())
    if account is None or account.status != ACTIVE:
        raise Rejected("account_disabled")
    mine = len(db.scalars(select(OutsideIdentity.id).where(OutsideIdentity.member_id == member_id)).all())
    row = {"member_id": member_id, "issuer": who.issuer, "subject": who.subject, "linked_at": now_us(db)}
    query = insert(db, OutsideIdentity).values(**row).on_conflict_do_nothing().returning(OutsideIdentity.id)
    if db.execute(query).first() is None:
        owner_is = db.scalar(select(OutsideIdentity.member_id).where(*_is(who)))
        if owner_is != member_id:
            raise Rejected("outside_taken")
        return
    if mine >= MOST:
        raise Rejected("too_many_keys")
    tell_in(db, member_id, "outside_linked", by=None)
    audit_in(db, member_id, "outside.linked", member_id=member_id)


@writing
def owner(db: Session, who: Identity) -> int:
    """The member whom this identity signs in. Rejected: outside_unknown, account_waiting, account_disabled."""
    row = db.execute(
        select(OutsideIdentity.id, OutsideIdentity.member_id, Account.status)
        .join(Account, Account.member_id == OutsideIdentity.member_id)
        .where(*_is(who))
    ).first()
    if row is None:
        raise Rejected("outside_unknown")
    number, member_id, status = row
    if status != ACTIVE:
        raise Rejected("account_waiting" if status == "waiting" else "account_disabled")
    db.execute(update(OutsideIdentity).where(OutsideIdentity.id == number).values(used_at=now_us(db)))
    return int(member_id)


@reading
def identities(db: Session, member_id: int) -> list[Line]:
    """The identities that a member has linked, the oldest first."""
    rows = db.scalars(
        select(OutsideIdentity).where(OutsideIdentity.member_id == member_id).order_by(OutsideIdentity.id)
    )
    return [Line(one.id, one.issuer, one.linked_at, one.used_at) for one in rows]


@writing
def remove(db: Session, member_id: int, number: int) -> None:
    """Remove an identity: it opens the account no more."""
    mine = (OutsideIdentity.id == number, OutsideIdentity.member_id == member_id)
    if db.execute(delete(OutsideIdentity).where(*mine).returning(OutsideIdentity.id)).first() is not None:
        audit_in(db, member_id, "outside.removed", member_id=member_id)


def _is(who: Identity):  # type: ignore[no-untyped-def]
    return OutsideIdentity.issuer == who.issuer, OutsideIdentity.subject == who.subject
