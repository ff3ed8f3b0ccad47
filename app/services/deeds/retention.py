"""What deeds keep only for a time: words and pictures 180 days after they came; the numbers stay."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from app.models.deeds import Deed, DeedPhoto
from app.services.commit import writing
from quizzes.movement.steps import DAY

KEPT = 180 * DAY
SLICE = 500


def erase_due(now: int) -> dict[str, int]:
    """Erase what is old enough; how many rows of each kind."""
    counts = {"deed_words": 0, "deed_photos": 0}
    for what, work in (("deed_words", _words), ("deed_photos", _photos)):
        while changed := work(now):
            counts[what] += changed
    return counts


@writing
def _words(db: Session, now: int) -> int:
    old = (Deed.at < now - KEPT, or_(Deed.note != "", Deed.place != ""))
    ids = list(db.scalars(select(Deed.id).where(*old).limit(SLICE)))
    db.execute(update(Deed).where(Deed.id.in_(ids)).values(note="", place=""))
    return len(ids)


@writing
def _photos(db: Session, now: int) -> int:
    ids = list(db.scalars(select(DeedPhoto.deed_id).where(DeedPhoto.made_at < now - KEPT).limit(SLICE)))
    done: Any = db.execute(delete(DeedPhoto).where(DeedPhoto.deed_id.in_(ids)))
    return int(done.rowcount)
