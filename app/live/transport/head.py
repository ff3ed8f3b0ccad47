"""The head of an HTTP request as bytes: one meaning for everybody who reads it, or none (RFC 9112).

A proxy in front may read a doubtful head otherwise than we do, and so let in what it believed to have refused. So
nothing is mended here: what is folded, doubled or not in the grammar is no request.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

REQUEST_LINE = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+ /[\x21-\x7e\x80-\xff]* HTTP/1\.[01]\r\n").fullmatch
"""We are no proxy: the target is a path of ours, never a whole address, an authority or `*`."""
FIELD = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([\t\x20-\x7e\x80-\xff]*?)[ \t]*\r\n").fullmatch
"""A name that touches its colon; a value of one line, with no control byte in it."""
HOST = re.compile(rb"(?:\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(?::[0-9]{1,5})?").fullmatch
LENGTH = re.compile(rb"[0-9]{1,15}").fullmatch
ZERO_ESCAPED = b"%00"

ONCE = frozenset((
    b"host", b"content-length", b"content-type", b"transfer-encoding", b"expect", b"origin", b"authorization",
    b"upgrade", b"sec-websocket-key", b"sec-websocket-version", b"sec-fetch-site", b"x-request-id",
))  # fmt: skip
"""The headers that state one fact about a request: a second one, even an equal one, comes from somebody who tries which
of them we believe."""


class BadHead(ValueError):
    """The head is no request of ours; the text says why, for the log."""


def check_request_line(line: bytes) -> None:
    """Raises BadHead."""
    if not REQUEST_LINE(line):
        raise BadHead("request line")
    if ZERO_ESCAPED in line:  # in no address of ours, and no database takes it
        raise BadHead("a zero byte in the target")


def check_fields(lines: Iterable[bytes]) -> None:
    """Judge the header lines without the empty one that ends them. Raises BadHead."""
    values: dict[bytes, bytes] = {}
    for line in lines:
        field = FIELD(line)
        if field is None:
            raise BadHead("field line")
        name = field[1].lower()
        if name in values and name in ONCE:
            raise BadHead(f"two of {name.decode()}")
        values[name] = field[2]
    if not HOST(values.get(b"host", b"")):
        raise BadHead("host")
    if b"transfer-encoding" in values:
        raise BadHead("a body needs a length")  # browsers and proxies give one
    if not LENGTH(values.get(b"content-length", b"0")):
        raise BadHead("content length")
