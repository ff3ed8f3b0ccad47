"""Pictures of broadcasts and announcements for fanpages and Zalo."""

from __future__ import annotations

from flask import Response

from app.services.apart import apart
from app.services.voice import poster


def picture_of(chapter: str, title: str, text: str, address: str, foot: str) -> Response:
    """The picture, drawn aside from the loop. Browsers ask each time whether it is still the same."""
    answer = Response(apart(poster.drawn, chapter, title, text, address, foot), mimetype="image/png")
    answer.headers["Cache-Control"] = "no-cache"
    return answer
