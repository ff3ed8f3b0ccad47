"""The refusals of tournaments."""

from __future__ import annotations

from quizzes.refusals import N_

REFUSED: dict[str, tuple[int, str]] = {
    "tournament_title": (400, N_("Tên giải cần từ 3 đến 120 ký tự.")),
    "tournament_stages": (400, N_("Các vòng chưa đúng: %(lines)s")),
    "tournament_entrants": (400, N_("Cần từ %(least)s đến %(most)s đội, mỗi đội một dòng, tên không trùng nhau.")),
    "tournament_name": (400, N_("Tên một đội dài quá %(most)s ký tự.")),
    "tournament_drawn": (409, N_("Đã bốc thăm, danh sách đội không đổi được nữa.")),
    "tournament_played": (409, N_("Trận này đã có kết quả.")),
    "tournament_points": (400, N_("Hãy nhập điểm của mọi đội trong trận.")),
    "tournament_reason": (400, N_("Hãy nêu lý do, ít nhất 5 ký tự.")),
    "tournament_entrant": (400, N_("Đội này không ở vòng ấy, hoặc đã được đi tiếp.")),
}
