"""The type of what a page returns: HTML, a response, or HTML with a status."""

from __future__ import annotations

from werkzeug import Response

Reply = str | Response | tuple[str, int]
