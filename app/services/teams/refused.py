"""The refusals of teams."""

from __future__ import annotations

from quizzes.refusals import N_

REFUSED: dict[str, tuple[int, str]] = {
    "team_known": (409, N_("Đã có một tổ, đội hình mang tên này.")),
    "squad_of_squad": (400, N_("Đội hình nằm trong một tổ của cùng cơ sở, không nằm trong đội hình khác.")),
    "team_full": (409, N_("%(name)s: một tổ, đội hình có nhiều nhất %(most)s người. Hãy chia thành nhiều đội hình.")),
    "no_teams": (409, N_("Cuộc thi này không có tổ dự thi, hoặc không nhận thêm tổ nữa.")),
    "team_alone": (409, N_("Tổ cần ít nhất %(least)s đoàn viên chưa làm bài và chưa thi cho tổ khác.")),
    "own_team": (403, N_("Việc này cần một người ngoài tổ đó.")),
    "team_lead": (403, N_("Chỉ tổ trưởng hoặc tổ phó được thay mặt tổ. Hãy nhờ người ấy.")),
}
