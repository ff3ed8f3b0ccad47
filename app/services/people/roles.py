"""Roles in subtrees: who may do what where, and who may give that power on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import and_, delete, func, or_, select, update
from sqlalchemy.orm import Session, aliased

from app.models.engines import now_us
from app.models.people import Account, Chapter, Member, RoleGrant, under
from app.models.signing_in import SignIn
from app.services.audit import audit_in
from app.services.commit import reading, writing
from app.services.people.endings import MEMBER as MEMBER_ENDED
from app.services.people.endings import end_in
from app.services.people.notices import tell_in
from app.services.people.pending import end_links_to_in, end_made_by_in
from quizzes.refusals import N_, Rejected
from quizzes.text import sought

MEMBER, AUTHOR, REVIEWER, HOST = "member", "author", "reviewer", "host"
JUDGE, ORGANISER, ADMIN = "judge", "organiser", "admin"

ROLES = {
    AUTHOR: (N_("Người soạn câu hỏi"), N_("Soạn câu hỏi trong ngân hàng của cơ sở.")),
    REVIEWER: (N_("Người duyệt câu hỏi"), N_("Duyệt câu hỏi do người khác soạn.")),
    HOST: (N_("Người dẫn chương trình"), N_("Tạo và điều khiển chương trình.")),
    JUDGE: (N_("Giám khảo"), N_("Chấm điểm phần thi của chương trình.")),
    ORGANISER: (N_("Người tổ chức"), N_("Quản lý đoàn viên, cuộc thi, chương trình của cơ sở; giao các vai trò trên.")),
    ADMIN: (N_("Quản trị viên"), N_("Mọi quyền trong cơ sở và các đơn vị trực thuộc.")),
}
"""The roles that can be granted. Everybody signed in is a `member`."""

INCLUDES = {ADMIN: frozenset(ROLES), ORGANISER: frozenset({ORGANISER, HOST})}
"""Roles a role brings with it."""

GIVES = {ADMIN: frozenset(ROLES), ORGANISER: frozenset({AUTHOR, REVIEWER, HOST, JUDGE})}
"""Roles a role may give on, in its own subtree."""

Held = Iterable[tuple[str, str]]
"""(role, path of the subtree it is held in)"""


@dataclass(frozen=True)
class Grant:
    """One granted role as a list shows it. `chapter` is None for everywhere."""

    id: int
    member_id: int
    member: str
    code: str
    role: str
    chapter_id: int | None
    chapter: str | None
    place: str
    """The chapter above it."""
    path: str
    granted_at: int


def may(held: Held, role: str, path: str) -> bool:
    """True when one of the held roles brings `role` at `path`."""
    return any(role in INCLUDES.get(has, {has}) and path.startswith(where) for has, where in held)


def may_give(held: Held, role: str, path: str) -> bool:
    """True when one of the held roles may give `role` away at `path`."""
    return any(role in GIVES.get(has, ()) and path.startswith(where) for has, where in held)


@writing
def grant_role(
    db: Session, actor_id: int | None, member_id: int, role: str, chapter_id: int | None, reason: str = ""
) -> int:
    """Give a role in a subtree; giving it again changes nothing. `actor_id` None is the program itself."""
    path = path_of_in(db, chapter_id)
    if role not in ROLES:
        raise Rejected("bad_request", field="role")
    if actor_id is not None and not may_give(power_in(db, actor_id), role, path):
        raise Rejected("forbidden")
    return grant_role_in(db, actor_id, member_id, role, chapter_id, reason)


def grant_role_in(
    db: Session, actor_id: int | None, member_id: int, role: str, chapter_id: int | None, reason: str = ""
) -> int:
    member = db.get(Member, member_id)
    if member is None or member.erased_at is not None:
        raise Rejected("no_such_member", field="member")
    same = (RoleGrant.member_id == member_id, RoleGrant.role == role)
    there = RoleGrant.chapter_id.is_(None) if chapter_id is None else RoleGrant.chapter_id == chapter_id
    found = db.scalar(select(RoleGrant.id).where(*same, there))
    if found is not None:
        return found
    new = RoleGrant(member_id=member_id, role=role, chapter_id=chapter_id, granted_by=actor_id, granted_at=now_us(db))
    db.add(new)
    db.flush()
    renew_sign_ins_in(db, member_id)
    end_links_to_in(db, [member_id])
    tell_in(db, member_id, "role_granted", by=actor_id, role=role)
    audit_in(db, actor_id, "role.granted", member_id=member_id, chapter_id=chapter_id, reason=reason, role=role)
    return new.id


@writing
def revoke_role(db: Session, actor_id: int, grant_id: int, reason: str = "") -> None:
    """Take a role back; the last administrator of everything stays."""
    found = db.get(RoleGrant, grant_id)
    if found is None:
        return
    path = path_of_in(db, found.chapter_id)
    if not may_give(power_in(db, actor_id), found.role, path):
        raise Rejected("forbidden")
    if found.role == ADMIN and found.chapter_id is None and administrators_in(db) == 1:
        raise Rejected("last_admin")
    db.execute(delete(RoleGrant).where(RoleGrant.id == grant_id))
    end_in(db, MEMBER_ENDED, [found.member_id])
    renew_sign_ins_in(db, found.member_id)
    end_links_to_in(db, [found.member_id])
    end_made_by_in(db, found.member_id, path)
    tell_in(db, found.member_id, "role_revoked", by=actor_id, role=found.role)
    audit_in(
        db,
        actor_id,
        "role.revoked",
        member_id=found.member_id,
        chapter_id=found.chapter_id,
        reason=reason,
        role=found.role,
    )


@reading
def grants(
    db: Session,
    *paths: str,
    member_id: int | None = None,
    words: str = "",
    after: tuple[str, int] | None = None,
    limit: int | None = None,
) -> list[Grant]:
    """The roles granted in subtrees (`/`: all, also those held everywhere), strongest chapter first: of one member,
    or of members whose name or code has the words; those behind (path, grant)."""
    where, above = func.coalesce(Chapter.path, "/"), aliased(Chapter)
    rows = (
        select(RoleGrant, Member.name, Member.code, Chapter.name, above.name, where)
        .join(Member, Member.id == RoleGrant.member_id)
        .outerjoin(Chapter, Chapter.id == RoleGrant.chapter_id)
        .outerjoin(above, above.id == Chapter.parent_id)
        .order_by(where, RoleGrant.id)
        .limit(limit)
    )
    if "/" not in paths:
        rows = rows.where(or_(*(under(Chapter.path, path) for path in paths)))
    if member_id is not None:
        rows = rows.where(RoleGrant.member_id == member_id)
    for word in sought(words):
        rows = rows.where(Member.search.contains(word, autoescape=True))
    if after is not None:
        rows = rows.where(or_(where > after[0], and_(where == after[0], RoleGrant.id > after[1])))
    return [
        Grant(g.id, g.member_id, name, code, g.role, g.chapter_id, chapter, place or "", where, g.granted_at)
        for g, name, code, chapter, place, where in db.execute(rows)
    ]


def administrators_in(db: Session) -> int:
    everywhere = (RoleGrant.role == ADMIN, RoleGrant.chapter_id.is_(None))
    return db.scalar(select(func.count()).select_from(RoleGrant).where(*everywhere)) or 0


def held_in(db: Session, member_id: int) -> list[tuple[str, str]]:
    rows = (
        select(RoleGrant.role, func.coalesce(Chapter.path, "/"))
        .outerjoin(Chapter, Chapter.id == RoleGrant.chapter_id)
        .where(RoleGrant.member_id == member_id)
    )
    return [(role, path) for role, path in db.execute(rows)]


def power_in(db: Session, member_id: int) -> list[tuple[str, str]]:
    """The roles that somebody may use now; none while the account is closed or waits for a guardian."""
    status = db.scalar(select(Account.status).where(Account.member_id == member_id))
    return [] if status in ("disabled", "waiting") else held_in(db, member_id)


def require_in(db: Session, actor_id: int | None, role: str, path: str) -> None:
    """Refuse unless the actor holds `role` at `path`. The program itself (None) may."""
    if actor_id is not None and not may(power_in(db, actor_id), role, path):
        raise Rejected("forbidden")


def still_may_in(db: Session, maker_id: int | None, role: str, chapter_id: int) -> bool:
    """True when whoever made something for a chapter might make it today; also of what names no maker."""
    return maker_id is None or may(power_in(db, maker_id), role, path_of_in(db, chapter_id))


def path_of_in(db: Session, chapter_id: int | None) -> str:
    if chapter_id is None:
        return "/"
    path = db.scalar(select(Chapter.path).where(Chapter.id == chapter_id))
    if path is None:
        raise Rejected("no_such_chapter", field="chapter")
    return path


def renew_sign_ins_in(db: Session, member_id: int) -> None:
    db.execute(update(SignIn).where(SignIn.member_id == member_id).values(renew=True))
