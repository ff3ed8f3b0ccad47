"""The acts of power over people, chapters and roles, as the audit log calls them."""

from __future__ import annotations

from quizzes.refusals import N_

ACTIONS = {
    "account.disabled": N_("Khóa tài khoản"),
    "account.enabled": N_("Mở lại tài khoản"),
    "admin.first": N_("Tạo quản trị viên đầu tiên"),
    "admin.reset": N_("Lấy liên kết đặt lại mật khẩu cho quản trị viên"),
    "chapter.added": N_("Thêm cơ sở"),
    "chapter.changed": N_("Sửa cơ sở"),
    "chapter.closed": N_("Kết thúc hoặc sáp nhập cơ sở"),
    "chapter.moved": N_("Chuyển cơ sở sang cấp trên khác"),
    "data.restored": N_("Khôi phục dữ liệu từ bản sao lưu"),
    "guardian.agreed": N_("Người giám hộ là đoàn viên đồng ý cho trẻ"),
    "guardian.met": N_("Xác nhận đã gặp người giám hộ"),
    "guardian.refused": N_("Không nhận lời đồng ý của người giám hộ"),
    "incident.reported": N_("Đã báo cơ quan về một sự cố dữ liệu"),
    "incident.written": N_("Ghi một sự cố dữ liệu"),
    "request.asked": N_("Gửi yêu cầu về dữ liệu của mình"),
    "request.closed": N_("Trả lời xong một yêu cầu về dữ liệu"),
    "request.extended": N_("Gia hạn một yêu cầu về dữ liệu"),
    "request.replied": N_("Trả lời lần đầu một yêu cầu về dữ liệu"),
    "import.done": N_("Nhập danh sách từ tệp"),
    "invitation.made": N_("Tạo liên kết mời"),
    "invitation.used": N_("Dùng liên kết mời"),
    "link.made": N_("Cấp liên kết vào tài khoản"),
    "link.used": N_("Dùng liên kết đặt mật khẩu"),
    "member.added": N_("Thêm đoàn viên"),
    "member.changed": N_("Sửa thông tin đoàn viên"),
    "member.confirmed": N_("Xác nhận đoàn viên"),
    "member.erased": N_("Xóa dữ liệu cá nhân"),
    "member.exported": N_("Xuất danh sách đoàn viên"),
    "member.left": N_("Cho đoàn viên rời danh sách"),
    "member.moved": N_("Chuyển sinh hoạt"),
    "member.returned": N_("Đưa đoàn viên trở lại danh sách"),
    "slip.printed": N_("In phiếu mở tài khoản"),
    "slip.used": N_("Mở tài khoản bằng phiếu"),
    "role.granted": N_("Giao vai trò"),
    "role.revoked": N_("Thu hồi vai trò"),
}
