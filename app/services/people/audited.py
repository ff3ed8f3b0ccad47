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
    "email.changed": N_("Đổi địa chỉ thư điện tử của mình"),
    "email.confirmed": N_("Xác nhận địa chỉ thư điện tử của mình"),
    "guardian.agreed": N_("Người giám hộ là đoàn viên đồng ý cho trẻ"),
    "guardian.met": N_("Xác nhận đã gặp người giám hộ"),
    "guardian.refused": N_("Không nhận lời đồng ý của người giám hộ"),
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
    "member.merged": N_("Gộp hai hồ sơ của một người"),
    "member.unmerged": N_("Tách lại hai hồ sơ đã gộp"),
    "member.moved": N_("Chuyển sinh hoạt"),
    "member.returned": N_("Đưa đoàn viên trở lại danh sách"),
    "passkey.added": N_("Thêm khóa đăng nhập của mình"),
    "passkey.removed": N_("Bỏ khóa đăng nhập của mình"),
    "password.by_mail": N_("Đặt lại mật khẩu qua thư điện tử"),
    "slip.printed": N_("In phiếu mở tài khoản"),
    "slip.used": N_("Mở tài khoản bằng phiếu"),
    "role.granted": N_("Giao vai trò"),
    "role.revoked": N_("Thu hồi vai trò"),
}
