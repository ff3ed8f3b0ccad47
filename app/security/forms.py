"""Against forged requests: a token in every form, the browser's own word on where a request comes from.

`/live/*` is called with a ticket by programs too, so there no form token is asked for: such a request
must be JSON (which no foreign form can send unasked) and, when a browser sends it, from our own pages.
"""

from __future__ import annotations

from flask import Flask, request
from flask_wtf.csrf import CSRFError, CSRFProtect

from app.security.headers import right_origin, right_source, scheme_of, settings
from quizzes.refusals import Rejected

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
LIVE = "/live/"

csrf = CSRFProtect()


def install(app: Flask) -> None:
    """Check every request that changes something."""
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False
    app.config["WTF_CSRF_TIME_LIMIT"] = None  # a phone may keep a form open for days; the session ends it
    csrf.init_app(app)

    @app.before_request
    def refuse_forgery() -> None:
        if request.path.startswith(LIVE):
            refuse_foreign_live()
        elif request.method not in SAFE:
            if request.headers.get("Sec-Fetch-Site", "none") not in ("same-origin", "none"):
                raise Rejected("foreign_form")
            if not right_origin(_origin(), request.host, scheme=scheme_of(request.environ, settings())):
                raise Rejected("foreign_form")
            try:
                csrf.protect()
            except CSRFError as problem:
                raise Rejected("old_form") from problem
            if any("\0" in text for _, text in request.form.items(multi=True)):
                raise Rejected("bad_request")  # nobody types one, and PostgreSQL takes none


def refuse_foreign_live() -> None:
    """JSON only, and a browser only from our own pages."""
    if not right_source(request.environ, settings()):
        raise Rejected("bad_request")
    if request.method not in SAFE and not request.is_json:
        raise Rejected("bad_request")


def _origin() -> str | None:
    """The Origin of a form; a browser that hides it (`null`) is judged by its token alone."""
    origin = request.headers.get("Origin")
    return None if origin == "null" else origin
