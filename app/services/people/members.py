"""Members: who they are, where they belong, and lists that stay fast with 100,000 of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, Select, and_, func, select, tuple_
from sqlalchemy.orm import Session, aliased

from app.models.engines import now_us
from app.models.people import Account, Chapter, Member, under
from app.services.audit import audit_in
from app.services.commit import reading, writing
from app.services.people.chapters import chapter_in as _chapter
from app.services.people.chapters import clean_code, open_in, search_text
from app.services.people.consent import RANKING, given_in
from app.services.people.names import owner_in, require_free_in
from app.services.people.notices import tell_in
from app.services.people.pending import end_links_to_in
from app.services.people.person import Person, clean_birth_year, clean_name, clean_nickname, is_code
from app.services.people.power import require_over_in
from app.services.people.public_names import is_child, refresh_public_name
from app.services.people.roles import ORGANISER, path_of_in, require_in
from app.services.tokens import new_code
from quizzes.refusals import Rejected
from quizzes.text import fold, person_key, visible

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
    """Where a member belongs, for questions of rights."""
    return db.scalar(select(Member.path).where(Member.id == member_id))


@reading
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
    found = select(Member.id).where(_inside(db, path))
    found = found.where(*_gone()) if left else found.where(_here())
    for word in fold(words).split():
        found = found.where(Member.search.contains(word, autoescape=True))
    if after is not None:
        found = found.where(tuple_(Member.sort_key, Member.id) > after)
    numbers = list(db.scalars(found.order_by(Member.sort_key, Member.id).limit(limit)))
    rows = member_lines().where(Member.id.in_(numbers)).order_by(Member.sort_key, Member.id)
    return [member_line(*row) for row in db.execute(rows)]


def _gone() -> tuple[ColumnElement[bool], ...]:
    return Member.left_at.is_not(None), Member.erased_at.is_(None), Member.merged_into.is_(None)


def _here() -> ColumnElement[bool]:
    return Member.left_at.is_(None)  # who is erased has left too


def _inside(db: Session, path: str) -> ColumnElement[bool]:
    """The subtree, said so that the right index serves: its own for a small one, the order of names for a large.

    SQLite takes the index of paths whenever it may, which for 100,000 members means sorting them all
    for one page (1 s); hidden in an expression it is left alone and the list is walked in order (5 ms).
    """
    some = select(Member.id).where(under(Member.path, path)).limit(SMALL + 1).subquery()
    if (db.scalar(select(func.count()).select_from(some)) or 0) <= SMALL:
        return under(Member.path, path)
    return and_(Member.path + "" >= path, Member.path + "" < path[:-1] + "0")


@writing
def add_member(db: Session, actor_id: int | None, chapter_id: int, person: Person) -> int:
    """Enter a member an organiser vouches for, without an account, and return the number."""
    require_in(db, actor_id, ORGANISER, path_of_in(db, chapter_id))
    open_in(db, chapter_id)
    number = add_member_in(db, chapter_id, person, confirmed=True)
    audit_in(db, actor_id, "member.added", member_id=number, chapter_id=chapter_id)
    return number


def add_member_in(db: Session, chapter_id: int, person: Person, *, confirmed: bool, nameless: bool = False) -> int:
    """A new member; `nameless`: a child of whom only the nickname is known until the guardian agrees."""
    now = now_us(db)
    new = Member(
        chapter_id=chapter_id,
        path=_chapter(db, chapter_id).path,
        created_at=now,
        confirmed_at=now if confirmed else None,
        public_name="",
        nickname="",
    )
    _fill(db, new, person, nameless=nameless)
    db.add(new)
    db.flush()
    return new.id


@writing
def change_member(db: Session, actor_id: int, member_id: int, person: Person) -> None:
    """Correct what is known about a member."""
    found = require_over_in(db, actor_id, member_id)
    was = found.code
    _fill(db, found, person)
    if found.code != was:
        tell_in(db, member_id, "code_changed", by=actor_id)
    audit_in(db, actor_id, "member.changed", member_id=member_id, chapter_id=found.chapter_id)


@writing
def change_own(db: Session, member_id: int, person: Person) -> None:
    """Correct one's own data. Nobody talks their way past the age gate: that takes an organiser."""
    found = member_in(db, member_id)
    if found.birth_year is not None and is_child(found.birth_year):
        person = replace(person, name=found.name, birth_year=found.birth_year)
    elif is_child(person.birth_year):
        raise Rejected("birth_year", field="birth_year")
    _fill(db, found, replace(person, code=found.code))
    audit_in(db, member_id, "member.changed", member_id=member_id, chapter_id=found.chapter_id)


@writing
def move_member(db: Session, actor_id: int, member_id: int, chapter_id: int, reason: str = "") -> None:
    """Give a member another home chapter. Points already earned stay where they were earned."""
    _move(db, actor_id, member_id, chapter_id, reason)


@writing
def move_members(db: Session, actor_id: int, member_ids: Sequence[int], chapter_id: int, reason: str = "") -> int:
    """The same for several: for all of them or for none. How many."""
    for one in member_ids:
        _move(db, actor_id, one, chapter_id, reason)
    return len(member_ids)


def _move(db: Session, actor_id: int, member_id: int, chapter_id: int, reason: str) -> None:
    found, goal = require_over_in(db, actor_id, member_id), open_in(db, chapter_id)
    require_in(db, actor_id, ORGANISER, goal.path)
    was = found.chapter_id
    end_links_to_in(db, [member_id])
    tell_in(db, member_id, "moved", by=actor_id)
    found.chapter_id, found.path = goal.id, goal.path
    audit_in(db, actor_id, "member.moved", member_id=member_id, chapter_id=chapter_id, reason=reason, was=was)


@writing
def confirm_member(db: Session, actor_id: int, member_id: int) -> None:
    """An organiser vouches that this person belongs to the chapter."""
    _confirm(db, actor_id, member_id)


@writing
def confirm_members(db: Session, actor_id: int, member_ids: Sequence[int]) -> int:
    """The same for many; those who may not be confirmed by this person refuse it all. How many were new."""
    return sum(_confirm(db, actor_id, one) for one in member_ids)


def _confirm(db: Session, actor_id: int, member_id: int) -> bool:
    found = require_over_in(db, actor_id, member_id)
    if found.confirmed_at is not None:
        return False
    found.confirmed_at = now_us(db)
    tell_in(db, member_id, "confirmed", by=actor_id)
    audit_in(db, actor_id, "member.confirmed", member_id=member_id, chapter_id=found.chapter_id)
    return True


@writing
def set_left(db: Session, actor_id: int, member_id: int, left: bool, reason: str = "") -> None:
    """Take a member off the lists (moved away, coming of age), or put them back."""
    _set_left(db, actor_id, member_id, left, reason)


@writing
def set_left_many(db: Session, actor_id: int, member_ids: Sequence[int], left: bool, reason: str = "") -> int:
    """The same for several: for all of them or for none. How many."""
    for one in member_ids:
        _set_left(db, actor_id, one, left, reason)
    return len(member_ids)


def _set_left(db: Session, actor_id: int, member_id: int, left: bool, reason: str) -> None:
    found = require_over_in(db, actor_id, member_id)
    found.left_at = now_us(db) if left else None
    end_links_to_in(db, [member_id])
    action = "member.left" if left else "member.returned"
    audit_in(db, actor_id, action, member_id=member_id, chapter_id=found.chapter_id, reason=reason)


def _fill(db: Session, member: Member, person: Person, *, nameless: bool = False) -> None:
    member.birth_year = clean_birth_year(person.birth_year)
    code = clean_code(person.code) or member.code or new_code()
    if code != member.code:
        if not is_code(code):
            raise Rejected("bad_code", field="code")
        require_free_in(db, code, member.id, code="code_taken", field="code")
    as_it_was = (member.name, member.nickname) == (visible(person.name), person.nickname.strip())
    real = "" if nameless or as_it_was else visible(person.name)
    member.code, member.nickname = code, clean_nickname(person.nickname, real)
    rename_member(member, person.name)
    refresh_public_name(member, member.id is not None and RANKING in given_in(db, member.id))


def rename_member(member: Member, name: str) -> None:
    member.name = clean_name(name)
    member.sort_key, member.search = person_key(member.name), search_text(member.name, member.code)


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
        one.id, one.code, one.name, one.nickname, one.public_name, one.birth_year, one.chapter_id, chapter, place or "",
        one.path, one.confirmed_at is not None, one.left_at is not None, one.erased_at is not None, status, username,
        email, one.sort_key,
    )  # fmt: skip
