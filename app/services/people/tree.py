"""Changes of the organisation tree: grow it, correct it, move and merge its branches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, func, select, text, update
from sqlalchemy.orm import Session

from app.models.engines import lock, now_us
from app.models.people import Chapter, Member
from app.models.signing_in import OneTimeLink
from app.services.audit import audit_in
from app.services.commit import writing
from app.services.offered import offered
from app.services.people.chapters import chapter_in, clean_code, search_text
from app.services.people.endings import ALL, end_in
from app.services.people.kinds import KINDS
from app.services.people.pending import end_below_in
from app.services.people.roles import ADMIN, ORGANISER, require_in
from app.services.tokens import new_code
from quizzes.refusals import Rejected
from quizzes.text import sort_key, visible

TREE = 5
"""The kind of lock that changes of the tree take: one at a time, so that no two moves make a ring."""


@dataclass(frozen=True)
class Draft:
    """A chapter as a form or a file describes it."""

    name: str
    kind: str
    code: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


@writing
def add_chapter(db: Session, actor_id: int | None, parent_id: int | None, draft: Draft) -> int:
    """Grow the tree by one chapter and return its number."""
    above = chapter_in(db, parent_id).path if parent_id else "/"
    require_in(db, actor_id, ORGANISER if parent_id else ADMIN, above)
    return add_chapter_in(db, actor_id, parent_id, draft)


def add_chapter_in(db: Session, actor_id: int | None, parent_id: int | None, draft: Draft) -> int:
    lock(db, TREE, 0)
    above = chapter_in(db, parent_id).path if parent_id else "/"
    new = Chapter(parent_id=parent_id, path="", created_at=now_us(db))
    _fill(db, new, draft)
    db.add(new)
    db.flush()
    new.path = f"{above}{new.id}/"
    audit_in(db, actor_id, "chapter.added", chapter_id=new.id)
    return new.id


@writing
def change_chapter(db: Session, actor_id: int, chapter_id: int, draft: Draft) -> None:
    """Correct what is known about a chapter."""
    found = chapter_in(db, chapter_id)
    require_in(db, actor_id, ORGANISER, found.path)
    _fill(db, found, draft)
    audit_in(db, actor_id, "chapter.changed", chapter_id=chapter_id)


@writing
def move_chapter(db: Session, actor_id: int, chapter_id: int, parent_id: int | None, reason: str = "") -> None:
    """Hang a branch under another chapter. Refuses what would make a ring, and who may not take it from where it hangs:
    nobody moves their own chapter out of the hands of those above."""
    lock(db, TREE, 0)
    found, above = chapter_in(db, chapter_id), chapter_in(db, parent_id) if parent_id else None
    require_in(db, actor_id, ORGANISER, chapter_in(db, found.parent_id).path if found.parent_id else "/")
    require_in(db, actor_id, ORGANISER, above.path if above else "/")
    if above is not None and above.path.startswith(found.path):
        raise Rejected("chapter_ring", field="parent")
    end_below_in(db, found.path)
    was, found.parent_id = found.parent_id, parent_id
    replant_in(db)
    audit_in(db, actor_id, "chapter.moved", chapter_id=chapter_id, reason=reason, was=was, now=parent_id)


@writing
def close_chapter(
    db: Session,
    actor_id: int,
    chapter_id: int,
    on: date,
    successor_id: int | None = None,
    reason: str = "",
    leave: bool = False,
) -> None:
    """End a chapter on a day. A successor takes over its members, the chapters below it and what areas offer for it
    (`inherited`); without one nobody is left inside unasked (`leave`). Invitations into it end.

    The closed chapter stays in the tree, so points and results of its time keep their place.
    """
    lock(db, TREE, 0)
    found = chapter_in(db, chapter_id)
    require_in(db, actor_id, ORGANISER, found.path)
    if found.valid_from and on < found.valid_from:
        raise Rejected("bad_dates", field="valid_to")
    if successor_id is None and not leave and (some := _inside(db, found)):
        raise Rejected("chapter_not_empty", field="successor", members=some[0], chapters=some[1])
    db.execute(delete(OneTimeLink).where(OneTimeLink.chapter_id == found.id))  # nobody is invited any more
    if successor_id is not None:
        end_below_in(db, found.path)
        heir = chapter_in(db, successor_id)
        require_in(db, actor_id, ORGANISER, heir.path)
        if heir.valid_to is not None:
            raise Rejected("chapter_closed", field="successor")
        if heir.path.startswith(found.path):
            raise Rejected("chapter_ring", field="successor")
        db.execute(update(Chapter).where(Chapter.parent_id == found.id).values(parent_id=heir.id))
        db.execute(update(Member).where(Member.chapter_id == found.id).values(chapter_id=heir.id))
        found.successor_id = heir.id
        for area in offered("inherited"):
            area.inherit_in(db, found.id, heir.id)
    found.valid_to = on
    replant_in(db)
    audit_in(db, actor_id, "chapter.closed", chapter_id=chapter_id, reason=reason, successor=successor_id)


@writing
def reopen_chapter(db: Session, actor_id: int, chapter_id: int, reason: str = "") -> None:
    """Opens a chapter that was closed. People and things that went to a successor stay there."""
    found = chapter_in(db, chapter_id)
    if found.valid_to is None:
        raise Rejected("not_now")
    require_in(db, actor_id, ORGANISER, chapter_in(db, found.parent_id).path if found.parent_id else "/")
    was, found.valid_to, found.successor_id = found.successor_id, None, None
    audit_in(db, actor_id, "chapter.reopened", chapter_id=chapter_id, reason=reason, successor=was)


def _inside(db: Session, chapter: Chapter) -> tuple[int, int] | None:
    """(members, open chapters below) who would be left in a chapter that ends, or None."""
    members = select(func.count()).select_from(Member).where(Member.chapter_id == chapter.id, Member.left_at.is_(None))
    below = select(func.count()).select_from(Chapter).where(Chapter.parent_id == chapter.id, Chapter.valid_to.is_(None))
    found = db.scalar(members) or 0, db.scalar(below) or 0
    return found if any(found) else None


_PATHS = text("""
    WITH RECURSIVE tree(id, path) AS (
        SELECT id, '/' || CAST(id AS VARCHAR(20)) || '/' FROM chapter WHERE parent_id IS NULL
        UNION ALL
        SELECT c.id, t.path || CAST(c.id AS VARCHAR(20)) || '/'
        FROM chapter c JOIN tree t ON c.parent_id = t.id)
    UPDATE chapter SET path = tree.path FROM tree WHERE tree.id = chapter.id AND chapter.path <> tree.path""")
_COPIES = text("""
    UPDATE member SET path = c.path FROM chapter c
    WHERE c.id = member.chapter_id AND member.path <> c.path""")


def replant_in(db: Session) -> None:
    """Write every path anew from `parent_id`, and members' copies. Only changed rows are touched."""
    db.flush()
    db.execute(_PATHS)
    db.execute(_COPIES)
    end_in(db, ALL, [0])
    db.expire_all()


def _fill(db: Session, chapter: Chapter, draft: Draft) -> None:
    name = visible(draft.name)
    if not 2 <= len(name) <= 200:
        raise Rejected("chapter_name", field="name")
    if draft.kind not in KINDS:
        raise Rejected("chapter_kind", field="kind")
    if draft.valid_from and draft.valid_to and draft.valid_to < draft.valid_from:
        raise Rejected("bad_dates", field="valid_to")
    code = clean_code(draft.code) or chapter.code or new_code()
    taken = db.scalar(select(Chapter.id).where(Chapter.code == code))
    if len(code) > 40 or taken not in (None, chapter.id):
        raise Rejected("code_taken", field="code")
    chapter.name, chapter.kind, chapter.code = name, draft.kind, code
    chapter.valid_from, chapter.valid_to = draft.valid_from, draft.valid_to
    chapter.sort_key, chapter.search = sort_key(name), search_text(name, code)
