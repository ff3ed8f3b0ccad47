"""Turns a refusal into a page or JSON for a person. Its sentence stands in its area's `refused.py`.

`Rejected(code)` is what somebody may not do now. Everything else is our bug, logged with its request id.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import structlog
from flask import Flask, Response, g, jsonify, render_template, request
from flask_babel import gettext
from werkzeug.exceptions import HTTPException

from app import typed
from app.measures import REFUSALS
from app.services.refused import EVERYWHERE, refusals
from quizzes.refusals import Rejected

log = structlog.get_logger()
OF_STATUS = {401: "sign_in_first", 403: "forbidden", 404: "not_found", 413: "file_too_big", 429: "slow_down"}
"""HTTP status -> the code of what is said; of all others it is `bad_request`."""


def sentence(code: str, **about: Any) -> str:
    """The sentence for a code in the current language; an unknown code is said as `internal`."""
    return filled(words_of(code), about)


def words_of(code: str) -> str:
    """The same before its numbers and names stand in it."""
    return str(gettext(refusals().get(code, EVERYWHERE["internal"])[1]))


def filled(words: str, about: Mapping[str, Any]) -> str:
    """A sentence with what it is about; one that names nothing stays as it is."""
    return words % about if about and "%(" in words else words


def status_of(code: str) -> int:
    """The HTTP status that goes with a code; 400 for one that no area names."""
    return refusals().get(code, (400, ""))[0]


def wants_json() -> bool:
    """True when the asker is a program: it sent JSON or prefers it to a page."""
    best = request.accept_mimetypes.best_match(["text/html", "application/json"], default="text/html")
    return request.is_json or best == "application/json"


def number_of(code: str) -> dict[str, str]:
    """The facts about our bug for a program, beside the code: the id under which it stands in the log."""
    return {"id": g.request_id} if code == "internal" and "request_id" in g else {}


def _reply(code: str, message: str, status: int) -> tuple[Response | str, int]:
    if wants_json():
        return jsonify(code=code, message=message, **number_of(code)), status
    page = render_template(
        "errors/error.html",
        code=code,
        message=message,
        status=status,
        request_id=g.get("request_id"),
        typed=typed.words(),
        came_from=typed.came_from(),
    )
    return page, status


def install(app: Flask) -> None:
    """Answer refusals, HTTP errors and bugs, as a page or as JSON."""
    refusals()  # the areas are asked before the first request, not while one waits

    @app.before_request
    def refuse_as_the_transport_did() -> None:
        if code := request.environ.get("live.refused"):
            raise Rejected(code)

    @app.errorhandler(Rejected)
    def refused(error: Rejected) -> tuple[Response | str, int]:
        REFUSALS.labels(error.code).inc()
        return _reply(error.code, sentence(error.code, **error.about), status_of(error.code))

    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> Any:
        status = error.code or 500
        if status < 400:
            return error
        code = OF_STATUS.get(status, "bad_request")
        return _reply(code, sentence(code), status)

    @app.errorhandler(Exception)
    def bug(error: Exception) -> tuple[Response | str, int]:
        REFUSALS.labels("internal").inc()
        log.exception("bug", path=request.path)
        return _reply("internal", sentence("internal"), 500)
