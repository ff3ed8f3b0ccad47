"""The refusals of scorecards."""

from __future__ import annotations

from quizzes.refusals import N_

REFUSED: dict[str, tuple[int, str]] = {
    "scorecard_title": (400, N_("Tên bảng chấm điểm cần từ 3 đến 120 ký tự.")),
    "scorecard_wide": (400, N_("Nhiều nhất %(most)s cơ sở một bảng. Hãy chọn cấp khác, hoặc lập bảng ở cấp dưới.")),
    "scorecard_empty": (400, N_("Hãy viết ít nhất một tiêu chí.")),
    "scorecard_source": (400, N_("Bản chốt này không có, hoặc so các cơ sở thuộc cấp khác. Hãy chọn bản khác.")),
    "scorecard_over": (409, N_("Đã hết hạn tự chấm, hoặc bảng đã khóa.")),
    "evidence_needed": (400, N_("Điểm tự chấm cần minh chứng: số văn bản, địa chỉ hoặc mô tả.")),
    "claim_changed": (409, N_("Cơ sở vừa sửa điểm tự chấm hoặc minh chứng. Hãy xem lại rồi thẩm định.")),
    "score_value": (400, N_("Giá trị này không có trong tiêu chí.")),
}
