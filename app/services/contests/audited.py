"""The acts of power over contests, as the audit log calls them."""

from __future__ import annotations

from quizzes.refusals import N_

ACTIONS = {
    "contest.cancelled": N_("Hủy cuộc thi"),
    "contest.discarded": N_("Xóa bản nháp cuộc thi"),
    "contest.moved": N_("Dời giờ một đợt thi"),
    "contest.decided": N_("Quyết định về kết quả cuộc thi"),
    "contest.complaint": N_("Trả lời khiếu nại"),
    "contest.published": N_("Công bố kết quả cuộc thi"),
    "contest.signal": N_("Xem xét dấu hiệu bất thường"),
    "contest.opened": N_("Mở cuộc thi"),
    "contest.extra_time": N_("Cho thêm thời gian làm bài"),
}
