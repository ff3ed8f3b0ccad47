"""Recipients of one name, whom a hall could not tell apart."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from app.models.awards import Award
from app.models.people import Member
from app.services.people.public_names import GUARDED_UNTIL, this_year

Alike = frozenset[tuple[str, str]]
"""(name, chapter) of several recipients; (name, "") where several chapters have one of that name."""


def alike_in(db: Session, batch_id: int) -> Alike:
    """The names, as a hall reads them, that several recipients of a batch have. One person with two prizes is one."""
    is_hidden = (Member.birth_year > this_year() - GUARDED_UNTIL) & ~Award.nickname
    name = case((is_hidden, Member.public_name), else_=Award.name)
    holders = func.count(func.distinct(func.coalesce(Award.member_id, -func.coalesce(Award.chapter_id, Award.id))))
    query = (
        select(name, Award.chapter, holders)
        .outerjoin(Member, Member.id == Award.member_id)
        .where(Award.batch_id == batch_id, Award.revoked_at.is_(None), Award.name != "")
        .group_by(name, Award.chapter)
    )
    found: set[tuple[str, str]] = set()
    chapters: dict[str, int] = defaultdict(int)
    for shown, chapter, count in db.execute(query):
        chapters[shown] += 1
        if count > 1:
            found.add((shown, chapter))
    return frozenset(found | {(shown, "") for shown, count in chapters.items() if count > 1})
