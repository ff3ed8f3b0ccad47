"""A person's data in scorecards: the scores they wrote. Evidence speaks of chapters, not of people."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.scorecards import Score
from app.services.personal import Part


def _copy_written(db: Session, member_id: int) -> list[dict[str, Any]]:
    rows = db.scalars(select(Score).where((Score.claimed_by == member_id) | (Score.verified_by == member_id)))
    return [
        {
            "card": one.scorecard_id,
            "chapter": one.chapter_id,
            "evidence": one.evidence,
            "note": one.note,
            "claimed_at": one.claimed_at if one.claimed_by == member_id else None,
            "verified_at": one.verified_at if one.verified_by == member_id else None,
        }
        for one in rows
    ]


PARTS = [Part("scorecards", _copy_written, tables=("scorecard", "scorecard_score"))]
