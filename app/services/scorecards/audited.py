"""The acts of power over scorecards, as the audit log calls them."""

from __future__ import annotations

from quizzes.refusals import N_

ACTIONS = {
    "scorecard.made": N_("Lập bảng chấm điểm"),
    "scorecard.moved": N_("Chuyển bước của bảng chấm điểm"),
    "scorecard.scored": N_("Tự chấm điểm"),
    "scorecard.verified": N_("Thẩm định điểm"),
}
