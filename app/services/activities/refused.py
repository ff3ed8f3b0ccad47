"""The refusals of activities."""

from __future__ import annotations

from quizzes.refusals import N_

REFUSED: dict[str, tuple[int, str]] = {
    "activity_title": (400, N_("Tên cần từ 2 đến 160 ký tự.")),
    "activity_kind": (400, N_("Hãy chọn một loại trong danh sách.")),
    "activity_points": (400, N_("Điểm từ 0 đến %(most)s.")),
    "activity_quiz": (400, N_("Hãy dán địa chỉ một cuộc thi hoặc bài luyện tập của trang này, dạng …/contests/….")),
    "activity_over": (410, N_("Hoạt động đã kết thúc hoặc đã hủy, không điểm danh được nữa.")),
    "not_open_yet": (409, N_("Chưa tới giờ. Điểm danh mở trước giờ bắt đầu một tiếng.")),
    "code_old": (410, N_("Mã này đã đổi. Hãy quét lại mã đang hiện trên màn hình của người tổ chức.")),
    "one_phone": (409, N_("Máy này đã điểm danh cho một người khác. Hãy nhờ người tổ chức điểm danh cho bạn.")),
    "not_invited": (403, N_("Hoạt động này của một cơ sở khác. Hãy báo người tổ chức nếu bạn được mời.")),
    "partner_needed": (400, N_("Hãy ghi tên đối tác.")),
    "own_work": (403, N_("Điểm cho chính bạn cần một người tổ chức khác ghi.")),
    "proof_needed": (400, N_("Hãy ghi minh chứng trước khi ghi là đã hoàn thành.")),
}
