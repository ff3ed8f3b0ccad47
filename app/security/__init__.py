"""Safety of the shell: who is asking, what they may do, and what a browser may do with our pages.

current_member()              who is asking, or None: a frozen `CurrentMember`
signed_in()                   the same, refusing where nobody is
sign_in(member_id)            begin a session in this answer;  sign_out() ends it for good
member_from_environ(app, e)   the same for a socket's handshake, outside a Flask request
session_ended(listener)       be told when a session ends, to cut its sockets
need(role, path)              refuse with `forbidden` unless the person holds the role there
address(), proof()            where a request comes from; the same as keyed digests, for consents
right_origin(origin, host)    whether a browser's Origin is one of ours
"""

from __future__ import annotations

from flask import Flask

from app.security import access, forms, headers, limits, sessions
from app.security.access import need
from app.security.headers import address, right_origin
from app.security.sessions import current_member, member_from_environ, proof, sign_in, sign_out, signed_in
from app.services.people.sign_ins import CurrentMember, session_ended

__all__ = [
    "CurrentMember", "address", "current_member", "install", "member_from_environ", "member_from_request", "need",
    "proof", "right_origin", "session_ended", "sign_in", "sign_out", "signed_in",
]  # fmt: skip

member_from_request = current_member


def install(app: Flask) -> None:
    """Checks run in this order: host, forgery, rate, access."""
    for part in (headers, sessions, forms, limits, access):
        part.install(app)
