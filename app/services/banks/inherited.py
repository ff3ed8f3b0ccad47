"""The banks of a chapter that is merged go to its successor: its authors' work is asked by whoever goes on with it."""

from __future__ import annotations

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.models.bank import Bank


def inherit_in(db: Session, chapter_id: int, heir_id: int) -> None:
    """Gives all banks of a chapter to another one."""
    db.execute(update(Bank).where(Bank.chapter_id == chapter_id).values(chapter_id=heir_id))
