"""Serves phones where WebSocket is blocked: screens by long polling, answers by POST, both with the ticket as
bearer."""

from __future__ import annotations

import time
from typing import Any

from flask import current_app, jsonify, request

from app import language
from app.errors import sentence
from app.live import protocol
from app.live.access import need_side
from app.live.doors import refusals
from app.live.protocol import Answer
from app.live.screens import drawing
from app.live.seats.pace import READING
from app.live.transport.bodies import json_of
from app.live.worker import Live
from app.services.shows import seats, shows, tickets
from app.services.shows.shows import Replica
from app.services.shows.tickets import Ticket
from quizzes import show as rules
from quizzes.engine import AUDIENCE, Viewer
from quizzes.refusals import Rejected

POLL_S, LOOK_S = 20.0, 0.25
"""How long a request waits for something new, and how often it looks meanwhile, seconds."""


def bearer() -> Ticket:
    """The ticket this request is shown with, or Rejected("bad_ticket")."""
    kind, _, text = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer":
        raise Rejected("bad_ticket")
    return tickets.read(current_app.config["SECRET_KEY"], text.strip())


def _seat_of(ticket: Ticket) -> seats.SeatLine:
    """The seat of a ticket; where there is none the phone has to join again, as a socket is told too."""
    seat = seats.seat(ticket.show_id, ticket.seat)
    if seat is None:
        raise Rejected("bad_ticket")
    return seat


def screen() -> Any:
    """The newest screen for a ticket; waits until there is one newer than `v`, at most 20 s."""
    try:
        return jsonify(_newest(bearer(), request.args.get("v", 0, type=int)))
    except Rejected as refusal:
        return refusals.reply(refusal, language.chosen())


def _newest(ticket: Ticket, known: int) -> dict[str, Any]:
    live = current_app.extensions["live"]
    live.pace.spend(ticket, READING)
    seat = _seat_of(ticket)
    live.endings.need(ticket)
    live.roster.let_in(seat)
    replica = _newer(live, ticket, known)
    if rules.is_kicked(replica.state, ticket.seat):
        raise Rejected("kicked")
    plays = seat.side == "public" and seat.role != AUDIENCE
    role = rules.role(replica.state, ticket.seat, "public") if plays else seat.role
    viewer = Viewer(role, rules.group(replica.state, ticket.seat) if seat.side == "public" else "", seat.lang)
    chosen = drawing.choices_of(replica, [ticket.seat])
    mine = {"v": replica.v, **drawing.me(replica, ticket.seat, role, chosen, seat.code)}
    return {"screen": live.publisher.whole(replica, viewer), "me": mine}


def _newer(live: Live, ticket: Ticket, known: int) -> Replica:
    """The show once it is newer than `known`, or as it is in the end. A seat that waits here counts as present."""
    live.polls(ticket)
    replica = shows.catch_up(ticket.show_id)
    if replica.v > known:  # also for a page that was loaded again while its last poll still waits
        return replica
    until = time.monotonic() + POLL_S
    with live.pace.polling(ticket):
        while replica.v <= known and time.monotonic() < until and not live.is_ending:
            time.sleep(LOOK_S)
            live.polls(ticket)
            live.standing.need(ticket)
            replica = shows.replica(ticket.show_id)
    return replica


def answer() -> Any:
    """One answer with a bearer ticket: 200 with the acknowledgement's shape, 401 for a bad ticket, 429 for a flood."""
    live = current_app.extensions["live"]
    try:
        ticket = bearer()
        live.pace.spend(ticket)
        if (seat := live.roster.seat(ticket)) is None:
            raise Rejected("bad_ticket")
        live.endings.need(ticket)
        live.roster.let_in(seat)
    except Rejected as refusal:
        return refusals.reply(refusal, language.chosen())
    try:
        need_side("answer", ticket.side)
        message = protocol.read(Answer, json_of(request.environ))
        return jsonify(ok=True, **live.answer(ticket, message))
    except Rejected as refusal:
        return jsonify(ok=False, code=refusal.code, message=sentence(refusal.code, **refusal.about))
