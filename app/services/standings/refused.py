"""The refusals of standings."""

from __future__ import annotations

from quizzes.refusals import N_

REFUSED: dict[str, tuple[int, str]] = {
    "standing_title": (400, N_("Tên bảng cần từ 3 đến 120 ký tự.")),
    "standing_weightless": (400, N_("Công thức riêng cần ít nhất một phần có trọng số lớn hơn 0.")),
    "standing_unknown": (404, N_("Bảng này không so cơ sở nào có mã %(name)s. Hãy xem lại dòng “%(title)s”.")),
    "standing_twice": (409, N_("Cơ sở %(name)s đứng trong hai cụm, khối: “%(first)s” và “%(title)s”.")),
    "standing_removed": (409, N_("Bảng này đã được gỡ khỏi danh sách, không đổi được nữa.")),
}
