"""The refusals of planting an invented province."""

from __future__ import annotations

from quizzes.refusals import N_

REFUSED: dict[str, tuple[int, str]] = {
    "not_empty": (409, N_("Chỉ trồng vào thư mục còn trống: đã có đoàn viên, chương trình hoặc điểm."))
}
