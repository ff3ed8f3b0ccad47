"""Rows that pages address by a public id: the head they share, and finding one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizzes.refusals import Rejected

R = TypeVar("R")


@dataclass(frozen=True)
class Numbered:
    id: int


@dataclass(frozen=True)
class OfChapter:
    """The head of a thing that belongs to a chapter: its public id, the chapter's number, name and path."""

    public_id: str
    chapter_id: int
    chapter: str
    path: str


def row_in(db: Session, table: type[R], public_id: str) -> R:
    """The row, held until the transaction ends so that nobody else changes it; Rejected("not_found")."""
    kind: Any = table
    found: R | None = db.scalar(select(kind).where(kind.public_id == public_id).with_for_update())
    if found is None:
        raise Rejected("not_found")
    return found
