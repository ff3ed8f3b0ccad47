"""The acts of power over records, as the audit log calls them."""

from __future__ import annotations

from quizzes.refusals import N_

ACTIONS = {
    "record.noted": N_("Ghi một nghiệp vụ đoàn viên"),
    "record.taken_back": N_("Thu hồi một ghi chép nghiệp vụ"),
    "record.exported": N_("Tải các ghi chép nghiệp vụ"),
}
