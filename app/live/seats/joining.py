"""Taking seats by the hundred: a hall that scans one QR code at once, without holding up those who play."""

from __future__ import annotations

import time
from collections import OrderedDict

import gevent
from gevent.lock import BoundedSemaphore

from app.clock import now_us
from app.live.questions.committer import Committer
from app.live.seats.admission import LONGEST_S, Admission
from app.security.looks import MOST, Looks
from app.services.shows import listing, seats
from app.services.shows.seats import Newcomer, SeatLine, Wanted
from quizzes.refusals import Rejected

IN_GROUP = 100
"""Joins stored in one transaction."""
KEPT_S, MOST_KEPT = 1.0, 1000
"""How long a show that was found by its PIN is believed, seconds, and how many PINs are remembered."""
CODES_A_MINUTE = 20
"""Wrong seat codes in one show, from however many addresses: of 923,521 codes a seat has one, so all guessers together
take a seat with 0.13 % an hour."""


class Joining:
    """The seats this process gives: in groups, at a bounded rate."""

    def __init__(self) -> None:
        self._admission = Admission()
        self._committer = Committer(seats.take_group, most=IN_GROUP, kind="joins")
        self._kept: dict[str, tuple[float, listing.Listed]] = {}
        self._pins, self._looking = Looks(), BoundedSemaphore()
        self._codes: OrderedDict[int, Looks] = OrderedDict()

    def start(self) -> None:
        """Begin to work."""
        self._committer.start()

    def share(self, workers: int) -> None:
        """Learn how many workers live: each looks at its part of the typed PINs, so together they give no more away."""
        self._pins.most = max(1, MOST // max(1, workers))

    def show_of(self, pin: str, address: str) -> listing.Listed:
        """The show of a typed PIN. Rejected: no_such_show, or slow_down where too many guess."""
        pin = "".join(pin.split())
        with self._looking:  # nobody else looks between the turn and what came of it
            if wait_s := self._pins.turn(address):
                raise Rejected("slow_down", seconds=wait_s, said="slow_down_scan")
            try:
                return self.show_scanned(pin)
            except Rejected:
                self._pins.wrong(address, pin)
                raise

    def show_scanned(self, pin: str) -> listing.Listed:
        """The show of a PIN that came with its key; while a hall joins, the same PIN is looked up once a second."""
        until, show = self._kept.get(pin, (0.0, None))
        if show is None or until < time.monotonic():
            show = listing.by_pin(pin)
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            self._kept[pin] = (time.monotonic() + KEPT_S, show)
        return show

    def try_code(self, show_id: int, address: str, code: str) -> None:
        """Before a seat code is looked at, right or wrong; Rejected("slow_down") where too many guess."""
        looks = self._codes.pop(show_id, None) or Looks(CODES_A_MINUTE)
        self._codes[show_id] = looks
        if len(self._codes) > MOST_KEPT:
            self._codes.popitem(last=False)
        if wait_s := looks.turn(address):
            raise Rejected("slow_down", seconds=wait_s)
        looks.wrong(address, code)

    def code_was_right(self, show_id: int, address: str, code: str) -> None:
        """It has opened its seat: no guess."""
        if looks := self._codes.get(show_id):
            looks.right(address, code)

    def stand_in_line(self) -> None:
        """Wait for one's turn; Rejected("slow_down") where that would take too long."""
        wait_s = self._admission.enter()
        if wait_s > LONGEST_S:
            raise Rejected("slow_down", seconds=wait_s)
        if wait_s:
            gevent.sleep(wait_s)

    def take(self, show_id: int, who: Newcomer, *, locked: bool) -> tuple[SeatLine, bool]:
        """`seats.take`, together with others who join now. Rejected besides: slow_down, busy."""
        self.stand_in_line()
        outcome = self._committer.commit(Wanted(show_id, who, locked, now_us()))
        if outcome == "busy":
            raise Rejected("busy")
        if isinstance(outcome, Rejected):
            raise outcome
        line, is_new = outcome
        return line, is_new
