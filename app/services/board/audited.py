"""The acts of power over boards, as the audit log calls them."""

from __future__ import annotations

from quizzes.refusals import N_

ACTIONS = {
    "board.announced": N_("Đăng thông báo của cơ sở"),
    "board.asked": N_("Mở một thăm dò của cơ sở"),
    "board.taken_down": N_("Gỡ khỏi bảng tin của cơ sở"),
}
