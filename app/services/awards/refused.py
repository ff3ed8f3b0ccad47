"""The refusals of awards."""

from __future__ import annotations

from quizzes.refusals import N_

REFUSED: dict[str, tuple[int, str]] = {
    "award_kind": (400, N_("Hãy chọn loại giấy trong danh sách.")),
    "award_level": (403, N_("Cấp này không tặng được loại giấy ấy: giấy khen từ cơ sở trở lên, bằng khen từ tỉnh.")),
    "award_decision": (400, N_("Giấy khen, bằng khen và việc thu hồi cần số quyết định, ngày và người ký.")),
    "award_decided_later": (400, N_("Ngày quyết định chưa đến. Giấy khen, bằng khen chỉ in khi đã có quyết định.")),
    "award_praise": (
        400,
        N_("“%(text)s”: giấy chứng nhận không mang tên giấy khen, bằng khen. Hãy chọn loại giấy ấy, có quyết định."),
    ),
    "award_title": (400, N_("Tên đợt trao cần từ 3 đến 120 ký tự.")),
    "award_wording": (400, N_("Nội dung ghi trên giấy cần từ 3 đến 300 ký tự, và một mẫu trong danh sách.")),
    "award_nobody": (400, N_("Hãy ghi ít nhất một người hoặc một cơ sở được trao.")),
    "award_too_many": (413, N_("Nhiều nhất %(most)s giấy một đợt. Hãy chia thành nhiều đợt.")),
    "award_unknown": (404, N_("Dòng %(line)s: không có ai và cơ sở nào tên hay mã “%(name)s” trong cơ sở này.")),
    "award_several": (422, N_("Dòng %(line)s: có nhiều nơi hợp với “%(name)s”: %(names)s. Hãy viết rõ hơn.")),
    "award_twice": (409, N_("Dòng %(line)s: mã %(name)s đã có với giải này.")),
    "award_guardians": (400, N_("Hãy ghi người giám hộ đã đồng ý thế nào, từ 10 đến %(most)s ký tự, hoặc để trống.")),
    "award_letter": (400, N_("Chữ %(letter)s trong “%(text)s” không in được trên giấy. Hãy viết khác đi.")),
    "award_printing": (409, N_("Giấy này đang được in. Hãy thử lại sau ít phút.")),
    "share_consent": (400, N_("Hãy đánh dấu đồng ý: ảnh có họ tên của bạn, ai nhận được cũng đọc được.")),
    "share_child": (403, N_("Giấy của người dưới 16 tuổi không làm thành ảnh để đăng.")),
}
