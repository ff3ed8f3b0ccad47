"""The refusals of contests: setting one up, taking it, its results."""

from __future__ import annotations

from quizzes.refusals import N_

REFUSED: dict[str, tuple[int, str]] = {
    # taking a contest
    "changed_elsewhere": (409, N_("Câu này vừa được sửa trên một thiết bị khác của bạn.")),
    "submitted": (409, N_("Bài đã nộp nên không sửa được nữa.")),
    "cancelled": (410, N_("Lượt thi này đã được hủy vì sự cố kỹ thuật. Bạn được thi lại.")),
    "contest_over": (410, N_("Cuộc thi đã kết thúc.")),
    "rules_unread": (400, N_("Hãy đọc thể lệ, rồi đánh dấu vào ô đồng ý.")),
    "no_tries": (409, N_("Bạn đã dùng hết lượt thi.")),
    "unfinished": (409, N_("Bạn còn một lượt thi đang làm dở.")),
    "barred": (403, N_("Theo thể lệ, bạn không được dự thi cuộc thi này.")),
    "not_eligible": (403, N_("Bạn không thuộc đối tượng dự thi của cuộc thi này.")),
    "birth_year_needed": (409, N_("Cuộc thi hỏi tuổi. Hãy bổ sung năm sinh trong mục Dữ liệu của tôi.")),
    # setting contests up
    "no_such_contest": (404, N_("Không có cuộc thi này.")),
    "too_few_questions": (409, N_("Ngân hàng không còn đủ câu hỏi dùng được cho đề thi.")),
    "not_yet": (409, N_("Chưa hết giờ: ban tổ chức đã cho thêm thời gian.")),
    "wave_over": (409, N_("Đợt thi này đã kết thúc hẳn, không dời được nữa.")),
    "wave_begun": (409, N_("Đợt thi đã mở, giờ mở không đổi được nữa.")),
    "only_later": (400, N_("Chỉ dời muộn hơn giờ đã hứa, và phải sau lúc này.")),
    "hours_overlap": (400, N_("Giờ mới lấn sang đợt sau. Hãy dời đợt sau trước.")),
    "wave_too_long": (400, N_("Đợt thi dài quá 200 ngày.")),
    "bad_moment": (400, N_("Cần ngày và giờ, như 07/12/2026 08:00.")),
    # results of contests
    "bad_headcount": (400, N_("Số đoàn viên phải là số nguyên từ 0 đến %(most)s, ví dụ 125.")),
    "bad_decision": (400, N_("Quyết định này không hợp với câu hỏi: hãy xem lại câu hỏi và đáp án.")),
    "paragraph_needed": (400, N_("Hãy chọn mục của thể lệ mà việc hủy kết quả dựa vào.")),
    "no_such_entrant": (404, N_("Người này không có lượt thi nào trong cuộc thi.")),
    "no_such_attempt": (404, N_("Không có lượt thi này, hoặc lượt đã bị hủy rồi.")),
    "nothing_settled": (409, N_("Chưa có đợt thi nào kết thúc hẳn để công bố.")),
    "still_grading": (409, N_("Còn bài đang chấm. Hãy thử lại sau ít phút.")),
    "not_published": (409, N_("Cần công bố kết quả tạm thời trước, để người dự thi kịp khiếu nại.")),
    "window_open": (409, N_("Thời hạn khiếu nại chưa hết, chưa công bố chính thức được.")),
    "complaints_open": (409, N_("Còn %(count)s khiếu nại chưa trả lời.")),
    "complaint_words": (400, N_("Hãy viết nội dung từ 10 đến 2000 ký tự.")),
    "complaint_late": (409, N_("Ngoài thời hạn nhận khiếu nại về việc này.")),
    "complaint_closed": (409, N_("Khiếu nại này đã khép lại.")),
    "too_many_complaints": (429, N_("Bạn đang có nhiều khiếu nại chờ trả lời. Hãy viết thêm vào khiếu nại đã gửi.")),
}
