"""A member's data in tournaments: those they made, and their corrections of who goes on."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.tournaments import Tournament, TournamentGoing
from app.services.personal import Part


def _copy_made(db: Session, member_id: int) -> list[dict[str, Any]]:
    rows = db.execute(select(Tournament.title, Tournament.made_at).where(Tournament.made_by == member_id))
    return [{"title": title, "at": at} for title, at in rows]


def _copy_corrected(db: Session, member_id: int) -> list[dict[str, Any]]:
    rows = db.scalars(select(TournamentGoing).where(TournamentGoing.by == member_id))
    return [{"stage": one.stage, "reason": one.reason, "at": one.at} for one in rows]


PARTS = [
    Part("tournaments", _copy_made, tables=("tournament", "tournament_entrant", "tournament_match", "tournament_line")),
    Part("tournament_corrections", _copy_corrected, tables=("tournament_going",)),
]
