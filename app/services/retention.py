"""Erases, in every area, what is kept only for a time, and keeps a report of it day by day."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.engines import insert
from app.models.rights import ErasedDay
from app.services.commit import reading, writing
from app.services.offered import offered
from quizzes.rights import day_of


def erase_due(now: int) -> dict[str, int]:
    """Erase what is old enough; how many rows of each kind. What was erased stands in the day's report."""
    erased = {kind: rows for area in offered("retention") for kind, rows in area.erase_due(now).items()}
    if any(erased.values()):
        _report(day_of(now), {kind: rows for kind, rows in erased.items() if rows})
    return erased


@writing
def _report(db: Session, day: int, erased: dict[str, int]) -> None:
    """Added to what the day's report says already: the job runs each hour, in each worker."""
    for kind, rows in sorted(erased.items()):
        new = insert(db, ErasedDay).values(day=day, kind=kind, count=rows)
        more = {"count": ErasedDay.count + new.excluded.count}
        db.execute(new.on_conflict_do_update(index_elements=[ErasedDay.day, ErasedDay.kind], set_=more))


@reading
def report(db: Session, limit: int = 200) -> list[tuple[int, str, int]]:
    """(day, kind, how many rows), the newest day first."""
    rows = db.execute(select(ErasedDay).order_by(ErasedDay.day.desc(), ErasedDay.kind).limit(limit)).scalars()
    return [(one.day, one.kind, one.count) for one in rows]
