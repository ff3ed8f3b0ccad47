"""The people who signed up and wait for an organiser's word, each with the listed people it may be.

The likeness is told to organisers only: whoever signs up learns nothing of who is on the list.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, func, select, tuple_
from sqlalchemy.orm import Session, aliased

from app.models.people import Account, Chapter, Member, under
from app.services.commit import reading, reading_aside
from app.services.people.members import MemberLine, member_line, member_lines
from app.services.people.person import Person
from quizzes.text import fold, person_key, sought, visible

MOST_ALIKE = 3
"""Similar members shown beside one who waits."""
LOOKED_AT = 500
"""Members looked at for namesakes."""


@dataclass(frozen=True)
class Waiting:
    """Somebody unconfirmed, and those of the list they may be."""

    member: MemberLine
    alike: list[MemberLine]


@reading_aside
def count(db: Session, path: str) -> int:
    """The number of people who wait in a subtree."""
    return db.scalar(select(func.count()).select_from(Member).where(under(Member.path, path), _waits(Member))) or 0


@reading
def waiting(
    db: Session,
    path: str,
    *,
    words: str = "",
    alike: bool = False,
    after: tuple[str, int] | None = None,
    limit: int = 50,
) -> list[Waiting]:
    """Those who wait in a subtree, in Vietnamese order; with `alike` only whose name is on the list."""
    chosen = select(Member.id).where(under(Member.path, path), _waits(Member))
    for word in sought(words):
        chosen = chosen.where(Member.search.contains(word, autoescape=True))
    if after is not None:
        chosen = chosen.where(tuple_(Member.sort_key, Member.id) > after)
    numbers = list(db.scalars(chosen.order_by(Member.sort_key, Member.id).limit(LOOKED_AT if alike else limit)))
    rows = db.execute(member_lines().where(Member.id.in_(numbers)).order_by(Member.sort_key, Member.id))
    people = [member_line(*row) for row in rows]
    listed = _candidates(db, path, people)
    found = [Waiting(one, [other for other in listed if _may_be(one, other)][:MOST_ALIKE]) for one in people]
    return [one for one in found if one.alike or not alike][:limit]


def _candidates(db: Session, path: str, people: Sequence[MemberLine]) -> list[MemberLine]:
    """People of the list by the names of these: in any case in the subtree, without marks in the same chapters."""
    if not people:
        return []
    named = {person_key(written) for one in people for written in _spellings(one.name)}
    near = and_(Member.chapter_id.in_({one.chapter_id for one in people}), ~Member.sort_key.in_(named))
    exact = member_lines().where(under(Member.path, path), _listed(Member), Member.sort_key.in_(named))
    names = {fold(one.name) for one in people}
    folded = member_lines().where(under(Member.path, path), _listed(Member), near)
    return [
        *(member_line(*row) for row in db.execute(exact.order_by(Member.id).limit(LOOKED_AT))),
        *(one for row in db.execute(folded.order_by(Member.id)) if fold((one := member_line(*row)).name) in names),
    ]


def _spellings(name: str) -> tuple[str, str, str]:
    """The spellings of a name that lists use: as it is, with capitals, in capitals."""
    return name, name.title(), name.upper()


def _may_be(one: MemberLine, other: MemberLine) -> bool:
    years = {one.birth_year, other.birth_year} - {None}
    return len(years) < 2 and fold(one.name) == fold(other.name)


def is_listed_in(db: Session, chapter_id: int, person: Person) -> bool:
    """True when the list around this chapter has somebody of this name and year without an account."""
    chapter = db.get_one(Chapter, chapter_id)
    around = db.scalar(select(Chapter.path).where(Chapter.id == chapter.parent_id)) or chapter.path
    keys = [person_key(written) for written in _spellings(visible(person.name))]
    named = (Member.sort_key.in_(keys), under(Member.path, around), _listed(Member))
    return any(year in (None, person.birth_year) for year in db.scalars(select(Member.birth_year).where(*named)))


def _waits(member: type[Member]) -> ColumnElement[bool]:
    return and_(member.confirmed_at.is_(None), member.left_at.is_(None))


def _listed(member: type[Member]) -> ColumnElement[bool]:
    account = aliased(Account)
    has = exists().where(account.member_id == member.id)
    return and_(member.confirmed_at.is_not(None), member.left_at.is_(None), ~has)
