"""The refusals of accounts, members and chapters."""

from __future__ import annotations

from quizzes.refusals import N_

REFUSED: dict[str, tuple[int, str]] = {
    # people and chapters
    "wrong_password": (401, N_("Tên đăng nhập hoặc mật khẩu chưa đúng.")),
    "overheard": (
        403,
        N_(
            "Mật khẩu không được gửi qua mạng không mã hóa: ai trong cùng mạng cũng đọc được. Hãy đăng nhập trên "
            "chính máy chủ, hoặc nhờ người vận hành chạy với --tls. Chơi không cần tài khoản và các mã dùng một "
            "lần vẫn dùng được."
        ),
    ),
    "wait_a_while": (429, N_("Đã sai nhiều lần. Hãy thử lại sau %(seconds)s giây.")),
    "account_waiting": (403, N_("Tài khoản đang chờ cha, mẹ hoặc người giám hộ đồng ý.")),
    "account_disabled": (403, N_("Tài khoản này đã bị khóa. Hãy hỏi người tổ chức của cơ sở bạn.")),
    "not_allowed": (403, N_("Người này không phải quản trị viên đang hoạt động của toàn hệ thống.")),
    "stronger_role": (403, N_("Người này giữ vai trò mà bạn không có quyền thay đổi.")),
    "link_gone": (410, N_("Liên kết này đã dùng hoặc đã hết hạn. Hãy xin liên kết mới.")),
    "slip_gone": (410, N_("Không có phiếu này, hoặc phiếu đã dùng, hết hạn hay được in lại. Hãy hỏi người tổ chức.")),
    "no_such_chapter": (404, N_("Không có cơ sở này.")),
    "several_chapters": (400, N_("Nhiều cơ sở có tên như vậy: %(names)s. Hãy chọn một hoặc gõ mã.")),
    "several_members": (400, N_("Nhiều người có tên như vậy: %(names)s. Hãy chọn một hoặc gõ mã.")),
    "no_such_member": (404, N_("Không có đoàn viên này.")),
    "key_refused": (403, N_("Không nhận được khóa này. Hãy thử lại, hoặc đăng nhập bằng mật khẩu.")),
    "outside_refused": (403, N_("Chưa xác nhận được tài khoản ở nơi kia. Hãy thử lại từ trang đăng nhập.")),
    "outside_unknown": (
        403,
        N_("Chưa có tài khoản nào gắn với tài khoản ấy. Hãy đăng nhập bằng mật khẩu, rồi gắn ở Dữ liệu của tôi."),
    ),
    "outside_taken": (409, N_("Tài khoản ấy đã gắn với một người khác.")),
    "outside_down": (503, N_("Nơi cung cấp tài khoản không trả lời. Hãy thử lại sau, hoặc đăng nhập bằng mật khẩu.")),
    "too_many_keys": (409, N_("Tài khoản đã có nhiều khóa. Hãy bỏ bớt một khóa trước.")),
    "same_member": (400, N_("Đây là cùng một hồ sơ. Hãy chọn hồ sơ thứ hai.")),
    "merge_roles": (409, N_("Hai hồ sơ giữ vai trò khác nhau nên không gộp được. Hãy thu hồi vai trò trước.")),
    "merged_already": (409, N_("Hồ sơ này đã được gộp vào một hồ sơ khác.")),
    "chapter_not_empty": (409, N_("Còn %(members)s đoàn viên và %(chapters)s đơn vị bên trong. Hãy chọn nơi nhận.")),
    "chapter_closed": (409, N_("Cơ sở này đã kết thúc. Hãy chọn cơ sở đang hoạt động, hoặc mở lại.")),
    "chapter_ring": (409, N_("Không thể đặt một cơ sở vào bên dưới chính nó.")),
    "chapter_name": (400, N_("Tên cơ sở cần từ 2 đến 200 ký tự.")),
    "chapter_kind": (400, N_("Hãy chọn loại cơ sở trong danh sách.")),
    "code_taken": (409, N_("Mã này đã có nơi khác dùng, hoặc dài quá 40 ký tự.")),
    "bad_code": (400, N_("Mã đoàn viên dài nhất 40 ký tự, không chứa @ và không bắt đầu bằng #.")),
    "name_no_number": (400, N_("Chỉ viết tên ở đây, không viết số điện thoại hay số căn cước.")),
    "person_name": (400, N_("Họ tên cần từ 2 đến 100 ký tự và có chữ cái.")),
    "nickname_is_name": (400, N_("Tên gọi này cho biết họ tên thật. Hãy chọn tên gọi khác.")),
    "guardians_own": (403, N_("Hãy mở liên kết này trên máy của cha, mẹ hoặc người giám hộ, không phải máy của trẻ.")),
    "birth_year": (400, N_("Năm sinh chưa đúng. Hãy nhập bốn chữ số, ví dụ 2006.")),
    "mail_lines": (400, N_("Không đọc được địa chỉ thư ở dòng %(lines)s. Mỗi dòng một địa chỉ.")),
    "too_many_letters": (400, N_("Mỗi lần gửi tối đa %(most)s thư.")),
    "username": (400, N_("Tên đăng nhập gồm 3 đến 32 ký tự: chữ không dấu, số, dấu chấm, gạch nối.")),
    "username_taken": (409, N_("Tên đăng nhập này đã có người dùng.")),
    "email": (400, N_("Địa chỉ thư điện tử này không dùng được.")),
    "password_too_short": (400, N_("Mật khẩu cần ít nhất 8 ký tự.")),
    "password_too_long": (400, N_("Mật khẩu dài quá 128 ký tự.")),
    "password_too_common": (400, N_("Mật khẩu này quá dễ đoán. Hãy ghép vài từ mà chỉ bạn nghĩ ra.")),
    "passwords_differ": (400, N_("Hai lần nhập mật khẩu không giống nhau.")),
    "consent_needed": (400, N_("Cần sự đồng ý này thì mới lập được tài khoản.")),
    "relation": (400, N_("Hãy cho biết quan hệ với trẻ.")),
    "last_admin": (409, N_("Đây là quản trị viên cuối cùng. Hãy giao quyền cho người khác trước.")),
    "twins_open": (400, N_("Hãy chọn cho từng người trùng tên và năm sinh: người khác, cùng một người, hay bỏ qua.")),
    "twins_twice": (400, N_("Hai dòng được chọn là cùng một người. Hãy chọn lại, hoặc bỏ qua một dòng.")),
    # points and 1+2
    "day_name": (400, N_("Hãy ghi tên ngày này, từ 2 đến 80 ký tự.")),
    "incident_words": (400, N_("Cần viết vài lời cho mục này, để cơ quan đọc hiểu.")),
    "demo_in_use": (409, N_("Có người đã dùng dữ liệu mẫu này, nên không xóa cả được. Hãy xóa từng phần.")),
}
