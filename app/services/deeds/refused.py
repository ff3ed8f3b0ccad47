"""The refusals of deeds."""

from __future__ import annotations

from quizzes.refusals import N_

REFUSED: dict[str, tuple[int, str]] = {
    "deed_kind": (400, N_("Hãy chọn việc đã làm.")),
    "deed_day": (400, N_("Ngày làm phải trong 30 ngày qua.")),
    "deed_count": (400, N_("Số lượng phải từ 1 đến %(most)s.")),
    "deed_words": (400, N_("Ghi chú dài nhất %(most)s ký tự.")),
    "deed_number": (400, N_("Đừng ghi số điện thoại hay số giấy tờ của ai. Hãy bỏ dãy số dài.")),
    "deed_partner": (
        400,
        N_("Đến hộ gia đình cần một đoàn viên và một người có uy tín: hãy quét mã của người ấy hoặc thẻ."),
    ),
    "deed_partner_day": (400, N_("Mã của người có uy tín không phải của ngày này, hoặc gửi muộn quá 7 ngày.")),
    "deed_kind_name": (400, N_("Tên loại việc cần từ 3 đến 80 ký tự.")),
    "no_account": (400, N_("Người này chưa có tài khoản. Hãy dùng thẻ một ngày.")),
    "local_title": (400, N_("Hãy ghi chức danh, ví dụ: Trưởng khu phố 3.")),
    "card_label": (400, N_("Hãy ghi thẻ dùng ở đâu, ví dụ: Nhà văn hóa khu phố 3.")),
}
