"""Erases what tournaments keep only for a time: the participants' names, two years after the end. Places stay."""

from __future__ import annotations

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.models.tournaments import Tournament, TournamentEntrant
from app.services.commit import writing
from app.services.erasing import SLICE, all_of
from quizzes.movement.steps import DAY

KEPT = 2 * 365 * DAY
"""How long the names of entrants are kept after the end, microseconds."""


def erase_due(now: int) -> dict[str, int]:
    """Erase what is old enough; how many rows of each kind."""
    return {"tournament_names": all_of(_names, now)}


@writing
def _names(db: Session, now: int) -> int:
    old = (Tournament.over_at < now - KEPT, TournamentEntrant.name != "")
    query = select(TournamentEntrant.id).join(Tournament, Tournament.id == TournamentEntrant.tournament_id)
    ids = list(db.scalars(query.where(*old).limit(SLICE)))
    for one in ids:  # a name is once in a tournament, and so is what stands for it
        db.execute(update(TournamentEntrant).where(TournamentEntrant.id == one).values(name="", fold=f"#{one}"))
    return len(ids)
