"""Tickets: what proves a seat. Signed, bound to show, seat and side; roles are state, not ticket.

A ticket names what it stands on, too: the session in which the seat was taken or the link made, and its member.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from itsdangerous import BadSignature, URLSafeSerializer

from quizzes.refusals import Rejected

SALT, TRIGGER_SALT = "live-ticket-1", "trigger-1"
PUBLIC, STAFF = "public", "staff"


@dataclass(frozen=True)
class Ticket:
    """The seat somebody holds. `issued` in seconds since 1970; 0: by a version that did not say.

    `sign_in` and `member` are the session it stands on and whose that is; 0: a guest's, or the program's own.
    """

    show_id: int
    seat: int
    side: str
    issued: int = 0
    sign_in: int = 0
    member: int = 0

    @property
    def digest(self) -> bytes:
        """The digest by which a ticket is found again; it does not tell the ticket."""
        told = f"{self.show_id} {self.seat} {self.side} {self.issued} {self.sign_in} {self.member}"
        return hashlib.sha256(told.encode()).digest()


def issue_trigger(secret: str, ticket: Ticket) -> str:
    """The token of a machine, for the same seat. It is no ticket: no screen is shown for it."""
    return issue(secret, ticket, TRIGGER_SALT)


def read_trigger(secret: str, text: object) -> Ticket:
    """The seat behind a machine's token, or Rejected("bad_ticket")."""
    return read(secret, text, TRIGGER_SALT)


def issue(secret: str, ticket: Ticket, salt: str = SALT) -> str:
    """The signed text a client keeps."""
    fields = [ticket.show_id, ticket.seat, ticket.side, ticket.issued, ticket.sign_in, ticket.member]
    return URLSafeSerializer(secret, salt).dumps(fields)


def read(secret: str, text: object, salt: str = SALT) -> Ticket:
    """The ticket behind a text, or Rejected("bad_ticket")."""
    if not isinstance(text, str):
        raise Rejected("bad_ticket")
    try:
        return Ticket(*URLSafeSerializer(secret, salt).loads(text))
    except (BadSignature, TypeError, ValueError, UnicodeError):
        raise Rejected("bad_ticket") from None
