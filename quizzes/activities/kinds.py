"""The kinds of activities and of undertakings, as data: what each is called, what it is for, what it asks for.

An activity happens at an hour and people come to it. An undertaking lasts from one day to another, has an owner, a
target and proofs. The kinds are those the movement's documents count.
"""

from __future__ import annotations

from dataclasses import dataclass

from quizzes.refusals import N_


@dataclass(frozen=True)
class Kind:
    """A kind of activity. `counts` is True when coming to it is part of the attendance of a year, unless an organiser
    says otherwise."""

    name: str
    about: str
    counts: bool = True
    points: int = 0
    """Points for coming that its form proposes."""


ACTIVITIES: dict[str, Kind] = {
    "training": Kind(N_("Tập huấn"), N_("Lớp tập huấn kỹ năng số cho cán bộ, đoàn viên, tổ công nghệ số."), points=10),
    "forum": Kind(N_("Diễn đàn, tọa đàm"), N_("Trao đổi, hỏi đáp về chuyển đổi số."), points=10),
    "festival": Kind(N_("Ngày hội không tiền mặt"), N_("Ngày hội mua bán, thanh toán không dùng tiền mặt."), points=20),
    "friday": Kind(N_("Ca trực Ngày thứ 6 xanh"), N_("Ca tình nguyện hỗ trợ người dân vào thứ Sáu."), points=20),
    "meeting": Kind(N_("Họp không giấy"), N_("Cuộc họp có chương trình và tài liệu sau một mã QR."), points=5),
}

WORK, IDEA, PARTNER = "work", "idea", "partner"
UNDERTAKINGS: dict[str, Kind] = {
    WORK: Kind(N_("Công trình thanh niên"), N_("Việc của tuổi trẻ có kế hoạch, người phụ trách và kết quả."), False),
    IDEA: Kind(N_("Ý tưởng"), N_("Sáng kiến của đoàn viên, được cơ sở xem và trả lời."), False),
    PARTNER: Kind(
        N_("Thỏa thuận với đối tác"), N_("Cam kết với doanh nghiệp, cơ quan: ai lo, đến khi nào, chỉ tiêu."), False
    ),
}

PROPOSED, RUNNING, DONE, DECLINED = "proposed", "running", "done", "declined"
STATES: dict[str, str] = {
    PROPOSED: N_("đã đề xuất"),
    RUNNING: N_("đang thực hiện"),
    DONE: N_("đã hoàn thành"),
    DECLINED: N_("chưa thực hiện được"),
}
