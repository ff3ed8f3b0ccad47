"""Entries of a scorecard: the words and values that were said of a chapter in each criterion."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.scorecards import Score
from app.services.commit import reading


@dataclass(frozen=True)
class Entry:
    """A chapter's score in one criterion. None: nothing was said yet."""

    claimed: int | None = None
    evidence: str = ""
    claimed_by: int | None = None
    verified: int | None = None
    note: str = ""

    @property
    def mark(self) -> str:
        """The mark of what was claimed: it differs once the value or the evidence is another."""
        return "" if self.claimed is None else sha256(f"{self.claimed} {self.evidence}".encode()).hexdigest()[:12]


@reading
def entries(db: Session, card_id: int, chapter_id: int) -> dict[int, Entry]:
    """The entries for one chapter, by criterion."""
    return entries_in(db, card_id, chapter_id)


def entries_in(db: Session, card_id: int, chapter_id: int) -> dict[int, Entry]:
    rows = db.scalars(select(Score).where(Score.scorecard_id == card_id, Score.chapter_id == chapter_id))
    return {one.place: Entry(one.claimed, one.evidence, one.claimed_by, one.verified, one.note) for one in rows}
