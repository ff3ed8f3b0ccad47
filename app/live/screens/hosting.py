"""The acts of a host that the journal does not know: confirm who gets a seat back, have the same people play again,
fill a rehearsal with seats that nobody sits in."""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask_babel import gettext as _

from app import language
from app.clock import now_us
from app.live.protocol import Act
from app.live.screens import awards, registry
from app.live.screens.publisher import Publisher
from app.live.seats.rooms import Connection
from app.live.seats.roster import Roster
from app.services.shows import addresses, again, bots, listing, seat_claims, shows
from app.services.shows.tickets import Ticket
from quizzes.engine import HOST
from quizzes.refusals import Rejected
from quizzes.show import arming

CLAIMS = {"admit": True, "turn_away": False}
"""The host's word on who asks for a seat by its name."""
COMMANDS = frozenset({*CLAIMS, "again", "bots", *registry.COMMANDS})


def carry_out(
    app: Flask, publisher: Publisher, roster: Roster, screens: registry.Registry, connection: Connection, message: Act
) -> dict[str, Any]:
    """The acknowledgement. Rejected: not_found, kicked, seated_already; not_now, and what making a show may raise;
    rehearsal_only, bad_request, full."""
    ticket = connection.ticket
    if message.do == "again":
        return {"v": shows.replica(ticket.show_id).v, "open": _again(app, ticket)}
    if message.do in registry.COMMANDS:
        screens.carry_out(ticket.show_id, message)
        return {"v": shows.replica(ticket.show_id).v}
    try:
        if message.do == "bots":
            _fill(app, roster, connection, message)
        else:
            _decide_claim(ticket.show_id, message)
    finally:  # a claim that cannot be granted is gone too
        publisher.people_changed(ticket.show_id)
    return {"v": shows.replica(ticket.show_id).v}


def args_of(roster: Roster, connection: Connection, message: Act) -> dict[str, Any]:
    """The arguments of a command, with the host's words put into numbers, after a look at facts that only the shell
    knows. Raises Rejected("arm_first") where a console does at once what cannot be taken back; a program that is no
    listed screen may."""
    if connection.role != HOST:
        return message.args
    if connection.screen and arming.must(message.do, message.args):
        raise Rejected("arm_first")
    need(connection.ticket, message)
    return roster.named(connection.ticket.show_id, message)


def need(ticket: Ticket, message: Act) -> None:
    """Only what the show's own chapter, or one below it, gives may be shown. Rejected: not_found."""
    if message.do == "show_awards":
        show, of = listing.by_id(ticket.show_id), message.args.get("of")
        if not isinstance(of, str) or awards.held(show.chapter_id, of) is None:
            raise Rejected("not_found")


def _fill(app: Flask, roster: Roster, connection: Connection, message: Act) -> None:
    """They come while nothing has begun, as everybody may."""
    show_id, count = connection.ticket.show_id, message.args.get("n")
    if shows.catch_up(show_id).state.phase != "lobby":
        raise Rejected("not_now")
    with language.speaking(app, connection.lang):
        called = _("%(name)s (máy)", name="%(name)s")
    roster.filled(bots.add(show_id, count if isinstance(count, int) else 0, called))


def _decide_claim(show_id: int, message: Act) -> None:
    """Seats are rows, so the journal gets no line."""
    claim, kicked = message.args.get("claim"), shows.replica(show_id).state.kicked
    seat_claims.decide(show_id, claim if isinstance(claim, int) else 0, CLAIMS[message.do], kicked)


def _again(app: Flask, ticket: Ticket) -> str:
    """The address of this host's console in the next show."""
    after = again.again(ticket.show_id, now_us())
    address = app.config["SETTINGS"].public_url or ""
    links = addresses.of(after, address, app.config["SECRET_KEY"], (ticket.sign_in, ticket.member))
    return links.staff[HOST]
