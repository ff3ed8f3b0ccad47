"""The addresses of a show: for phones, for the projector, for the host, for a program."""

from __future__ import annotations

import base64
import hmac
import time
from dataclasses import dataclass

from app.services.shows import listing, scripts, seats, tickets
from app.services.shows.tickets import STAFF, Ticket
from quizzes.refusals import Rejected

LINKED, INVITED = ("host", "stage"), ("mc", "judge")
PROGRAM = (0, 0)
"""(session, member) of links that nobody's session stands behind: made by a command on the machine itself."""


@dataclass(frozen=True)
class Links:
    """`staff` is role -> address with a signed ticket in it: whoever has one has the seat."""

    join: str
    shown: str
    pin: str
    qr: str
    results: str
    staff: dict[str, str]
    staff_tickets: dict[str, str]

    @property
    def way_in(self) -> dict[str, str]:
        """The way in for players, as templates take it: for everybody's eyes, so never a staff ticket."""
        return {"join": self.join, "shown": self.shown, "pin": self.pin, "qr": self.qr, "results": self.results}


def key_of(pin: str, secret: str) -> str:
    """The secret in the QR besides the PIN: 128 bits that nobody guesses, so whoever brings it never has to wait."""
    mark = hmac.digest(secret.encode(), f"way in {pin}".encode(), "sha256")[:16]
    return base64.urlsafe_b64encode(mark).decode().rstrip("=")


def is_key(key: str, pin: str, secret: str) -> bool:
    """True when the key is the one of this PIN. It does not tell that a show has this PIN."""
    return hmac.compare_digest(key.encode(), key_of(pin, secret).encode())


def path_in(pin: str, secret: str) -> str:
    """The path that a QR code leads to."""
    return f"/p/{pin}?k={key_of(pin, secret)}"


def title_behind(pin: str, key: str, secret: str) -> dict[str, str]:
    """The title of the show a QR code leads to; a PIN alone is told nothing."""
    try:
        return listing.by_pin(pin).title if is_key(key, pin, secret) else {}
    except Rejected:
        return {}


def of(show: listing.Listed | scripts.Created, base_url: str, secret: str, made_in: tuple[int, int] = PROGRAM) -> Links:
    """Every link of a show below `base_url`. Staff links end with the session they are `made_in` (session, member)."""
    now = int(time.time())
    issued = {
        line.role: tickets.issue(secret, Ticket(show.show_id, line.number, STAFF, now, *made_in))
        for line in seats.staff(show.show_id)
        if line.role in LINKED
    }
    base_url = base_url.rstrip("/")
    return Links(
        join=base_url + path_in(show.pin, secret) if show.pin else base_url,
        shown=base_url.partition("://")[2],
        pin=show.pin or "",
        qr=f"/qr/{show.public_id}.svg",
        results=f"/results/{show.public_id}",
        staff={role: f"{base_url}/{role}/{ticket}" for role, ticket in issued.items()},
        staff_tickets=issued,
    )


def invited(show_id: int, base_url: str, secret: str, made_in: tuple[int, int]) -> list[tuple[seats.SeatLine, str]]:
    """MC and judges with their links, in the order they were invited; they end with what they are `made_in`."""
    now = int(time.time())
    found = [line for line in seats.staff(show_id) if line.role in INVITED]
    return [
        (line, f"{base_url}/{line.role}/{tickets.issue(secret, Ticket(show_id, line.number, STAFF, now, *made_in))}")
        for line in found
    ]
