"""Membership: entering members, correcting them, moving them, confirming them, taking them off the lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from app.models.engines import now_us
from app.models.people import Member
from app.services.audit import audit_in
from app.services.commit import writing
from app.services.people.chapters import chapter_in as _chapter
from app.services.people.chapters import clean_code, open_in, search_text
from app.services.people.consent import RANKING, given_in
from app.services.people.members import member_in
from app.services.people.names import require_free_in
from app.services.people.notices import tell_in
from app.services.people.pending import end_links_to_in
from app.services.people.person import Person, clean_birth_year, clean_name, clean_nickname, is_code
from app.services.people.power import require_over_in
from app.services.people.public_names import is_child, refresh_public_name
from app.services.people.roles import ORGANISER, path_of_in, require_in
from app.services.tokens import new_code
from quizzes.refusals import Rejected
from quizzes.text import person_key, visible


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
