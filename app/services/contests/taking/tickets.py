"""An attempt's ticket: signed, binds the try and its member, so that saving needs no session.

It lives as long as the try: after the deadline nothing is stored whoever sends it.
"""

from __future__ import annotations

from functools import lru_cache

from itsdangerous import BadSignature, URLSafeSerializer

from quizzes.refusals import Rejected

SALT = "attempt-ticket-1"


@lru_cache(4)
def _serializer(secret: str) -> URLSafeSerializer:
    return URLSafeSerializer(secret, SALT)


def issue(secret: str, attempt: str, member_id: int) -> str:
    """The signed text a phone keeps. `attempt` is the try's public id."""
    text: str = _serializer(secret).dumps([attempt, member_id])
    return text


def read(secret: str, text: str) -> tuple[str, int]:
    """(public id of the try, member), or Rejected("bad_ticket")."""
    try:
        attempt, member_id = _serializer(secret).loads(text)
    except (BadSignature, TypeError, ValueError, UnicodeError):
        raise Rejected("bad_ticket") from None
    return attempt, member_id
