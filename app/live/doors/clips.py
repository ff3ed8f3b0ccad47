"""Sound and film of questions over HTTP: a range is answered with what lies in one row, so no worker holds a film."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Response, abort, request

from app.services.clips import clips
from app.services.clips.clips import PART, Stored

KEPT = "public, max-age=31536000, immutable"


def reply(name: str) -> Response:
    """The clip, or the part of it that was asked for; 404 where there is none, 416 for what lies behind its end."""
    found = clips.clip(name)
    if found is None:
        abort(404)
    wanted = request.range
    if wanted is None or wanted.units != "bytes" or len(wanted.ranges) != 1:
        response = Response(_whole(found), mimetype=found.type)
        response.content_length = found.size
    else:
        response = _partly(found, wanted.range_for_length(found.size))
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Cache-Control"] = KEPT
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def _whole(found: Stored) -> Iterator[bytes]:
    for number in range(-(-found.size // PART)):
        yield clips.part(found.name, number)


def _partly(found: Stored, asked: tuple[int, int] | None) -> Response:
    """At most to the end of the row in which it begins: whoever plays it asks on."""
    if asked is None:
        response = Response(status=416)
        response.headers["Content-Range"] = f"bytes */{found.size}"
        return response
    begin, end = asked
    number, at = divmod(begin, PART)
    end = min(end, (number + 1) * PART)
    response = Response(clips.part(found.name, number)[at : at + end - begin], 206, mimetype=found.type)
    response.headers["Content-Range"] = f"bytes {begin}-{end - 1}/{found.size}"
    return response
