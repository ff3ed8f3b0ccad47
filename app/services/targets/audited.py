"""The acts of power over targets, as the audit log calls them."""

from __future__ import annotations

from quizzes.refusals import N_

ACTIONS = {
    "target.changed": N_("Sửa chỉ tiêu"),
    "target.figure": N_("Nhập số của chỉ tiêu"),
    "target.figure_removed": N_("Bỏ một số của chỉ tiêu"),
    "target.imported": N_("Nhập số của chỉ tiêu từ tệp"),
    "target.made": N_("Đặt chỉ tiêu"),
    "target.removed": N_("Bỏ chỉ tiêu"),
    "target.shared": N_("Giao chỉ tiêu cho cơ sở"),
}
