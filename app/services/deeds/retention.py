"""Erases the parts of deeds that are kept only for a time: words and pictures 180 days after they came; the numbers
stay."""

from __future__ import annotations

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.models.deeds import Deed, DeedPhoto
from app.services.commit import writing
from app.services.erasing import all_of, slice_in
from quizzes.movement.steps import DAY

KEPT = 180 * DAY
"""How long the words and photos of a deed are kept, microseconds."""


def erase_due(now: int) -> dict[str, int]:
    """Erase what is old enough; how many rows of each kind."""
    return {"deed_words": all_of(_words, now), "deed_photos": all_of(_photos, now)}


@writing
def _words(db: Session, now: int) -> int:
    old = (Deed.at < now - KEPT, or_(Deed.note != "", Deed.place != ""))
    return slice_in(db, select(Deed.id).where(*old), Deed.id, note="", place="")


@writing
def _photos(db: Session, now: int) -> int:
    return slice_in(db, select(DeedPhoto.deed_id).where(DeedPhoto.made_at < now - KEPT), DeedPhoto.deed_id)
