"""An attempt's ticket: signed, binds the try, its member and the session, so that saving needs no cookie.

It lives as long as the try, after whose deadline nothing is stored whoever sends it, and ends with the session.
"""

from __future__ import annotations

from functools import lru_cache

from itsdangerous import BadSignature, URLSafeSerializer

from quizzes.refusals import Rejected

SALT = "attempt-ticket-1"


@lru_cache(4)
def _serializer(secret: str) -> URLSafeSerializer:
    return URLSafeSerializer(secret, SALT)


def issue(secret: str, attempt: str, member_id: int, sign_in: int) -> str:
    """The signed text a phone keeps. `attempt` is the try's public id."""
    text: str = _serializer(secret).dumps([attempt, member_id, sign_in])
    return text


def read(secret: str, text: str) -> tuple[str, int, int]:
    """(public id of the try, member, session), or Rejected("bad_ticket")."""
    try:
        attempt, member_id, sign_in = _serializer(secret).loads(text)
    except (BadSignature, TypeError, ValueError, UnicodeError):
        raise Rejected("bad_ticket") from None
    return attempt, member_id, sign_in
