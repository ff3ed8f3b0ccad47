"""Decides who may run a show, asked of the database each time: its host, and organisers of its chapter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session

from app.models.people import Account, Chapter, Member, RoleGrant
from app.models.shows import Show
from app.services.commit import reading
from app.services.people.chapters import ids_of
from app.services.people.roles import ADMIN, HOST, ORGANISER, Held, held_in, may
from app.services.people.sign_ins import until_in
from app.services.shows.tickets import Ticket

FOR_EVER = 2**62
"""The end of a right that does not end, microseconds."""
NOWHERE = "/"
HOST_OF = select(Show.host_member_id).where(Show.id == bindparam("show"))
RUN = select(Show.host_member_id, Show.chapter_id).where(
    Show.id == bindparam("show"), or_(Show.removed_at.is_(None), Show.over_at.is_not(None))
)
STATUS = select(Account.status).where(Account.member_id == bindparam("member"))
"""Built once: each command of a host asks."""


@dataclass(frozen=True)
class Runner:
    """Somebody who may run a show."""

    member_id: int
    name: str
    chapter: str


def may_run_as(held: Held, member_id: int, host_id: int | None, path: str) -> bool:
    """True when a holder of these roles may run a show of this host, of the chapter at `path` (`/`: of none).

    The host needs the role of a host there; organisers there may run it too, and where there is no chapter
    who administers everything.
    """
    held = list(held)
    if member_id == host_id and may(held, HOST, path):
        return True
    return may(held, ADMIN if path == NOWHERE else ORGANISER, path)


@reading
def may_run(db: Session, member_id: int, show_id: int) -> bool:
    """True when this member may run the show now."""
    return may_run_in(db, member_id, show_id)


def may_run_in(db: Session, member_id: int, show_id: int) -> bool:
    found = db.execute(RUN, {"show": show_id}).one_or_none()
    active = db.scalar(STATUS, {"member": member_id}) == "active"
    if found is None or not active:
        return False
    return may_run_as(held_in(db, member_id), member_id, found.host_member_id, _path(db, found.chapter_id))


def _path(db: Session, chapter_id: int | None) -> str:
    path = db.scalar(select(Chapter.path).where(Chapter.id == chapter_id)) if chapter_id else None
    return path or NOWHERE


@reading
def holds_until(db: Session, ticket: Ticket) -> int:
    """The end of a ticket as things stand now, microseconds since 1970; 0 when its ground has ended already.

    A seat stands on the session it was taken in, if any. A staff ticket stands on the session and on the right
    to run the show; one that the program itself made holds while nobody hosts the show.
    """
    until = until_in(db, ticket.sign_in, ticket.member) if ticket.sign_in else FOR_EVER
    if ticket.side == "public" or not until:
        return until
    if ticket.sign_in:
        return until if may_run_in(db, ticket.member, ticket.show_id) else 0
    host = db.connection().scalar(HOST_OF, {"show": ticket.show_id})
    if host is None:
        return FOR_EVER
    return FOR_EVER if not ticket.issued and may_run_in(db, host, ticket.show_id) else 0


@reading
def runners(db: Session, show_id: int) -> list[Runner]:
    """Everybody who could host this show: those with the role of a host, or more, where it belongs."""
    show = db.get_one(Show, show_id)
    rows = db.execute(
        select(Member.id, Member.name, Chapter.name.label("chapter"))
        .join(Chapter, Chapter.id == Member.chapter_id)
        .where(Member.id.in_(holders_in(db, show.chapter_id, (HOST, ORGANISER, ADMIN))))
        .order_by(Member.sort_key)
    )
    return [Runner(row.id, row.name, row.chapter) for row in rows]


@reading
def has_another(db: Session, show_id: int, member_id: int | None) -> bool:
    """True when anybody else has the right to run this show."""
    return has_another_in(db, show_id, member_id)


def has_another_in(db: Session, show_id: int, member_id: int | None) -> bool:
    show = db.get_one(Show, show_id)
    others = set(db.scalars(holders_in(db, show.chapter_id, (ORGANISER, ADMIN))))
    if show.host_member_id is not None and may_run_in(db, show.host_member_id, show_id):
        others.add(show.host_member_id)
    return bool(others - {member_id})


def holders_in(db: Session, chapter_id: int | None, roles: Iterable[str]):  # type: ignore[no-untyped-def]
    """The members with an active account who hold one of the roles over this chapter; over none: everywhere."""
    path = _path(db, chapter_id)
    wanted = (ADMIN,) if path == NOWHERE else tuple(roles)
    everywhere = RoleGrant.chapter_id.is_(None)
    there = everywhere if path == NOWHERE else or_(everywhere, RoleGrant.chapter_id.in_(ids_of(path)))
    return (
        select(RoleGrant.member_id)
        .join(Account, Account.member_id == RoleGrant.member_id)
        .where(RoleGrant.role.in_(wanted), there, Account.status == "active")
        .distinct()
    )
