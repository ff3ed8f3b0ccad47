"""The refusals of a chapter's board."""

from __future__ import annotations

from quizzes.refusals import N_

REFUSED: dict[str, tuple[int, str]] = {
    "announcement_empty": (400, N_("Thông báo cần tiêu đề và nội dung.")),
    "poll_options": (400, N_("Thăm dò cần câu hỏi và từ 2 đến %(most)s phương án khác nhau.")),
    "poll_closed": (409, N_("Thăm dò này đã đóng.")),
}
