"""The sentence and the HTTP status of every refusal: those of no single area here, the others in their areas."""

from __future__ import annotations

from functools import cache

from app.services.offered import offered
from quizzes.refusals import N_

EVERYWHERE: dict[str, tuple[int, str]] = {
    "bad_request": (400, N_("Yêu cầu không đọc được.")),
    "sign_in_first": (401, N_("Bạn cần đăng nhập trước.")),
    "slow_down": (429, N_("Nhanh quá! Hãy thử lại sau ít giây.")),
    "too_slow": (408, N_("Dữ liệu gửi lên quá chậm hoặc bị đứt giữa chừng. Hãy gửi lại.")),
    "busy": (503, N_("Máy chủ đang bận, hãy gửi lại.")),
    "internal": (500, N_("Có lỗi ở máy chủ. Chúng tôi đã ghi lại.")),
    "unknown": (400, N_("Máy chủ không hiểu yêu cầu này.")),
    "not_now": (409, N_("Chưa làm được việc này lúc này.")),
    "not_yours": (403, N_("Bạn không có quyền làm việc này.")),
    "text_too_long": (400, N_("Nội dung dài quá %(most)s ký tự.")),
    "too_many_rows": (409, N_("Nhiều nhất %(most)s mục. Hãy bỏ bớt trước.")),
    "bad_setting": (400, N_("Giá trị này không dùng được. Hãy xem lại giới hạn của ô.")),
    "foreign_form": (403, N_("Yêu cầu đến từ một trang khác nên không được thực hiện.")),
    "old_form": (400, N_("Trang đã mở quá lâu. Hãy tải lại trang rồi gửi lần nữa.")),
    "nothing_ticked": (400, N_("Chưa chọn ai hay mục nào. Hãy đánh dấu trong danh sách.")),
    "bad_dates": (400, N_("Ngày không hợp lệ, hoặc ngày kết thúc ở trước ngày bắt đầu.")),
    "import_moved": (409, N_("Danh sách đã thay đổi từ lúc đọc tệp. Hãy nhập lại tệp.")),
    "confirm_word": (400, N_("Chữ xác nhận chưa đúng.")),
    "old_revision": (409, N_("Người khác đã lưu thay đổi trong lúc bạn sửa. Hãy tải lại trang.")),
    "reason_needed": (400, N_("Hãy ghi lý do.")),
    "proposal_gone": (409, N_("Người đề nghị không còn quyền này: hãy từ chối, rồi người có quyền đề nghị lại.")),
    "second_person": (403, N_("Cần một người thứ hai: không phải người đề nghị hay người được điều chỉnh.")),
    "already_decided": (409, N_("Việc này đã được quyết định rồi.")),
    "code_gone": (410, N_("Mã này đã hết hạn hoặc không dùng được nữa. Hãy nhờ mở mã mới.")),
    "too_many": (413, N_("Nhiều nhất %(most)s mục mỗi lần gửi.")),
    "not_found": (404, N_("Không tìm thấy nội dung này.")),
    "forbidden": (403, N_("Bạn không có quyền xem hoặc làm việc này.")),
}


@cache
def refusals() -> dict[str, tuple[int, str]]:
    """Every code with its HTTP status and its sentence; `refused.py` of each area names its own."""
    return EVERYWHERE | {code: said for area in offered("refused") for code, said in area.REFUSED.items()}
