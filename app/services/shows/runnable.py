"""The shows a member may run."""

from __future__ import annotations

from sqlalchemy import or_, select, true
from sqlalchemy.orm import Session

from app.models.people import Chapter, under
from app.models.shows import Show
from app.services.commit import reading
from app.services.people.roles import ORGANISER, _held, may
from app.services.shows.listing import Listed, listed
from app.services.shows.show_rights import NOWHERE, may_run_as


@reading
def runnable(db: Session, member_id: int, limit: int = 100) -> list[Listed]:
    """The latest shows this member may run: the own ones, however many others there are, and those of chapters in the
    own subtrees."""
    held = _held(db, member_id)
    tops = {where for role, where in held if may([(role, where)], ORGANISER, where)}
    ways = [Show.host_member_id == member_id]
    if NOWHERE in tops:
        ways.append(true())
    elif tops:
        ways.append(Show.chapter_id.in_(select(Chapter.id).where(or_(*(under(Chapter.path, top) for top in tops)))))
    found: dict[int, tuple[Show, str]] = {}
    for way in ways:  # apart, so that each has its index
        query = select(Show, Chapter.path).outerjoin(Chapter, Chapter.id == Show.chapter_id).where(way)
        rows = db.execute(query.order_by(Show.id.desc()).limit(limit))
        found |= {show.id: (show, path or NOWHERE) for show, path in rows}
    newest = (found[number] for number in sorted(found, reverse=True))
    may_be_run = [show for show, path in newest if may_run_as(held, member_id, show.host_member_id, path)]
    return [listed(show) for show in may_be_run[:limit]]
