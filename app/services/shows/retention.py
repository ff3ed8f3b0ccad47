"""Erases what shows keep only for a time: the browsers that displayed one, a month after it was over."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.shows import Show, ShowScreen
from app.services.commit import writing
from app.services.erasing import all_of, slice_in
from quizzes.hours import DAY

KEPT = 30 * DAY
"""How long the browsers of a show are kept after its end, microseconds."""


def erase_due(now: int) -> dict[str, int]:
    """Erase what is old enough; how many rows of each kind."""
    return {"show_screens": all_of(_screens, now)}


@writing
def _screens(db: Session, now: int) -> int:
    old = select(ShowScreen.id).join(Show, Show.id == ShowScreen.show_id).where(Show.over_at < now - KEPT)
    return slice_in(db, old, ShowScreen.id)
