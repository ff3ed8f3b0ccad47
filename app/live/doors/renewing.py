"""A fresh ticket for an old one: while it holds by itself, and after its time by the device that has the seat."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

from flask import current_app, jsonify

from app import language, security
from app.live.doors import fallback, refusals
from app.live.protocol import Join
from app.live.seats.pace import READING
from app.services.people.sign_ins import CurrentMember
from app.services.shows import again as again_service
from app.services.shows import listing, seats, shows, tickets
from app.services.shows.tickets import PUBLIC, Ticket
from quizzes import show as rules
from quizzes.engine import JUDGE, MC, STAGE
from quizzes.refusals import Rejected

FOLLOWING = (STAGE, MC, JUDGE)
"""The roles whose screens follow into the next show by themselves; the host is led there, phones have their seat by
device."""


def ticket_for(line: seats.SeatLine, member: CurrentMember | None) -> Ticket:
    """The ticket of a seat that was just taken: a member's stands on the session, a guest's on nothing."""
    mine = member is not None and line.member_id == member.id
    stands_on = (member.sign_in, member.id) if mine and member else (0, 0)
    return Ticket(line.show_id, line.number, PUBLIC, int(time.time()), *stands_on)


def signed(ticket: Ticket) -> str:
    """The text its holder keeps."""
    return tickets.issue(current_app.config["SECRET_KEY"], ticket)


def renew() -> Any:
    """POST /live/renew with a ticket that still holds: a fresh one. The right is asked each time."""
    try:
        return jsonify(_renewed(fallback.bearer()))
    except Rejected as refusal:
        return refusals.reply(refusal, language.chosen())


def _renewed(ticket: Ticket) -> dict[str, Any]:
    live = current_app.extensions["live"]
    live.pace.spend(ticket, READING)
    if live.roster.seat(ticket) is None:
        raise Rejected("bad_ticket")
    live.endings.need(ticket)
    live.standing.ask(ticket)
    _not_kicked(ticket.show_id, ticket.seat)
    fresh = replace(ticket, issued=int(time.time()))
    return {"ticket": signed(fresh), "show": listing.by_id(ticket.show_id).public_id, "seat": ticket.seat}


def follow() -> Any:
    """POST /live/follow with the ticket of a stage, an MC or a judge: their page in the show that the same people play
    next. It stands on what the ticket stands on. Rejected: not_now, bad_ticket."""
    try:
        return jsonify({"open": _followed(fallback.bearer())})
    except Rejected as refusal:
        return refusals.reply(refusal, language.chosen())


def _followed(ticket: Ticket) -> str:
    live = current_app.extensions["live"]
    live.pace.spend(ticket, READING)
    line = live.roster.seat(ticket)
    if line is None or line.role not in FOLLOWING:
        raise Rejected("bad_ticket")
    live.endings.need(ticket)
    live.standing.ask(ticket)
    after = again_service.seat_after(ticket.show_id, ticket.seat)
    fresh = replace(ticket, show_id=after.show_id, seat=after.number, issued=int(time.time()))
    return f"/{line.role}/{signed(fresh)}"


def again(message: Join) -> tuple[seats.SeatLine, str, Ticket]:
    """The seat this device has already, for a join without a PIN. Rejected: bad_request, bad_ticket, kicked."""
    if message.ticket:
        return _again_by_ticket(message, tickets.read(current_app.config["SECRET_KEY"], message.ticket))
    if not message.show:
        raise Rejected("bad_request")
    show, member = listing.by_public_id(message.show), security.current_member()
    line = _seat_of_device(show.show_id, message.device, member.id if member else None)
    return line, show.public_id, ticket_for(line, member)


def _again_by_ticket(message: Join, ticket: Ticket) -> tuple[seats.SeatLine, str, Ticket]:
    """Cookies give no right where a ticket is given: it stands on what it stood on."""
    if ticket.side != PUBLIC:
        raise Rejected("bad_ticket")
    current_app.extensions["standing"].ask(ticket)
    line = _seat_of_device(ticket.show_id, message.device, ticket.member or None)
    if line.number != ticket.seat:
        raise Rejected("bad_ticket")
    return line, listing.by_id(ticket.show_id).public_id, replace(ticket, issued=int(time.time()))


def _seat_of_device(show_id: int, device: str, member_id: int | None) -> seats.SeatLine:
    line = seats.of_device(show_id, device, member_id)
    if line is None or (line.member_id is not None and line.member_id != member_id):
        raise Rejected("bad_ticket")
    _not_kicked(show_id, line.number)
    return line


def _not_kicked(show_id: int, seat: int) -> None:
    if rules.is_kicked(shows.catch_up(show_id).state, seat):
        raise Rejected("kicked")
