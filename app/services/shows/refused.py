"""The refusals of shows: joining, answering, driving and composing one."""

from __future__ import annotations

from quizzes.refusals import N_

REFUSED: dict[str, tuple[int, str]] = {
    # joining
    "bad_name": (400, N_("Tên này chưa dùng được. Hãy chọn tên khác từ 2 đến 24 ký tự.")),
    "bad_ticket": (401, N_("Vé vào phòng không còn giá trị. Hãy nhập lại mã PIN.")),
    "room_locked": (403, N_("Phòng đã khóa, người dẫn chương trình không nhận thêm người.")),
    "kicked": (403, N_("Bạn đã được mời ra khỏi phòng.")),
    "no_such_show": (404, N_("Không có chương trình nào với mã PIN này.")),
    "name_taken": (409, N_("Tên này đã có người dùng trong phòng.")),
    "asked_host": (202, N_("Đã hỏi người dẫn. Bạn mang số %(number)s: hãy giơ tay để người dẫn thấy bạn…")),
    "claim_refused": (403, N_("Người dẫn chương trình không nhận ra bạn. Hãy vào bằng tên khác.")),
    "seated_already": (409, N_("Người này đã vào phòng bằng một tên khác.")),
    "over": (410, N_("Chương trình đã kết thúc.")),
    "slow_down_scan": (429, N_("Nhiều người đang gõ mã PIN. Hãy quét mã QR để vào ngay, hoặc thử lại sau ít giây.")),
    "full": (503, N_("Phòng đã đủ người.")),
    # answering and driving
    "too_late": (409, N_("Câu này đã đóng trước khi câu trả lời của bạn tới nơi.")),
    "not_open": (409, N_("Câu hỏi này chưa mở hoặc đã đóng.")),
    "paused": (409, N_("Chương trình đang tạm dừng.")),
    "already": (409, N_("Bạn đã trả lời câu này rồi.")),
    "not_in_round": (403, N_("Bạn không ở trong lượt chơi này.")),
    "bad_choice": (400, N_("Câu trả lời không hợp lệ.")),
    "stale": (409, N_("Màn hình đã chuyển sang bước khác.")),
    "key_shown": (409, N_("Đáp án đã hiện ra nên không mở lại được câu này, chỉ có thể hủy câu.")),
    "arm_first": (409, N_("Việc này không lấy lại được: hãy chuẩn bị trước, rồi bấm Enter để phát.")),
    "rehearsal_only": (409, N_("Máy chơi thử chỉ vào buổi tập dượt.")),
    # composing
    "no_such_script": (404, N_("Không có kịch bản này.")),
    "too_many_scripts": (409, N_("Bạn đã có rất nhiều kịch bản. Hãy bỏ bớt kịch bản không dùng nữa.")),
    "script_too_large": (413, N_("Kịch bản quá dài. Hãy chia thành hai chương trình.")),
    # carried in
    "parcel_broken": (
        422,
        N_("Tệp này không phải gói chương trình, hoặc đã hỏng. Hãy chép lại từ máy của hội trường."),
    ),
    "parcel_large": (413, N_("Gói chương trình quá lớn.")),
    "parcel_seal": (422, N_("Chữ ký không khớp: tệp đã bị sửa hoặc chép thiếu. Chưa nhận gì.")),
    "parcel_unknown": (
        403,
        N_("Chưa ai duyệt khóa %(fingerprint)s… của hội trường này. Hãy duyệt khóa trước, rồi nhận gói."),
    ),
    "parcel_differs": (422, N_("Chơi lại nhật ký không ra đúng kết quả trong gói. Chưa nhận gì.")),
    "parcel_key": (422, N_("Khóa công khai gồm 64 chữ số và chữ từ a đến f.")),
    "parcel_own": (422, N_("Đây là khóa của chính máy chủ này.")),
    "rehearsal_stays": (409, N_("Buổi tập dượt không tính cho ai nên không mang đi.")),
    "show_running": (409, N_("Chương trình đang diễn ra. Hãy kết thúc trước, rồi bỏ.")),
}
