"""A proposal of recipients: lines of codes and prizes, made from a ranking."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.people import Chapter, Member
from app.services.commit import reading


@dataclass(frozen=True)
class Proposed:
    """The proposed content of the form. `path`: the chapter of the source, for questions of rights."""

    title: str
    wording: str
    lines: list[tuple[str, str]]
    path: str


@reading
def codes_of(db: Session, members: Sequence[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for at in range(0, len(members), 500):
        query = select(Member.id, Member.code).where(Member.id.in_(members[at : at + 500]), Member.erased_at.is_(None))
        found |= {row[0]: row[1] for row in db.execute(query)}
    return found


@reading
def codes_of_chapters(db: Session, numbers: Sequence[int]) -> dict[int, str]:
    rows = db.execute(select(Chapter.id, Chapter.code).where(Chapter.id.in_(numbers)))
    return {row[0]: row[1] for row in rows}
