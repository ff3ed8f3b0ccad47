"""The owners of banks: public ones are everybody's, the others belong to a chapter and those above it."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from app.models.bank import Bank
from app.models.people import Chapter, under
from app.models.searching import places
from app.services.commit import reading
from app.services.people.roles import AUTHOR, HOST, ORGANISER, REVIEWER, may, power_in

WORKERS = (AUTHOR, REVIEWER, ORGANISER)
"""The roles that see a chapter's own questions with their keys."""
SHOWERS = (HOST, ORGANISER)
"""The roles that may put them into a show."""


def _tops(db: Session, member_id: int, roles: Iterable[str]) -> list[str]:
    held = power_in(db, member_id)
    return sorted({where for _, where in held for role in roles if may(held, role, where)})


def readable_in(db: Session, member_id: int | None, roles: Iterable[str] = WORKERS) -> ColumnElement[bool]:
    """The banks a person may take questions from; the program itself (None) may from all."""
    if member_id is None:
        return Bank.id.is_not(None)
    tops = _tops(db, member_id, roles)
    if "/" in tops:
        return Bank.id.is_not(None)
    own = select(Chapter.id).where(or_(False, *(under(Chapter.path, path) for path in tops)))
    return or_(Bank.public, Bank.chapter_id.in_(own))


def readable_places_in(db: Session, member_id: int | None, roles: Iterable[str] = WORKERS) -> list[tuple[str, ...]]:
    """The same as places of an index of words: one of these banks; nothing where a person reads all of them."""
    mine = list(db.scalars(select(Bank.id).where(readable_in(db, member_id, roles)).order_by(Bank.id)))
    if len(mine) == db.scalar(select(func.count()).select_from(Bank)):
        return []
    return [tuple(word for one in mine or [0] for word in places(one))]


@reading
def of_chapter(db: Session, key: str) -> bool:
    """True for the key of a bank that a chapter made."""
    return db.scalar(select(Bank.id).where(Bank.key == key, Bank.chapter_id.is_not(None))) is not None


def usable_banks_in(db: Session, member_id: int | None, wanted: Iterable[int]) -> set[int]:
    """Those of the wanted banks an organiser may put into a contest."""
    query = select(Bank.id).where(Bank.id.in_(set(wanted)), readable_in(db, member_id, (ORGANISER,)))
    return set(db.scalars(query))
