"""The acts of power over teams, as the audit log calls them."""

from __future__ import annotations

from quizzes.refusals import N_

ACTIONS = {
    "team.made": N_("Lập một tổ, đội hình"),
    "team.changed": N_("Sửa một tổ, đội hình"),
    "team.ended": N_("Giải thể một tổ, đội hình"),
    "team.rules": N_("Đặt quy định thành phần tổ công nghệ số"),
}
