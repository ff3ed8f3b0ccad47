"""The notices to people about their accounts: kept until they are marked as seen, then for three months.

`_tell(db, member_id, code, by=actor_id)` inside the transaction of what happened. A new kind needs its sentence here.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.models.engines import now_us
from app.models.notices import Notice
from app.models.people import Member, RoleGrant
from app.services.commit import reading, writing
from quizzes.refusals import N_

SENTENCES = {
    "admin_reset": N_("Chủ máy chủ đã lấy liên kết để một quản trị viên đặt lại mật khẩu."),
    "award_given": N_("Bạn được trao một giải. Giấy ở mục Giải của tôi."),
    "award_revoked": N_("%(by)s đã thu hồi một giấy đã trao cho bạn. Lý do ở trang của giấy ấy."),
    "code_changed": N_("%(by)s đã sửa mã đoàn viên của bạn. Mã mới cũng dùng để đăng nhập."),
    "confirmed": N_("%(by)s đã xác nhận bạn là đoàn viên của cơ sở."),
    "guardian_said": N_("Người giám hộ của một trẻ trong cơ sở đã đồng ý. Hãy gặp họ rồi xác nhận."),
    "merged": N_("%(by)s đã gộp hai hồ sơ của bạn làm một. Không đúng thì báo người tổ chức trong 30 ngày."),
    "unmerged": N_("%(by)s đã tách lại hai hồ sơ từng gộp làm một."),
    "hours_moved": N_("%(by)s đã dời giờ cuộc thi “%(title)s”. Giờ đóng mới: %(until)s."),
    "moved": N_("%(by)s đã chuyển bạn sang cơ sở khác."),
    "outside_linked": N_("Một tài khoản ở nơi khác đã được gắn để đăng nhập vào tài khoản của bạn."),
    "passkey_added": N_("Một khóa đăng nhập đã được thêm vào tài khoản của bạn."),
    "password_by_link": N_("Mật khẩu của bạn đã được đặt lại bằng liên kết do %(by)s cấp."),
    "password_by_mail": N_("Mật khẩu của bạn đã được đặt lại qua thư điện tử."),
    "opened_by_link": N_("Tài khoản của bạn được mở bằng liên kết do %(by)s cấp."),
    "result_cancelled": N_(
        "Có quyết định hủy kết quả của bạn ở cuộc thi “%(title)s”. Bạn có thể trả lời đến %(until)s."
    ),
    "request_answered": N_("%(by)s đã trả lời yêu cầu của bạn về dữ liệu."),
    "roles_ended": N_("Các vai trò %(by)s không giao được đã kết thúc khi mật khẩu được đặt bằng liên kết."),
    "role_granted": N_("%(by)s đã giao cho bạn một vai trò."),
    "role_revoked": N_("%(by)s đã thu hồi một vai trò của bạn."),
}
KEPT_US = 90 * 24 * 3600 * 1_000_000
"""How long a notice is kept, microseconds."""


@dataclass(frozen=True)
class Told:
    """One thing a person is told. `by` is empty where nobody is known."""

    id: int
    at: int
    code: str
    by: str
    data: dict[str, object]


def tell_in(db: Session, member_id: int, code: str, *, by: int | None, **data: int | str | bool | None) -> None:
    """Tell one person, except what they did themselves."""
    if code not in SENTENCES:
        raise LookupError(f"notice {code!r} has no sentence")
    if by != member_id:
        db.add(Notice(member_id=member_id, at=now_us(db), code=code, by_id=by, data=data))


def tell_administrators_in(db: Session, code: str, *, by: int | None, **data: int | str | bool | None) -> None:
    """Tell everybody who administers everything."""
    everywhere = (RoleGrant.role == "admin", RoleGrant.chapter_id.is_(None))
    for member_id in db.scalars(select(RoleGrant.member_id).where(*everywhere)).all():
        tell_in(db, member_id, code, by=by, **data)


@reading
def told(db: Session, member_id: int) -> list[Told]:
    """The notices that this person has not seen yet, the newest first."""
    rows = db.execute(
        select(Notice, Member.name)
        .outerjoin(Member, Member.id == Notice.by_id)
        .where(Notice.member_id == member_id, Notice.seen_at.is_(None))
        .order_by(Notice.id.desc())
    )
    return [Told(one.id, one.at, one.code, name or "", one.data) for one, name in rows]


@writing
def seen(db: Session, member_id: int, up_to: int) -> None:
    """The person has seen everything up to this number; what is old goes."""
    now, mine = now_us(db), Notice.member_id == member_id
    unseen = (mine, Notice.id <= up_to, Notice.seen_at.is_(None))
    db.execute(update(Notice).where(*unseen).values(seen_at=now))
    db.execute(delete(Notice).where(mine, Notice.seen_at < now - KEPT_US))
