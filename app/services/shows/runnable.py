"""The shows a member may run."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import or_, select, true
from sqlalchemy.orm import Session

from app.models.people import Chapter, Member, under
from app.models.shows import Show
from app.services.commit import reading
from app.services.people.roles import ORGANISER, held_in, may
from app.services.shows.listing import Listed, listed
from app.services.shows.rights import NOWHERE, may_run_as
from quizzes.text import fold, sought

SEARCHED = 2000
"""How many of the latest shows are looked through for words."""


@dataclass(frozen=True)
class Runnable:
    """A show with what tells it from another of the same name."""

    show: Listed
    chapter: str
    host: str


@reading
def runnable(db: Session, member_id: int, limit: int = 100, words: str = "") -> list[Runnable]:
    """The latest shows this member may run: the own ones, however many others there are, and those of chapters in the
    own subtrees. With `words` those whose title, chapter, host or PIN has them, without marks and case."""
    held = held_in(db, member_id)
    tops = {where for role, where in held if may([(role, where)], ORGANISER, where)}
    ways = [Show.host_member_id == member_id]
    if NOWHERE in tops:
        ways.append(true())
    elif tops:
        ways.append(Show.chapter_id.in_(select(Chapter.id).where(or_(*(under(Chapter.path, top) for top in tops)))))
    found: dict[int, tuple[Show, str, str, str]] = {}
    for way in ways:  # apart, so that each has its index
        query = select(Show, Chapter.path, Chapter.name, Member.name).where(way, Show.removed_at.is_(None))
        query = query.outerjoin(Chapter, Chapter.id == Show.chapter_id)
        query = query.outerjoin(Member, Member.id == Show.host_member_id).order_by(Show.id.desc())
        rows = db.execute(query.limit(SEARCHED if words else limit))
        found |= {show.id: (show, path or NOWHERE, chapter or "", host or "") for show, path, chapter, host in rows}
    newest, wanted = (found[number] for number in sorted(found, reverse=True)), sought(words)
    may_be_run = [
        Runnable(listed(show), chapter, host)
        for show, path, chapter, host in newest
        if may_run_as(held, member_id, show.host_member_id, path)
        and all(word in fold(f"{show.title} {show.pin} {chapter} {host}") for word in wanted)
    ]
    return may_be_run[:limit]
