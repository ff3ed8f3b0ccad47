"""How much one seat may ask of this worker, over all its connections: a new connection buys nothing."""

from __future__ import annotations

from time import monotonic

from app.services.shows.tickets import Ticket
from quizzes.engine import Rejected

PER_SECOND = 10.0
AT_ONCE = 64.0
MOST_KEPT = 20_000


class Pace:
    """A purse for each seat, filled at a steady rate."""

    def __init__(self) -> None:
        self._purses: dict[tuple[int, int], tuple[float, float]] = {}  # seat -> what is left, since when

    def spend(self, ticket: Ticket) -> None:
        """Pay for one event or connection, or Rejected("slow_down")."""
        key, now = (ticket.show_id, ticket.seat), monotonic()
        left, since = self._purses.get(key, (AT_ONCE, now))
        left = min(AT_ONCE, left + (now - since) * PER_SECOND)
        if len(self._purses) >= MOST_KEPT:
            self._purses.clear()
        self._purses[key] = (max(0.0, left - 1), now)
        if left < 1:
            raise Rejected("slow_down")
