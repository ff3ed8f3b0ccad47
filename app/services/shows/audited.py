"""The acts of power over shows, as the audit log calls them."""

from __future__ import annotations

from quizzes.refusals import N_

ACTIONS = {
    "show.handed_over": N_("Giao chương trình cho người dẫn khác"),
    "show.removed": N_("Bỏ chương trình khỏi danh sách"),
}
