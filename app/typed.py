"""The words of a form that was refused: nobody has to write them a second time."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from flask import request
from werkzeug.exceptions import HTTPException

SECRET = re.compile(r"csrf|pass|^(old|again|seen|next|back|token|secret|code|key)$")
"""Fields whose content is never shown again, or was not typed."""
WRITTEN = re.compile(r"\s|[^\x00-\x7f]|@|://|^[A-Z][a-z]+$|^\d+[.,]\d")
"""People's own words and numbers; keys of choices and numbers of rows look otherwise."""


def words() -> list[str]:
    """Everything of this form that somebody wrote, in its order; nothing where no form was sent."""
    if request.method != "POST":
        return []
    try:
        fields = list(request.form.items(multi=True))
    except HTTPException:  # too large to be read at all
        return []
    said = (text.strip() for name, text in fields if not SECRET.search(name))
    return [text for text in dict.fromkeys(said) if WRITTEN.search(text)]


def came_from() -> str:
    """The page of ours on which the form stood; empty where the browser does not say."""
    parts = urlsplit(request.referrer or "")
    return f"{parts.path}?{parts.query}".rstrip("?") if parts.path and parts.netloc == request.host else ""
