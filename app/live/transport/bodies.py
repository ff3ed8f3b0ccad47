"""The JSON in the body of a request from a stranger, read as strictly as a message of a socket."""

from __future__ import annotations

from typing import Any

from app.live.transport import strict_json
from quizzes.refusals import Rejected

MOST_BYTES = 8192
"""Bytes of the body of one message."""


def json_of(environ: dict[str, Any]) -> Any:
    """The JSON of a POST, or Rejected("bad_request"): only JSON, which no foreign form can send unasked."""
    length = environ.get("CONTENT_LENGTH") or ""
    is_json = environ.get("CONTENT_TYPE", "").partition(";")[0].strip().lower() == "application/json"
    if environ["REQUEST_METHOD"] != "POST" or not is_json or not length.isdecimal() or int(length) > MOST_BYTES:
        raise Rejected("bad_request")
    try:
        return strict_json.loads(environ["wsgi.input"].read(int(length)).decode())
    except ValueError:  # Unicode's errors are ValueErrors
        raise Rejected("bad_request") from None
