"""Sessions on the server: begun at sign-in, gone at sign-out. The browser holds a token, we its digest."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, bindparam, delete, exists, func, or_, select, update
from sqlalchemy.orm import Session

from app.models.engines import now_us
from app.models.notices import Notice
from app.models.people import Account, Chapter, Member, RoleGrant
from app.models.signing_in import SignIn
from app.services.commit import reading, writing
from app.services.people.endings import SESSION, end_in
from app.services.people.roles import may
from app.services.tokens import digest, new_token

HOUR = 3600 * 1_000_000
LIFE = 30 * 24 * HOUR
IDLE = 14 * 24 * HOUR
"""How long a sign-in lasts at most, and how long without a request, microseconds."""
FORMER = 30 * 1_000_000
"""How long the former token still works after a renewal, microseconds, for requests already under way."""
NOTED = HOUR // 4
"""How old `seen_at` may grow before a request writes it anew."""


@dataclass(frozen=True)
class CurrentMember:
    """The person who asks, as plain values. `roles` are (role, path of the subtree)."""

    id: int
    name: str
    public_name: str
    chapter_id: int
    path: str
    roles: tuple[tuple[str, str], ...]
    sign_in: int
    """The number of the session; the live layer cuts its sockets when it ends."""
    renew: bool = False
    stale: bool = False
    told: bool = False
    """Something happened to the account that this person has not seen yet."""

    def may(self, role: str, path: str) -> bool:
        """True when this person holds `role` at `path`."""
        return may(self.roles, role, path)

    def has(self, role: str) -> bool:
        """True when this person holds `role` anywhere."""
        return any(may(self.roles, role, where) for _, where in self.roles)

    def top(self, role: str) -> list[str]:
        """The subtrees this person holds `role` in, without those inside another."""
        paths = sorted({where for _, where in self.roles if may(self.roles, role, where)})
        return [one for one in paths if not any(one != other and one.startswith(other) for other in paths)]


@dataclass(frozen=True)
class SignInLine:
    """A living session as its owner sees it."""

    id: int
    device: str
    began_at: int
    seen_at: int


_LIVES = (SignIn.ends_at > bindparam("now"), SignIn.seen_at > bindparam("idle"), Account.status == "active")

_WHO = (
    select(
        SignIn.id,
        SignIn.member_id,
        SignIn.token_hash,
        SignIn.seen_at,
        SignIn.renew,
        Member.name,
        Member.public_name,
        Member.chapter_id,
        Member.path,
        RoleGrant.role,
        func.coalesce(Chapter.path, "/").label("where"),
        exists().where(Notice.member_id == SignIn.member_id, Notice.seen_at.is_(None)).label("told"),
    )
    .join(Member, Member.id == SignIn.member_id)
    .join(Account, Account.member_id == SignIn.member_id)
    .outerjoin(RoleGrant, RoleGrant.member_id == SignIn.member_id)
    .outerjoin(Chapter, Chapter.id == RoleGrant.chapter_id)
    .where(
        or_(
            SignIn.token_hash == bindparam("key"),
            and_(SignIn.former_hash == bindparam("key"), SignIn.renewed_at > bindparam("former")),
        ),
        *_LIVES,
    )
)
"""One statement for every page: session, member and roles."""

_UNTIL = (
    select(SignIn.ends_at)
    .join(Account, Account.member_id == SignIn.member_id)
    .where(SignIn.id == bindparam("sign_in"), SignIn.member_id == bindparam("member"), *_LIVES)
)

_listeners: list[Callable[[int, int], None]] = []


def session_ended(listener: Callable[[int, int], None]) -> Callable[[int, int], None]:
    """Call `listener(member_id, sign_in)` whenever a session ends here. Usable as decorator.

    Other processes read it a second later at most, in the table of what has ended.
    """
    _listeners.append(listener)
    return listener


def tell_ended(ended: Iterable[tuple[int, int]]) -> None:
    """Tell the listeners, outside the transaction that ended the sessions."""
    for member_id, sign_in in ended:
        for listener in _listeners:
            listener(member_id, sign_in)


@writing
def begin(db: Session, member_id: int, device: str = "") -> str:
    """Start a session and return its token."""
    token, now = new_token(), now_us(db)
    db.add(
        SignIn(
            token_hash=digest(token),
            member_id=member_id,
            began_at=now,
            seen_at=now,
            ends_at=now + LIFE,
            device=device[:80],
            renew=False,
        )
    )
    db.execute(update(Account).where(Account.member_id == member_id).values(last_sign_in_at=now))
    return token


@reading
def who(db: Session, token: str) -> CurrentMember | None:
    """The member whose living session this token is, or None."""
    key, now = digest(token), now_us(db)
    # asked by every request: past the object layer it costs half
    rows = db.connection().execute(_WHO, {"key": key, "now": now, "idle": now - IDLE, "former": now - FORMER}).all()
    if not rows:
        return None
    first = rows[0]
    roles = tuple((row.role, row.where) for row in rows if row.role)
    return CurrentMember(
        first.member_id,
        first.name,
        first.public_name,
        first.chapter_id,
        first.path,
        roles,
        first.id,
        bool(first.renew) and first.token_hash == key,
        now - first.seen_at > NOTED,
        bool(first.told),
    )


@writing
def renew(db: Session, token: str) -> str:
    """A new token for the same session; the former one works for some seconds more."""
    fresh = new_token()
    db.execute(
        update(SignIn)
        .where(SignIn.token_hash == digest(token))
        .values(token_hash=digest(fresh), former_hash=digest(token), renewed_at=now_us(db), renew=False)
    )
    return fresh


@writing
def note_seen(db: Session, sign_in: int) -> None:
    """Keep an idle clock from running out."""
    db.execute(update(SignIn).where(SignIn.id == sign_in).values(seen_at=now_us(db)))


def end(token: str) -> None:
    """Sign out: the session is gone, on every tab and socket that used it."""
    tell_ended(_end_by_token(token))


def end_sign_ins(member_id: int, *, keep: int | None = None, only: int | None = None) -> None:
    """End the sessions of a member: all, all but `keep`, or `only` one."""
    tell_ended(_end_sign_ins_now(member_id, keep, only))


@reading
def sign_ins(db: Session, member_id: int) -> list[SignInLine]:
    """The living sessions of a member, the last used first."""
    rows = db.scalars(
        select(SignIn).where(SignIn.member_id == member_id, SignIn.ends_at > now_us(db)).order_by(SignIn.seen_at.desc())
    )
    return [SignInLine(one.id, one.device, one.began_at, one.seen_at) for one in rows]


@reading
def alive(db: Session, sign_ins: Iterable[int]) -> set[int]:
    """Those of the given sessions that still live; for sockets opened in another process."""
    return set(db.scalars(select(SignIn.id).where(SignIn.id.in_(list(sign_ins)), SignIn.ends_at > now_us(db))))


@reading
def until(db: Session, sign_in: int, member_id: int) -> int:
    """When the session of this number ends by itself, microseconds since 1970; 0: it is not alive."""
    return until_in(db, sign_in, member_id)


def until_in(db: Session, sign_in: int, member_id: int) -> int:
    now = now_us(db)
    return db.scalar(_UNTIL, {"sign_in": sign_in, "member": member_id, "now": now, "idle": now - IDLE}) or 0


@writing
def _end_by_token(db: Session, token: str) -> list[tuple[int, int]]:
    key = digest(token)
    return _deleted(db, or_(SignIn.token_hash == key, SignIn.former_hash == key))


@writing
def _end_sign_ins_now(db: Session, member_id: int, keep: int | None, only: int | None) -> list[tuple[int, int]]:
    return end_sign_ins_in(db, member_id, keep, only)


def end_sign_ins_in(
    db: Session, member_id: int, keep: int | None = None, only: int | None = None
) -> list[tuple[int, int]]:
    chosen = [SignIn.member_id == member_id]
    chosen += [] if keep is None else [SignIn.id != keep]
    chosen += [] if only is None else [SignIn.id == only]
    return _deleted(db, *chosen)


def _deleted(db: Session, *chosen: ColumnElement[bool]) -> list[tuple[int, int]]:
    rows = db.execute(delete(SignIn).where(*chosen).returning(SignIn.member_id, SignIn.id))
    ended = [(member_id, sign_in) for member_id, sign_in in rows]
    end_in(db, SESSION, [sign_in for _, sign_in in ended])
    return ended
