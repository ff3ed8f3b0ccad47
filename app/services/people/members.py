"""Members: who they are, where they belong, and lists that stay fast with 100,000 of them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, func, select, tuple_
from sqlalchemy.orm import Session, aliased

from app.models.people import Account, Chapter, Member, under
from app.services.commit import reading, reading_aside
from app.services.people.names import owner_in
from app.services.people.public_names import is_child
from quizzes.refusals import Rejected
from quizzes.text import sought

SMALL = 2000
"""Members of a subtree that are sorted faster than the whole list is walked."""


@dataclass(frozen=True)
class MemberLine:
    """A member as organisers of the chapter see them."""

    id: int
    code: str
    name: str
    nickname: str
    public_name: str
    birth_year: int | None
    chapter_id: int
    chapter: str
    place: str
    """The chapter above, to tell two of the same name apart."""
    path: str
    confirmed: bool
    left: bool
    erased: bool
    account: str | None
    """None, or the account's status: active, waiting, disabled."""
    username: str | None
    email: str | None
    sort_key: str

    @property
    def child(self) -> bool:
        return is_child(self.birth_year)


@reading
def member(db: Session, member_id: int) -> MemberLine | None:
    """One member, or None."""
    found = db.execute(member_lines().where(Member.id == member_id)).first()
    return member_line(*found) if found else None


@reading
def member_with_code(db: Session, code: str) -> int | None:
    """The member a code or login name belongs to."""
    found = owner_in(db, code)
    return db.scalar(select(Member.id).where(Member.id == found, Member.erased_at.is_(None)))


@reading
def path_of_member(db: Session, member_id: int) -> str | None:
    """The path of a member's chapter, for questions of rights."""
    return db.scalar(select(Member.path).where(Member.id == member_id))


@reading_aside
def list_members(
    db: Session,
    path: str,
    *,
    words: str = "",
    after: tuple[str, int] | None = None,
    limit: int = 50,
    left: bool = False,
) -> list[MemberLine]:
    """Members of a subtree in Vietnamese order, those after the given key; or those who left."""
    found = select(Member.id).where(inside(db, path))
    found = found.where(*_gone()) if left else found.where(_here())
    for word in sought(words):
        found = found.where(Member.search.contains(word, autoescape=True))
    if after is not None:
        found = found.where(tuple_(Member.sort_key, Member.id) > after)
    numbers = list(db.scalars(found.order_by(Member.sort_key, Member.id).limit(limit)))
    rows = member_lines().where(Member.id.in_(numbers)).order_by(Member.sort_key, Member.id)
    return [member_line(*row) for row in db.execute(rows)]


def _gone() -> tuple[ColumnElement[bool], ...]:
    return Member.left_at.is_not(None), Member.erased_at.is_(None), Member.merged_into.is_(None)


def _here() -> ColumnElement[bool]:
    return Member.left_at.is_(None)  # an erased member has left too


def inside(db: Session, path: str) -> ColumnElement[bool]:
    """The subtree, said so that the right index serves: its own for a small one, the order of names for a large.

    SQLite takes the index of paths whenever it may, which for 100,000 members means sorting them all
    for one page (1 s); hidden in an expression it is left alone and the list is walked in order (5 ms).
    """
    some = select(Member.id).where(under(Member.path, path)).limit(SMALL + 1).subquery()
    if (db.scalar(select(func.count()).select_from(some)) or 0) <= SMALL:
        return under(Member.path, path)
    return and_(Member.path + "" >= path, Member.path + "" < path[:-1] + "0")


def member_in(db: Session, member_id: int) -> Member:
    found = db.get(Member, member_id)
    if found is None or found.erased_at is not None:
        raise Rejected("no_such_member")
    return found


def member_lines() -> Select[Member, str, str | None, str | None, str | None, str | None]:
    above = aliased(Chapter)
    return (
        select(Member, Chapter.name, above.name, Account.status, Account.username, Account.email)
        .join(Chapter, Chapter.id == Member.chapter_id)
        .outerjoin(above, above.id == Chapter.parent_id)
        .outerjoin(Account, Account.member_id == Member.id)
    )


def member_line(
    one: Member, chapter: str, place: str | None, status: str | None, username: str | None, email: str | None
) -> MemberLine:
    return MemberLine(
        one.id,
        one.code,
        one.name,
        one.nickname,
        one.public_name,
        one.birth_year,
        one.chapter_id,
        chapter,
        place or "",
        one.path,
        one.confirmed_at is not None,
        one.left_at is not None,
        one.erased_at is not None,
        status,
        username,
        email,
        one.sort_key,
    )
