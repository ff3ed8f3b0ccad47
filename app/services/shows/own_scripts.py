"""Scripts that hosts compose for themselves: kept while they grow, used again as often as they like.

Only who composes a script changes it; where it is shared, others on its line of the tree read and copy it. What it
asks is checked when a show is made from it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from app.models.engines import now_us
from app.models.people import Chapter, Member, under
from app.models.shows import JournalLine, OwnScript
from app.services.commit import reading, writing
from app.services.people.chapters import ids_of
from app.services.people.roles import HOST, Held, may, power_in
from app.services.shows import scripts
from app.services.shows.rights import may_run_in
from app.services.tokens import new_address_id
from quizzes.english import Pairs, pairs, without_left_behind
from quizzes.refusals import Rejected
from quizzes.text import fold, sought

LONGEST = 1_000_000
"""Bytes of one script: 500 questions of 2 KB."""
MOST = 300
"""Scripts of one person."""


@dataclass(frozen=True)
class Composed:
    """A script of a host. `revision` changes with every save: who saves says which one they saw."""

    public_id: str
    body: dict[str, Any]
    updated_at: int
    shared_with: int | None = None
    """The chapter whose hosts, and those below and above it, may read and copy it."""

    @property
    def revision(self) -> int:
        return self.updated_at


@writing
def add(db: Session, member_id: int, body: Mapping[str, Any]) -> str:
    """A new script; its public number. Rejected: forbidden, too_many_scripts, script_too_large."""
    held = list(power_in(db, member_id))
    if not any(may(held, HOST, where) for _, where in held):
        raise Rejected("forbidden")
    if len(db.scalars(select(OwnScript.id).where(OwnScript.member_id == member_id).limit(MOST)).all()) >= MOST:
        raise Rejected("too_many_scripts")
    new = OwnScript(public_id=new_address_id(12), member_id=member_id, body=_written(body), updated_at=now_us(db))
    db.add(new)
    db.flush()
    return new.public_id


@reading
def one(db: Session, member_id: int, public_id: str) -> Composed:
    """A script of this member, or Rejected("not_found")."""
    found = db.scalar(select(OwnScript).where(OwnScript.public_id == public_id, OwnScript.member_id == member_id))
    if found is None:
        raise Rejected("not_found")
    return _composed(found)


@reading
def of_member(db: Session, member_id: int, words: str = "") -> list[Composed]:
    """The member's scripts, the latest first: all, or those whose title has the words, without marks and case."""
    query = select(OwnScript).where(OwnScript.member_id == member_id).order_by(OwnScript.updated_at.desc())
    found = [_composed(one) for one in db.scalars(query.limit(MOST))]
    return [one for one in found if all(word in fold(one.body["title"].get("vi", "")) for word in sought(words))]


@dataclass(frozen=True)
class Shared:
    """A script somebody shares."""

    script: Composed
    by: str
    chapter: str


@reading
def shared_to(db: Session, member_id: int, held: Held | None = None) -> list[Shared]:
    """The scripts of others that this host may read and copy: shared with a chapter on the own line of the tree.
    `held`: the roles where a page has just asked them."""
    roles = power_in(db, member_id) if held is None else held
    lines = [where for role, where in roles if may([(role, where)], HOST, where)]
    if not lines:
        return []
    query = (
        select(OwnScript, Member.public_name, Chapter.name)
        .join(Chapter, Chapter.id == OwnScript.shared_chapter_id)
        .join(Member, Member.id == OwnScript.member_id)
        .where(OwnScript.member_id != member_id)
        .where(or_(*(under(Chapter.path, one) | Chapter.id.in_(ids_of(one)) for one in lines)))
        .order_by(OwnScript.updated_at.desc())
        .limit(MOST)
    )
    return [Shared(_composed(row), name, chapter) for row, name, chapter in db.execute(query)]


def readable(member_id: int, public_id: str) -> Composed:
    """The member's own script or one that is shared with them, or Rejected("not_found")."""
    for one_ in shared_to(member_id):
        if one_.script.public_id == public_id:
            return one_.script
    return one(member_id, public_id)


@writing
def share(db: Session, member_id: int, public_id: str, chapter_id: int | None) -> None:
    """Share a script with a chapter one may host in, or with nobody. Rejected: forbidden, not_found."""
    if chapter_id is not None:
        path = db.scalar(select(Chapter.path).where(Chapter.id == chapter_id))
        if path is None or not may(list(power_in(db, member_id)), HOST, path):
            raise Rejected("forbidden")
    mine = (OwnScript.public_id == public_id, OwnScript.member_id == member_id)
    query = update(OwnScript).where(*mine).values(shared_chapter_id=chapter_id).returning(OwnScript.id)
    if db.scalar(query) is None:
        raise Rejected("not_found")


@writing
def save(db: Session, member_id: int, public_id: str, seen: int, body: Mapping[str, Any]) -> None:
    """Keep what was changed; English words of a shipped script are not kept beside other Vietnamese.

    Rejected("old_revision") where it was changed elsewhere meanwhile.
    """
    now = max(now_us(db), seen + 1)
    query = update(OwnScript).where(
        OwnScript.public_id == public_id, OwnScript.member_id == member_id, OwnScript.updated_at == seen
    )
    query = query.values(body=_written(without_left_behind(body, _english())), updated_at=now)
    if db.scalar(query.returning(OwnScript.id)) is None:
        raise Rejected("old_revision")


@writing
def remove(db: Session, member_id: int, public_id: str) -> None:
    """Throw a script away; the shows made from it stay."""
    db.execute(delete(OwnScript).where(OwnScript.public_id == public_id, OwnScript.member_id == member_id))


@reading
def of_show(db: Session, member_id: int, show_id: int) -> dict[str, Any]:
    """The script a show was made from, with its questions as they were asked, to make another like it."""
    if not may_run_in(db, member_id, show_id):
        raise Rejected("forbidden")
    found = db.scalars(select(JournalLine.data).where(JournalLine.show_id == show_id, JournalLine.seq == 1)).one()
    created = json.loads(found)
    rounds = [
        {**part, "questions": asked}
        for part, asked in zip(created["script"]["rounds"], created["questions"], strict=True)
    ]
    return {**created["script"], "title": created["title"], "rounds": rounds}


@cache
def _english() -> Pairs:
    return pairs(scripts.available().values())


def _composed(row: OwnScript) -> Composed:
    return Composed(row.public_id, json.loads(row.body), row.updated_at, row.shared_chapter_id)


def _written(body: Mapping[str, Any]) -> str:
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    if len(text.encode()) > LONGEST:
        raise Rejected("script_too_large")
    return text
