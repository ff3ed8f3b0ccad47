"""The audit log: every act of power over people, chapters and roles, in numbers, its reason beside it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from app.models.engines import now_us
from app.models.people import Chapter, Member, under
from app.models.records import Audit, AuditNote
from app.services.commit import reading, writing
from quizzes.refusals import N_

ACTIONS = {
    "account.disabled": N_("Khóa tài khoản"),
    "account.enabled": N_("Mở lại tài khoản"),
    "admin.first": N_("Tạo quản trị viên đầu tiên"),
    "chapter.added": N_("Thêm cơ sở"),
    "chapter.changed": N_("Sửa cơ sở"),
    "chapter.closed": N_("Kết thúc hoặc sáp nhập cơ sở"),
    "chapter.moved": N_("Chuyển cơ sở sang cấp trên khác"),
    "contest.cancelled": N_("Hủy cuộc thi"),
    "contest.discarded": N_("Xóa bản nháp cuộc thi"),
    "contest.decided": N_("Quyết định về kết quả cuộc thi"),
    "contest.complaint": N_("Trả lời khiếu nại"),
    "contest.published": N_("Công bố kết quả cuộc thi"),
    "contest.signal": N_("Xem xét dấu hiệu bất thường"),
    "contest.opened": N_("Mở cuộc thi"),
    "contest.extra_time": N_("Cho thêm thời gian làm bài"),
    "import.done": N_("Nhập danh sách từ tệp"),
    "invitation.made": N_("Tạo liên kết mời"),
    "link.made": N_("Cấp liên kết đặt mật khẩu"),
    "member.added": N_("Thêm đoàn viên"),
    "member.changed": N_("Sửa thông tin đoàn viên"),
    "member.confirmed": N_("Xác nhận đoàn viên"),
    "member.erased": N_("Xóa dữ liệu cá nhân"),
    "member.exported": N_("Xuất danh sách đoàn viên"),
    "member.left": N_("Cho đoàn viên rời danh sách"),
    "member.moved": N_("Chuyển sinh hoạt"),
    "member.returned": N_("Đưa đoàn viên trở lại danh sách"),
    "role.granted": N_("Giao vai trò"),
    "role.revoked": N_("Thu hồi vai trò"),
}


@dataclass(frozen=True)
class Entry:
    """One line of the log as an administrator reads it."""

    id: int
    at: int
    action: str
    actor: str | None
    member: str | None
    chapter: str | None
    data: dict[str, object]
    reason: str


def _audit(
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
    line = Audit(
        at=now_us(db), actor_id=actor_id, action=action, member_id=member_id, chapter_id=chapter_id, data=data
    )
    db.add(line)
    if reason:
        db.flush()
        db.add(AuditNote(audit_id=line.id, words=reason[:500]))


@writing
def note(db: Session, actor_id: int, action: str, *, chapter_id: int | None = None) -> None:
    """Write a line about something that changed nothing, such as taking a list away."""
    _audit(db, actor_id, action, chapter_id=chapter_id)


@reading
def log(db: Session, path: str, *, before: int | None = None, limit: int = 50) -> list[Entry]:
    """The newest lines about the subtree under `path` (`/` for everything), older than line `before`."""
    actor, about = aliased(Member), aliased(Member)
    lines = (
        select(Audit, actor.name, about.name, Chapter.name, AuditNote.words)
        .outerjoin(actor, actor.id == Audit.actor_id)
        .outerjoin(about, about.id == Audit.member_id)
        .outerjoin(Chapter, Chapter.id == Audit.chapter_id)
        .outerjoin(AuditNote, AuditNote.audit_id == Audit.id)
        .order_by(Audit.id.desc())
        .limit(limit)
    )
    if before is not None:
        lines = lines.where(Audit.id < before)
    if path != "/":
        lines = lines.where(under(Chapter.path, path))
    return [
        Entry(line.id, line.at, line.action, who, whom, where, line.data, words or "")
        for line, who, whom, where, words in db.execute(lines)
    ]
