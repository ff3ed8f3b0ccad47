"""What a person is told: the one table of refusal codes, and how a refusal becomes a page or JSON.

`Rejected(code)` is what somebody may not do now. Everything else is our bug, logged with its request id.
"""

from __future__ import annotations

from typing import Any

import structlog
from flask import Flask, Response, g, jsonify, render_template, request
from flask_babel import gettext
from werkzeug.exceptions import HTTPException

from quizzes.engine import N_, Rejected

log = structlog.get_logger()

SENTENCES: dict[str, tuple[int, str]] = {
    # joining
    "bad_request": (400, N_("Yêu cầu không đọc được.")),
    "bad_name": (400, N_("Tên này chưa dùng được. Hãy chọn tên khác từ 2 đến 24 ký tự.")),
    "sign_in_first": (401, N_("Bạn cần đăng nhập trước.")),
    "bad_ticket": (401, N_("Vé vào phòng không còn giá trị. Hãy nhập lại mã PIN.")),
    "room_locked": (403, N_("Phòng đã khóa, người dẫn chương trình không nhận thêm người.")),
    "kicked": (403, N_("Bạn đã được mời ra khỏi phòng.")),
    "no_such_show": (404, N_("Không có chương trình nào với mã PIN này.")),
    "name_taken": (409, N_("Tên này đã có người dùng trong phòng.")),
    "over": (410, N_("Chương trình đã kết thúc.")),
    "slow_down": (429, N_("Nhanh quá! Hãy thử lại sau ít giây.")),
    "full": (503, N_("Phòng đã đủ người.")),
    # answering and driving
    "too_late": (409, N_("Hết giờ trước khi câu trả lời tới nơi.")),
    "not_open": (409, N_("Câu hỏi này chưa mở hoặc đã đóng.")),
    "paused": (409, N_("Chương trình đang tạm dừng.")),
    "already": (409, N_("Bạn đã trả lời câu này rồi.")),
    "not_in_round": (403, N_("Bạn không ở trong lượt chơi này.")),
    "bad_choice": (400, N_("Câu trả lời không hợp lệ.")),
    "busy": (503, N_("Máy chủ đang bận, hãy gửi lại.")),
    "internal": (500, N_("Có lỗi ở máy chủ. Chúng tôi đã ghi lại.")),
    "unknown": (400, N_("Máy chủ không hiểu yêu cầu này.")),
    "stale": (409, N_("Màn hình đã chuyển sang bước khác.")),
    "not_now": (409, N_("Chưa làm được việc này lúc này.")),
    "not_yours": (403, N_("Bạn không có quyền làm việc này.")),
    "key_shown": (409, N_("Đáp án đã hiện ra nên không mở lại được câu này, chỉ có thể hủy câu.")),
    # everywhere
    "not_found": (404, N_("Không tìm thấy nội dung này.")),
    "forbidden": (403, N_("Bạn không có quyền xem hoặc làm việc này.")),
}


def sentence(code: str, **about: Any) -> str:
    """The sentence for a code in the current language; an unknown code is said as `internal`."""
    _, words = SENTENCES.get(code, SENTENCES["internal"])
    return gettext(words) % about if about and "%(" in words else gettext(words)


def status_of(code: str) -> int:
    """The HTTP status that goes with a code; 400 for one that is not in the table."""
    return SENTENCES.get(code, (400, ""))[0]


def wants_json() -> bool:
    """Whether the asker is a program: it sent JSON or prefers it to a page."""
    best = request.accept_mimetypes.best_match(["text/html", "application/json"], default="text/html")
    return request.is_json or best == "application/json"


def _answer(code: str, message: str, status: int) -> tuple[Response | str, int]:
    if wants_json():
        return jsonify(code=code, message=message), status
    page = render_template("errors/error.html", code=code, message=message, status=status,
                           request_id=g.get("request_id"))
    return page, status


def install(app: Flask) -> None:
    """Answer refusals, HTTP errors and bugs, as a page or as JSON."""

    @app.errorhandler(Rejected)
    def refused(error: Rejected) -> tuple[Response | str, int]:
        return _answer(error.code, sentence(error.code, **error.about), status_of(error.code))

    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> Any:
        status = error.code or 500
        if status < 400:
            return error
        code = {404: "not_found", 403: "forbidden", 401: "sign_in_first", 429: "slow_down"}.get(status, "bad_request")
        return _answer(code, sentence(code), status)

    @app.errorhandler(Exception)
    def bug(error: Exception) -> tuple[Response | str, int]:
        log.exception("bug", path=request.path)
        return _answer("internal", sentence("internal"), 500)
