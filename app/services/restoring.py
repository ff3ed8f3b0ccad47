"""Prepares a database that was brought back, before anybody uses it."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.models.people import Member
from app.models.shows import Show
from app.models.signing_in import OneTimeLink
from app.services.audit import audit_in
from app.services.commit import reading, writing
from app.services.people import my_data

FURTHER = 1_000_000
"""More events than a show has between a backup and its restore: screens go on behind those that phones have seen."""


@writing
def settle_in(db: Session, erased: Iterable[int]) -> int:
    """Erase again who was erased since, end the links that may have been used since, and let screens go on.

    Returns how many people were erased.
    """
    again = [number for number in sorted(set(erased)) if my_data.erase_again_in(db, number)]
    db.execute(delete(OneTimeLink))
    db.execute(update(Show).values(ahead=Show.ahead + FURTHER))
    audit_in(db, None, "data.restored", erased=len(again))
    return len(again)


@reading
def erased_numbers(db: Session) -> set[int]:
    """Everybody who is erased in this database."""
    return set(db.scalars(select(Member.id).where(Member.erased_at.is_not(None))))
