"""Names behind the codes that a list of awards is made of."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.people import Chapter, Member
from app.services.commit import reading

AT_ONCE = 500
"""The most codes that one statement looks for."""


@reading
def names(db: Session, codes: Sequence[str]) -> dict[str, str]:
    """code -> name of the members and chapters that have these codes; a member's code comes first."""
    found: dict[str, str] = {}
    for at in range(0, len(codes), AT_ONCE):
        some = codes[at : at + AT_ONCE]
        places = select(Chapter.code, Chapter.name).where(Chapter.code.in_(some))
        people = select(Member.code, Member.name).where(Member.code.in_(some), Member.erased_at.is_(None))
        for query in (places, people):
            found |= {row[0]: row[1] for row in db.execute(query)}
    return found
