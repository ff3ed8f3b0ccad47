"""The audit log: every act of power over people, chapters and roles, in numbers, its reason beside it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, or_, select, true
from sqlalchemy.orm import Session, aliased

from app.models.engines import now_us
from app.models.people import Chapter, Member, RoleGrant, under
from app.models.records import Audit, AuditNote
from app.services.commit import reading_aside, writing
from app.services.offered import offered
from quizzes.text import sought


def actions() -> dict[str, str]:
    """Every act that is audited: its code and what the log calls it, from the `audited.py` of every area."""
    return {code: says for area in offered("audited") for code, says in area.ACTIONS.items()}


@dataclass(frozen=True)
class Entry:
    """One line of the log as organisers and administrators read it."""

    id: int
    at: int
    action: str
    actor: str | None
    member: str | None
    chapter: str | None
    data: dict[str, object]
    reason: str
    hidden: bool = False
    """A reason was written, for those above only."""
    place: str = ""
    """The chapter above the one that is named."""


def audit_in(
    db: Session,
    actor_id: int | None,
    action: str,
    *,
    member_id: int | None = None,
    chapter_id: int | None = None,
    reason: str = "",
    **data: int | str | bool | None,
) -> None:
    """Write a line inside the caller's transaction. `data`: numbers and codes, never words of persons."""
    line = Audit(at=now_us(db), actor_id=actor_id, action=action, member_id=member_id, chapter_id=chapter_id, data=data)
    db.add(line)
    if reason:
        db.flush()
        db.add(AuditNote(audit_id=line.id, words=reason[:500]))


@writing
def note(db: Session, actor_id: int, action: str, *, chapter_id: int | None = None) -> None:
    """Write a line about something that changed nothing, such as taking a list away."""
    audit_in(db, actor_id, action, chapter_id=chapter_id)


@reading_aside
def log(
    db: Session,
    path: str,
    *,
    before: int | None = None,
    limit: int = 50,
    words: str = "",
    action: str = "",
    reader: int | None = None,
) -> list[Entry]:
    """The newest lines about people and things of the subtree under `path` (`/` for everything), older than line
    `before`: those that name somebody or a chapter like `words`, and of one `action`.

    A `reader` is told no reason that was written above the subtree; None is the program itself.
    """
    found = db.execute(_lines(_numbers(db, path, before, limit, words, action))).all()
    above = _above(db, path, {who.id for _, who, *_ in found if who}) if reader is not None else set()
    return [
        Entry(
            line.id,
            line.at,
            line.action,
            who.name if who else None,
            whom,
            where,
            line.data,
            (said or "") if reader is None or line.actor_id == reader or _told(who, path, above) else "",
            hidden=bool(said) and not (reader is None or line.actor_id == reader or _told(who, path, above)),
            place=place or "",
        )
        for line, who, whom, where, place, said in found
    ]


def _lines(numbers: list[int]) -> Select[Audit, Member | None, str | None, str | None, str | None, str | None]:
    actor, about, over = aliased(Member), aliased(Member), aliased(Chapter)
    return (
        select(Audit, actor, about.name, Chapter.name, over.name, AuditNote.words)
        .outerjoin(actor, actor.id == Audit.actor_id)
        .outerjoin(about, about.id == Audit.member_id)
        .outerjoin(Chapter, Chapter.id == Audit.chapter_id)
        .outerjoin(over, over.id == Chapter.parent_id)
        .outerjoin(AuditNote, AuditNote.audit_id == Audit.id)
        .where(Audit.id.in_(numbers))
        .order_by(Audit.id.desc())
    )


def _numbers(db: Session, path: str, before: int | None, limit: int, words: str, action: str) -> list[int]:
    """The newest lines that fit, each kind found by its own index."""
    fits = [Audit.id < before] if before is not None else []
    fits += [Audit.action == action] if action else []
    if words.strip():
        people, places = _like(Member, words), _like(Chapter, words)
        named = (Audit.member_id.in_(people), Audit.actor_id.in_(people), Audit.chapter_id.in_(places))
        fits.append(or_(*named))
    here: list[ColumnElement[bool]] = [
        Audit.chapter_id.in_(select(Chapter.id).where(under(Chapter.path, path))),
        Audit.member_id.in_(select(Member.id).where(under(Member.path, path))),
    ]
    found: set[int] = set()
    for concerns in here if path != "/" else [true()]:
        query = select(Audit.id).where(concerns, *fits).order_by(Audit.id.desc()).limit(limit)
        found.update(db.scalars(query))
    return sorted(found, reverse=True)[:limit]


def _like(table: type[Member] | type[Chapter], words: str) -> Select[int]:
    query = select(table.id)
    for word in sought(words):
        query = query.where(table.search.contains(word, autoescape=True))
    return query


def _above(db: Session, path: str, people: set[int]) -> set[int]:
    """Those who hold power above the subtree."""
    held = select(RoleGrant.member_id, func.coalesce(Chapter.path, "/")).outerjoin(
        Chapter, Chapter.id == RoleGrant.chapter_id
    )
    rows = db.execute(held.where(RoleGrant.member_id.in_(people), RoleGrant.role.in_(("organiser", "admin"))))
    return {member for member, where in rows if path.startswith(where) and path != where}


def _told(who: Member | None, path: str, above: set[int]) -> bool:
    """True when readers of the subtree may see this person's reasons: somebody of the subtree, without power above
    it."""
    return who is not None and who.path.startswith(path) and who.id not in above
