"""The shows a member may run."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import or_, select, true
from sqlalchemy.orm import Session

from app.models.people import Chapter, under
from app.models.shows import Show
from app.services.commit import reading
from app.services.shows.scripts import Listed, _listed


@reading
def runnable(db: Session, member_id: int, paths: Sequence[str], limit: int = 100) -> list[Listed]:
    """The latest shows this member may run: the own ones, however many others there are, and those of chapters in the
    subtrees `paths` (`/`: every show)."""
    ways = [Show.host_member_id == member_id]
    if "/" in paths:
        ways.append(true())
    elif paths:
        inside = select(Chapter.id).where(or_(*(under(Chapter.path, path) for path in paths)))
        ways.append(Show.chapter_id.in_(inside))
    found: dict[int, Show] = {}
    for way in ways:  # apart, so that each has its index
        found |= {row.id: row for row in db.scalars(select(Show).where(way).order_by(Show.id.desc()).limit(limit))}
    return [_listed(found[number]) for number in sorted(found, reverse=True)[:limit]]
