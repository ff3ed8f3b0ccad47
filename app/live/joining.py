"""Taking seats by the hundred: a hall that scans one QR code at once, without holding up those who play."""

from __future__ import annotations

import time

from app.live.admission import Admission
from app.live.clock import now_us
from app.live.committer import Committer
from app.services.shows import scripts, seats
from app.services.shows.seats import Newcomer, Place, Wanted
from quizzes.engine import Rejected

IN_GROUP = 100
KEPT_S, MOST_KEPT = 1.0, 1000


class Joining:
    """The seats this process gives: in groups, at a bounded rate."""

    def __init__(self) -> None:
        self._admission = Admission()
        self._committer = Committer(seats.take_group, most=IN_GROUP)
        self._kept: dict[str, tuple[float, scripts.Listed]] = {}

    def start(self) -> None:
        """Begin to work."""
        self._committer.start()

    def show_of(self, pin: str) -> scripts.Listed:
        """`scripts.by_pin`; while a hall joins, the same PIN is looked up once a second."""
        until, show = self._kept.get(pin, (0.0, None))
        if show is None or until < time.monotonic():
            show = scripts.by_pin(pin)
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            self._kept[pin] = (time.monotonic() + KEPT_S, show)
        return show

    def take(self, show_id: int, who: Newcomer, *, locked: bool) -> tuple[Place, bool]:
        """`seats.take`, together with others who join now. Rejected besides: slow_down, busy."""
        wait_s = self._admission.enter()
        if wait_s:
            raise Rejected("slow_down", seconds=wait_s)
        outcome = self._committer.commit(Wanted(show_id, who, locked, now_us()))
        if outcome == "busy":
            raise Rejected("busy")
        if isinstance(outcome, Rejected):
            raise outcome
        place, is_new = outcome
        return place, is_new
