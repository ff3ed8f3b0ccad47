"""The refusals of the 1+2 movement."""

from __future__ import annotations

from quizzes.refusals import N_

REFUSED: dict[str, tuple[int, str]] = {
    "code_used": (410, N_("Mã này đã mở trên một máy khác. Hãy nhờ mở mã mới.")),
    "place_taken": (409, N_("Chỗ này đã có người rồi.")),
    "campaign_over": (409, N_("Đợt 1+2 này chưa mở hoặc đã kết thúc.")),
    "campaign_title": (400, N_("Tên đợt cần từ 3 đến 120 ký tự.")),
    "campaign_services": (400, N_("Hãy chọn ít nhất một việc để chỉ; ứng dụng của tỉnh cần có tên.")),
    "taught_year": (400, N_("Năm sinh chưa đúng. Hãy nhập bốn chữ số, ví dụ 1956.")),
    "teach_what": (400, N_("Hãy chọn ít nhất một việc đã chỉ.")),
    "taught_consent": (400, N_("Cần đánh dấu đồng ý thì mới lưu được. Không muốn lưu thì cứ đóng trang này.")),
    "taught_already": (409, N_("Bạn đã là đoàn viên và đã được tính một lần rồi.")),
    "other_member": (
        409,
        N_("Năm sinh của tài khoản này không phải của người được chỉ. Hãy đăng nhập bằng tài khoản của mình."),
    ),
    "own_browser": (403, N_("Cần mở bằng máy của chính người giám hộ, không phải máy của cháu hay của người chỉ.")),
    "grown_up": (400, N_("Người đồng ý phải từ 18 tuổi trở lên.")),
    "child_year": (400, N_("Năm sinh này không phải của người dưới 16 tuổi.")),
    "other_year": (403, N_("Năm sinh này không khớp. Hãy thử lại, hoặc mở trang trên máy cũ.")),
    "did_what": (400, N_("Hãy chọn một việc đã tự làm.")),
    "witness_needed": (403, N_("Cần một cán bộ có tài khoản, hoặc người giữ thẻ chứng kiến của ngày hôm nay.")),
    "own_number": (400, N_("Số điện thoại cần từ 9 đến 12 chữ số.")),
    "wrong_code": (400, N_("Mã này không đúng với mã trên trang của người được chỉ.")),
    "own_chapter": (403, N_("Việc này cần một người ngoài cơ sở đó.")),
    "own_part": (403, N_("Việc này cần một người không chỉ, không được chỉ và không chứng kiến lần ấy.")),
    "answer_needed": (400, N_("Hãy viết câu trả lời cho khiếu nại, ít nhất 10 ký tự.")),
}
