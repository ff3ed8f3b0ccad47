"""The acts of power in 1+2, as the audit log calls them."""

from __future__ import annotations

from quizzes.refusals import N_

ACTIONS = {
    "campaign.started": N_("Mở đợt 1+2"),
    "demo.removed": N_("Xóa dữ liệu mẫu của 1+2"),
    "teaching.checked": N_("Xác minh một lượt chỉ dẫn"),
    "teaching.reviewed": N_("Xem xét một lượt chỉ dẫn"),
    "witness.card": N_("Cấp thẻ người chứng kiến"),
    "witness.card_revoked": N_("Thu hồi thẻ người chứng kiến"),
}
