"""Machines of the hall drive a show: a button box or a mixer POSTs a named act with the show's token.

The token stands on what the host's link stands on, so it ends with the host's right and session, and with the show.
Only acts that can be taken back have a name here: nothing is adjusted, voided, kicked or handed over by a machine.
"""

from __future__ import annotations

import secrets
from typing import Any

from flask import current_app, jsonify, request

from app import language
from app.clock import now_us
from app.live.doors import refusals
from app.live.protocol import Act, read
from app.live.seats.rooms import Connection
from app.services.shows import listing, lives, tickets
from app.services.shows.tickets import Ticket
from quizzes.engine import HOST
from quizzes.refusals import Rejected

ACTS = {
    "next": "advance", "pause": "pause", "resume": "resume", "lock": "lock", "unlock": "unlock",
    "blackout": "blackout", "unblackout": "unblackout", "hide_names": "hide_names", "show_names": "show_names",
}  # fmt: skip
"""The name of an act -> the host's command."""


def trigger(act: str) -> Any:
    """One named act with a bearer token: 200 with `ok`, 401 for a token that does not hold (any more)."""
    live = current_app.extensions["live"]
    try:
        ticket = _ticket()
        live.pace.spend(ticket)
        live.standing.ask(ticket)
    except Rejected as refusal:
        return refusals.reply(refusal, language.chosen())
    try:
        if act not in ACTS:
            raise Rejected("bad_request")
        host = Connection("", ticket, HOST, language.current())
        key = request.headers.get("Idempotency-Key") or secrets.token_hex(8)
        said = live.act(host, read(Act, {"do": ACTS[act], "id": key}))
        return jsonify(ok=True, **said)
    except Rejected as refusal:
        return refusals.reply(refusal, language.chosen())


def _ticket() -> Ticket:
    """The host's seat the token stands for, or Rejected("bad_ticket"), also once the show is over: nobody remembers
    then which machines still hold one."""
    kind, _, text = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer":
        raise Rejected("bad_ticket")
    ticket = tickets.read_trigger(current_app.config["SECRET_KEY"], text.strip())
    if lives.is_over(ticket, 0, now_us()) or listing.by_id(ticket.show_id).over_at is not None:
        raise Rejected("bad_ticket")
    return ticket
