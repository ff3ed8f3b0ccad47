"""What a host may do that the journal does not know: say who gets a seat back, and have the same people play again."""

from __future__ import annotations

from typing import Any

from flask import Flask

from app.live.clock import now_us
from app.live.protocol import Act
from app.live.screens.publisher import Publisher
from app.services.shows import again, seat_claims, show_links, shows
from app.services.shows.tickets import Ticket
from quizzes.engine import HOST

CLAIMS = {"admit": True, "turn_away": False}
"""The host's word on who asks for a seat by its name."""
COMMANDS = frozenset({*CLAIMS, "again"})


def carry_out(app: Flask, publisher: Publisher, ticket: Ticket, message: Act) -> dict[str, Any]:
    """The acknowledgement. Rejected: not_found, kicked, seated_already; not_now, and what making a show may raise."""
    if message.do == "again":
        return {"v": shows.replica(ticket.show_id).v, "open": _again(app, ticket)}
    try:
        _decide_claim(ticket.show_id, message)
    finally:  # a claim that cannot be granted is gone too
        publisher.people_changed(ticket.show_id)
    return {"v": shows.replica(ticket.show_id).v}


def _decide_claim(show_id: int, message: Act) -> None:
    """Seats are rows, so the journal gets no line."""
    claim, kicked = message.args.get("claim"), shows.replica(show_id).state.kicked
    seat_claims.decide(show_id, claim if isinstance(claim, int) else 0, CLAIMS[message.do], kicked)


def _again(app: Flask, ticket: Ticket) -> str:
    """The address of this host's console in the next show."""
    after = again.again(ticket.show_id, now_us())
    address = app.config["SETTINGS"].public_url or ""
    links = show_links.of(after, address, app.config["SECRET_KEY"], (ticket.sign_in, ticket.member))
    return links.staff[HOST]
