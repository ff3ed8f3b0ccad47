"""The acts of power over deeds, as the audit log calls them."""

from __future__ import annotations

from quizzes.refusals import N_

ACTIONS = {
    "deed.card": N_("Cấp thẻ người có uy tín"),
    "deed.card_revoked": N_("Thu hồi thẻ người có uy tín"),
    "deed.checked": N_("Xác minh việc làm"),
    "deed.frozen": N_("Chốt danh sách việc làm"),
    "deed.kind": N_("Thêm loại việc làm"),
    "deed.kind_ended": N_("Thôi dùng một loại việc làm"),
    "deed.reviewed": N_("Xem xét việc làm"),
    "local_person.named": N_("Ghi nhận người có uy tín"),
    "local_person.unnamed": N_("Thôi ghi nhận người có uy tín"),
}
