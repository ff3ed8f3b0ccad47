"""The refusals of question banks."""

from __future__ import annotations

from quizzes.refusals import N_

REFUSED: dict[str, tuple[int, str]] = {
    "bulk_value": (422, N_("Giá trị này không hợp lệ cho câu hỏi.")),
    "checklist": (422, N_("Hãy đánh dấu mọi điều trong danh sách kiểm trước khi duyệt.")),
    "checklist_long": (422, N_("Danh sách kiểm có nhiều nhất 12 dòng, mỗi dòng 200 ký tự.")),
    "comment_empty": (422, N_("Hãy viết nhận xét.")),
    "in_a_contest": (409, N_("Có câu hỏi đang dùng trong một cuộc thi chưa kết thúc, nên chưa chiếu lên được.")),
    "plan_bounds": (422, N_("Kế hoạch có 1 đến 50 đề, nhiều nhất 30 dòng, mỗi dòng nhiều nhất 500 câu.")),
    "same_question": (409, N_("Ngân hàng đã có câu hỏi với nội dung này. Hãy tìm và sửa câu đó.")),
    "bank_title": (400, N_("Tên ngân hàng cần từ 2 đến 200 ký tự.")),
}
