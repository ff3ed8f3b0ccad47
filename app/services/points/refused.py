"""The refusals of the ledger of points."""

from __future__ import annotations

from quizzes.refusals import N_

REFUSED: dict[str, tuple[int, str]] = {
    "bad_points": (400, N_("Số điểm ở đây phải là số nguyên trong khoảng cho phép.")),
    "own_points": (403, N_("Không ai tự điều chỉnh điểm của mình.")),
    "use_earns_most": (
        400,
        N_("Người ấy tự làm được phải được nhiều điểm hơn lúc chỉ xong: dùng được mới là điều đáng kể."),
    ),
    "same_rules": (409, N_("Cách tính điểm này giống hệt cách đang áp dụng.")),
}
