"""The acts of power over shows, as the audit log calls them."""

from __future__ import annotations

from quizzes.refusals import N_

ACTIONS = {
    "parcel.approved": N_("Duyệt khóa của một hội trường"),
    "parcel.ended": N_("Thôi nhận gói của một hội trường"),
    "parcel.taken": N_("Nhận gói chương trình từ một hội trường"),
    "show.handed_over": N_("Giao chương trình cho người dẫn khác"),
    "show.removed": N_("Bỏ chương trình khỏi danh sách"),
}
