"""Replies with a refusal at a door of a show: the code, its sentence, and when to come again."""

from __future__ import annotations

import secrets

from flask import Response, current_app, jsonify

from app import language
from app.errors import sentence, status_of
from app.measures import REFUSALS
from quizzes.refusals import Rejected


def reply(refusal: Rejected, lang: str) -> Response:
    """The reply to a request that is refused."""
    REFUSALS.labels(refusal.code).inc()
    with language.speaking(current_app, lang):
        message = sentence(refusal.about.get("said", refusal.code), **refusal.about)
    response = jsonify(code=refusal.code, message=message)
    response.status_code = status_of(refusal.code)
    if response.status_code == 429:
        # people who wait come back at different moments
        response.headers["Retry-After"] = str(round(1 + refusal.about.get("seconds", 0)) + secrets.randbelow(3))
    return response
