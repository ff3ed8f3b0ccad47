"""The acts of power over standings, as the audit log calls them."""

from __future__ import annotations

from quizzes.refusals import N_

ACTIONS = {
    "standing.frozen": N_("Chốt bảng thi đua"),
    "standing.made": N_("Lập bảng thi đua"),
    "standing.removed": N_("Gỡ bảng thi đua"),
    "standing.rules": N_("Đổi công thức của bảng thi đua"),
}
