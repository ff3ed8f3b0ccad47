"""Tickets: what proves a seat. Signed, bound to show, seat and side; roles are state, not ticket."""

from __future__ import annotations

from dataclasses import dataclass

from itsdangerous import BadSignature, URLSafeSerializer

from quizzes.refusals import Rejected

SALT = "live-ticket-1"


@dataclass(frozen=True)
class Ticket:
    """The seat somebody holds. It lives as long as the show."""

    show_id: int
    seat: int
    side: str


def issue(secret: str, ticket: Ticket) -> str:
    """The signed text a client keeps."""
    return URLSafeSerializer(secret, SALT).dumps([ticket.show_id, ticket.seat, ticket.side])


def read(secret: str, text: object) -> Ticket:
    """The ticket behind a text, or Rejected("bad_ticket")."""
    if not isinstance(text, str):
        raise Rejected("bad_ticket")
    try:
        show_id, seat, side = URLSafeSerializer(secret, SALT).loads(text)
    except (BadSignature, TypeError, ValueError, UnicodeError):
        raise Rejected("bad_ticket") from None
    return Ticket(show_id, seat, side)
