"""Limits how much one seat may ask of this worker, over all its connections: a new connection buys nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from time import monotonic

import gevent

from app.services.shows.tickets import Ticket
from quizzes.refusals import Rejected

PER_SECOND = 10.0
"""Answers that a ticket gains each second."""
AT_ONCE = 64.0
"""Answers that a rested ticket may send at once."""
READING = 4.0
"""The price of a connection, a `sync` or a refusal, in answers: each reads the database for one person."""
MOST_KEPT = 20_000
"""Tickets whose pace is remembered."""
HELD_S = 1.0  # how long a seat that asks too much is held up
MOST_HELD = 200
"""Messages that wait for their pace, all tickets together."""
MOST_POLLS = 2
"""Requests of one seat that wait for its next screen: a page, and the one it was loaded again from."""


class Pace:
    """A purse for each seat, filled at a steady rate."""

    def __init__(self) -> None:
        self._held = 0
        self._polls: Counter[tuple[int, int]] = Counter()
        self._purses: dict[tuple[int, int], tuple[float, float]] = {}  # seat -> what is left, since when

    def spend(self, ticket: Ticket, cost: float = 1.0) -> None:
        """Pay for one event or connection, or Rejected("slow_down")."""
        key, now = (ticket.show_id, ticket.seat), monotonic()
        left, since = self._purses.get(key, (AT_ONCE, now))
        left = min(AT_ONCE, left + (now - since) * PER_SECOND)
        if len(self._purses) >= MOST_KEPT:
            self._purses.clear()
        self._purses[key] = (max(0.0, left - cost), now)
        if left < cost:
            raise Rejected("slow_down")

    def charge(self, ticket: Ticket, cost: float = READING) -> None:
        """Take from the purse for work that is done already; what is not there is not asked for."""
        with suppress(Rejected):
            self.spend(ticket, cost)

    @contextmanager
    def polling(self, ticket: Ticket) -> Iterator[None]:
        """While the block runs, one more request of the seat waits; Rejected("slow_down") when that is too many."""
        key = (ticket.show_id, ticket.seat)
        if self._polls[key] >= MOST_POLLS:
            raise Rejected("slow_down")
        self._polls[key] += 1
        try:
            yield
        finally:
            self._polls[key] -= 1
            if not self._polls[key]:
                del self._polls[key]

    def hold(self) -> None:
        """Let somebody who comes too often wait for the refusal: a loop that comes again at once comes once a second.

        Not more than a few are held, so that a flood cannot park its connections here.
        """
        if self._held < MOST_HELD:
            self._held += 1
            try:
                gevent.sleep(HELD_S)
            finally:
                self._held -= 1
