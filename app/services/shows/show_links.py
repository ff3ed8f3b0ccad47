"""The addresses of a show: for phones, for the projector, for the host, for a program."""

from __future__ import annotations

from dataclasses import dataclass

from app.services.shows import scripts, seats, tickets
from app.services.shows.tickets import Ticket

LINKED = ("host", "stage", "mc")


@dataclass(frozen=True)
class Links:
    """`staff` is role -> address with a signed ticket in it: whoever has one has the seat."""

    join: str
    shown: str
    qr: str
    results: str
    staff: dict[str, str]
    staff_tickets: dict[str, str]


def of(show: scripts.Listed | scripts.Created, base_url: str, secret: str) -> Links:
    """Every link of a show below `base_url`."""
    issued = {place.role: tickets.issue(secret, Ticket(show.show_id, place.number, "staff"))
              for place in seats.staff(show.show_id) if place.role in LINKED}
    base_url = base_url.rstrip("/")
    return Links(
        join=f"{base_url}/p/{show.pin}" if show.pin else base_url,
        shown=base_url.partition("://")[2],
        qr=f"/qr/{show.public_id}.svg",
        results=f"/results/{show.public_id}",
        staff={role: f"{base_url}/{role}/{ticket}" for role, ticket in issued.items()},
        staff_tickets=issued,
    )
