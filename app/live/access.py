"""The access rows of shows while they run: the doors, and the side of a ticket that may send each socket event. Tickets
are checked by the doors."""

from __future__ import annotations

from app.security.access import PUBLIC, TICKET, Rule
from quizzes.refusals import Rejected

ROWS: dict[str, Rule] = {
    "live.answer": TICKET,
    "live.by_pin": PUBLIC,
    "live.doors": TICKET,
    "live.follow": TICKET,
    "live.host": TICKET,
    "live.join": PUBLIC,
    "live.judge": TICKET,
    "live.mc": TICKET,
    "live.picture": PUBLIC,
    "live.play": PUBLIC,
    "live.player": PUBLIC,
    "live.qr": PUBLIC,
    "live.renew": TICKET,
    "live.screen": TICKET,
    "live.short": PUBLIC,
    "live.stage": TICKET,
    "live.trigger": TICKET,
}

EVENTS: dict[str, frozenset[str]] = {
    # socket event, also where it comes over HTTP -> sides of a ticket that may send it; the rest is the show's state
    "act": frozenset({"public", "staff"}),
    "answer": frozenset({"public", "staff"}),  # of the staff only judges stand on a roll
    "sync": frozenset({"public", "staff"}),
}


def may_send(event: str, side: str) -> bool:
    """True when the table lets this side of a ticket send this socket event."""
    return side in EVENTS.get(event, frozenset())


def need_side(event: str, side: str) -> None:
    """Refuse an event that the table does not give to this side of a ticket."""
    if not may_send(event, side):
        raise Rejected("not_in_round")
