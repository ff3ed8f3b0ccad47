"""Slips: a printed way for somebody on the list to open their own account, with a QR picture and a code to type.

A slip is a link that works once. It lives thirty days and ends when it is used, when the slip is printed again and when
who printed it loses the right. Nothing of it is stored but a digest, so a sheet can be printed once and never shown
again. There is no password anywhere: whoever holds the slip makes one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import Select, case, exists, func, or_, select
from sqlalchemy.orm import Session

from app.models.engines import now_us
from app.models.people import Account, Chapter, Member, RoleGrant, under
from app.models.signing_in import OneTimeLink
from app.services.audit import audit_in
from app.services.commit import reading_aside, writing
from app.services.people.links import LIVES, SLIP, member_link_in
from app.services.people.power import is_over_in
from app.services.people.roles import ADMIN, ORGANISER, may, power_in, require_in
from app.services.tokens import clean_typed, new_typed

SHEET = 8
"""Slips on one sheet of A4."""
BATCH = 48
"""Slips made in one transaction at most, whole sheets."""
MOST = 960
"""Slips of one printing: more than a browser likes to hold come with the next one."""


@dataclass(frozen=True)
class Slip:
    """One slip, as it is printed and never again."""

    code: str
    name: str
    member_code: str
    chapter: str
    place: str
    ends_at: int


@dataclass(frozen=True)
class Wanting:
    """The people of a subtree without an account. `batches` are printed one by one, a transaction each."""

    people: int
    printed: int
    with_roles: int
    """People among these whose role keeps this person from printing for them."""
    batches: list[list[int]]


def batches(rows: Iterable[tuple[int, int]], most: int = BATCH) -> list[list[int]]:
    """Members by (chapter, member) in order, cut where a chapter ends, and only a large chapter inside."""
    found: list[list[int]] = []
    for _, group in groupby(rows, key=lambda row: row[0]):
        people = [member for _, member in group]
        if found and len(found[-1]) + len(people) <= most:
            found[-1] += people
        else:
            found += [people[start : start + most] for start in range(0, len(people), most)]
    return found


@reading_aside
def wanting(db: Session, actor_id: int, path: str, *, again: bool = False) -> Wanting:
    """The people below `path` who need a slip; with `again` also those whose slip is printed and not used yet."""
    now, mine = now_us(db), power_in(db, actor_id)
    printed, holds = _printed(now), Member.id.in_(select(RoleGrant.member_id))
    chosen = _without_account().where(under(Member.path, path))
    people, done = db.execute(chosen.with_only_columns(func.count(), func.sum(case((printed, 1), else_=0)))).one()
    roles = {member for member in db.scalars(chosen.where(holds)) if not _by_administrator(db, mine, actor_id, member)}
    rows = (
        select(Chapter.id, Member.id)
        .join(Chapter, Chapter.id == Member.chapter_id)
        .where(Member.id.in_(chosen if again else chosen.where(~printed)))
    )
    ordered = rows.order_by(Chapter.sort_key, Chapter.id, Member.sort_key, Member.id).limit(MOST + len(roles))
    wanted = [(chapter, member) for chapter, member in db.execute(ordered) if member not in roles]
    return Wanting(people, done or 0, len(roles), batches(wanted[:MOST]))


@writing
def make(db: Session, actor_id: int, chapter_id: int, member_ids: Sequence[int]) -> list[Slip]:
    """New slips for these people of the chapter and below, in the order given; former ones end.

    People who have an account by now, have left, or hold a role above the actor's are left out.
    Raises Rejected: forbidden, no_such_chapter.
    """
    top, now, mine = db.get(Chapter, chapter_id), now_us(db), power_in(db, actor_id)
    path = top.path if top else ""
    require_in(db, actor_id, ORGANISER, path)
    chosen = _without_account().where(under(Member.path, path), Member.id.in_(list(member_ids)[:BATCH]))
    holds = set(db.scalars(select(RoleGrant.member_id).where(RoleGrant.member_id.in_(chosen))))
    found = {one.id: one for one in db.scalars(select(Member).where(Member.id.in_(chosen)))}
    ours = [found[one] for one in member_ids[:BATCH] if one in found]
    ours = [one for one in ours if one.id not in holds or _by_administrator(db, mine, actor_id, one.id)]
    chapters = _named(db, {one.chapter_id for one in ours})
    made = [
        Slip(
            member_link_in(db, SLIP, one.id, actor_id, token=new_typed()),
            one.name,
            one.code,
            *chapters[one.chapter_id],
            now + LIVES[SLIP],
        )
        for one in ours
    ]
    for one in ours:
        audit_in(db, actor_id, "slip.printed", member_id=one.id, chapter_id=one.chapter_id)
    return made


def clean_slip(code: str) -> str:
    """A code as it was typed, with or without dashes and in any case."""
    return clean_typed(code)


def _without_account() -> Select[int]:
    has = exists().where(Account.member_id == Member.id)
    return select(Member.id).where(Member.left_at.is_(None), Member.confirmed_at.is_not(None), ~has)


def _printed(now: int):  # type: ignore[no-untyped-def]
    alive = (OneTimeLink.purpose == SLIP, OneTimeLink.ends_at > now, OneTimeLink.uses_left > 0)
    return exists().where(OneTimeLink.member_id == Member.id, *alive)


def _by_administrator(db: Session, mine: list[tuple[str, str]], actor_id: int, member_id: int) -> bool:
    """True when this person may print for somebody with a role: an administrator, and over them as for every verb."""
    path = db.scalar(select(Member.path).where(Member.id == member_id)) or ""
    return may(mine, ADMIN, path) and is_over_in(db, actor_id, member_id)


def _named(db: Session, numbers: set[int]) -> dict[int, tuple[str, str]]:
    """The name of each chapter and of the one above it."""
    above = select(Chapter.id, Chapter.name).where(
        or_(Chapter.id.in_(numbers), Chapter.id.in_(select(Chapter.parent_id).where(Chapter.id.in_(numbers))))
    )
    names = {number: str(name) for number, name in db.execute(above)}
    rows = db.execute(select(Chapter.id, Chapter.parent_id).where(Chapter.id.in_(numbers)))
    return {number: (names[number], names.get(parent or 0, "")) for number, parent in rows}
