"""The refusals of sites."""

from __future__ import annotations

from quizzes.refusals import N_

REFUSED: dict[str, tuple[int, str]] = {
    "criteria": (
        400,
        N_("Ghi nhóm bằng dòng bắt đầu bằng #, rồi mỗi tiêu chí khác nhau một dòng; nhiều nhất %(most)s."),
    ),
    "site_known": (409, N_("Đã có một nơi mang tên này.")),
    "site_evidence": (400, N_("Hãy ghi minh chứng của tiêu chí này.")),
    "site_not_ready": (409, N_("Còn %(missing)s tiêu chí chưa đạt.")),
}
