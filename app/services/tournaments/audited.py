"""The acts of power over tournaments, as the audit log calls them."""

from __future__ import annotations

from quizzes.refusals import N_

ACTIONS = {
    "tournament.made": N_("Lập một giải đấu"),
    "tournament.drawn": N_("Bốc thăm vòng đầu của giải"),
    "tournament.typed": N_("Nhập kết quả một trận"),
    "tournament.corrected": N_("Sửa đội đi tiếp"),
    "tournament.removed": N_("Xóa một giải đấu"),
}
