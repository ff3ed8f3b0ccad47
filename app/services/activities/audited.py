"""The acts of power over activities, as the audit log calls them."""

from __future__ import annotations

from quizzes.refusals import N_

ACTIONS = {
    "activity.planned": N_("Lên lịch một hoạt động"),
    "activity.changed": N_("Sửa một hoạt động"),
    "activity.cancelled": N_("Hủy một hoạt động"),
    "attendance.noted": N_("Điểm danh thay cho đoàn viên"),
    "attendance.removed": N_("Bỏ một lượt điểm danh"),
    "attendance.taken": N_("Tải bảng dự hoạt động của năm"),
    "undertaking.made": N_("Ghi một công trình, ý tưởng hoặc thỏa thuận"),
    "undertaking.changed": N_("Sửa một công trình, ý tưởng hoặc thỏa thuận"),
}
