"""The acts of power over points, as the audit log calls them."""

from __future__ import annotations

from quizzes.refusals import N_

ACTIONS = {
    "points.decided": N_("Quyết định điều chỉnh điểm"),
    "points.proposed": N_("Đề nghị điều chỉnh điểm"),
    "points.rules": N_("Ban hành cách tính điểm"),
}
