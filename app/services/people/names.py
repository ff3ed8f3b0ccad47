"""The one namespace of names people sign in with: member codes, usernames and e-mail addresses.

Whatever is written in one of the three must be free in all three, or somebody could take another's way in. They stand
in two tables, so no unique key covers them: whoever gives a name takes the lock first.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from app.models.engines import lock
from app.models.people import Account, Member
from app.services.people.chapters import clean_code
from quizzes.refusals import Rejected

NAMES = 11
"""The kind of lock that giving a name takes."""


def clean_name_to_sign_in(name: str) -> str:
    """The form in which sign-in names are compared: without regard to case and spaces."""
    return clean_code(name)


def owner_in(db: Session, name: str) -> int | None:
    """The member who signs in by this name. Names of an older version may collide: a username goes before an address
    and a code. The code of a person who is kept as another member is that member's."""
    key = clean_name_to_sign_in(name)
    by_account = or_(Account.username == key.lower(), Account.email == key.lower())
    rows = db.execute(select(Account.member_id, Account.username).where(by_account)).all()
    ours = sorted(rows, key=lambda row: row.username != key.lower())
    return (
        ours[0].member_id
        if ours
        else db.scalar(select(func.coalesce(Member.merged_into, Member.id)).where(Member.code == key))
    )


def require_free_in(db: Session, name: str, member_id: int | None, *, code: str, field: str) -> None:
    """Refuse with `code` a name that is somebody else's, whichever of the three it is there."""
    lock(db, NAMES, 0)
    key = clean_name_to_sign_in(name)
    accounts = select(Account.member_id).where(or_(Account.username == key.lower(), Account.email == key.lower()))
    owners = set(db.scalars(accounts.union_all(select(Member.id).where(Member.code == key))))
    if owners - {member_id}:
        raise Rejected(code, field=field)


def taken_in(db: Session, codes: Iterable[str]) -> set[str]:
    """Those of the codes which are the username of somebody with another code."""
    names = {code.lower(): code for code in codes}
    rows = db.execute(
        select(Account.username, Member.code)
        .join(Member, Member.id == Account.member_id)
        .where(Account.username.in_(names))
    )
    return {names[username] for username, code in rows if username is not None and names[username] != code}
