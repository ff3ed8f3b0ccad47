"""The acts of power over awards, as the audit log calls them."""

from __future__ import annotations

from quizzes.refusals import N_

ACTIONS = {
    "award.decided": N_("Quyết định một đợt trao giải"),
    "award.letterhead": N_("Đổi phần đầu giấy của cơ sở"),
    "award.proposed": N_("Đề nghị một đợt trao giải"),
    "award.revoked": N_("Thu hồi một giấy đã trao"),
}
