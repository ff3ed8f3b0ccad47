"""Where WebSocket is blocked: screens by long polling, answers by POST, both with the ticket as bearer."""

from __future__ import annotations

import time
from typing import Any

from flask import current_app, jsonify, request

from app import language
from app.errors import sentence
from app.live import protocol, refusals, screens
from app.live.protocol import Answer
from app.services.shows import seats, shows, tickets
from app.services.shows.tickets import Ticket
from quizzes import show as rules
from quizzes.engine import Rejected, Viewer

POLL_S = 20.0


def _bearer() -> Ticket:
    kind, _, text = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer":
        raise Rejected("bad_ticket")
    return tickets.read(current_app.config["SECRET_KEY"], text.strip())


def screen() -> Any:
    """The newest screen for a ticket; waits until there is one newer than `v`, at most 20 s."""
    try:
        ticket = _bearer()
    except Rejected as refusal:
        return refusals.answered(refusal, language.chosen())
    live, known = current_app.extensions["live"], request.args.get("v", 0, type=int)
    until = time.monotonic() + POLL_S
    replica = shows.catch_up(ticket.show_id)
    while replica.v <= known and time.monotonic() < until:
        time.sleep(0.25)
        replica = shows.replica(ticket.show_id)
    seat = seats.place(ticket.show_id, ticket.seat)
    if seat is None or rules.is_kicked(replica.state, ticket.seat):
        return refusals.answered(Rejected("kicked"), language.chosen())
    role = rules.role(replica.state, ticket.seat, "public") if seat.side == "public" else seat.role
    viewer = Viewer(role, rules.group(replica.state, ticket.seat) if seat.side == "public" else "", seat.lang)
    mine = {"v": replica.v, **screens.me(replica, ticket.seat, role, seat.code)}
    return jsonify(screen=live.publisher.screen(replica, viewer), me=mine)


def answer() -> Any:
    """One answer with a bearer ticket: 200 with the acknowledgement's shape, 401 for a bad ticket."""
    try:
        ticket = _bearer()
    except Rejected as refusal:
        return refusals.answered(refusal, language.chosen())
    try:
        message = protocol.read(Answer, request.get_json(silent=True))
        return jsonify(ok=True, **current_app.extensions["live"].answer(ticket, message))
    except Rejected as refusal:
        return jsonify(ok=False, code=refusal.code, message=sentence(refusal.code, **refusal.about))
