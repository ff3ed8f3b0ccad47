"""When a message arrived, and until when everything that arrived has been read.

The kernel stamps what it receives (SO_TIMESTAMPNS on the listening socket, inherited by each connection), so a
busy loop that reads an answer a second late still knows when it came. The settle time of a closing question
lasts until `read_until` of every worker has passed the deadline.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from gevent import get_hub, getcurrent

from app.clock import clock
from app.live.transport.kernel import stamp_ns

TICK_US = 20_000
"""How often the loop looks at the clock, microseconds."""
ON_TIME_US = 50_000
"""How late the loop may be and still count as on time, microseconds."""


def received_at() -> int:
    """Arrival of the message that the current greenlet is handling, µs since 1970; elsewhere the time now.

    Frames that one read found together all carry the stamp of the last.
    """
    return getattr(getcurrent(), "received_us", None) or clock.now_us()


class Arrivals:
    """Follows the reads of one process. A tick every 20 ms draws the conclusion."""

    def __init__(self) -> None:
        self.read_until_us = 0
        self.lag_us = 0  # the delay of the last tick, microseconds
        self.waiting: dict[Any, int] = {}  # connection -> arrival of its oldest message not yet handled
        self._oldest_us: int | None = None  # oldest arrival read since the last tick
        self._ticked_us = clock.now_us()
        self._timer: Any = None

    def stamp(self, ancillary: list[tuple[int, int, bytes]]) -> int:
        """The arrival (µs since 1970) of what was just read, from the control messages that came with it."""
        at = clock.now_us()
        stamped_ns = stamp_ns(ancillary)
        if stamped_ns is not None:
            # All that arrived before `read_until` has been read, so an older stamp is a clock that jumped.
            at = max(at - clock.age_us(stamped_ns), self.read_until_us)
        if self._oldest_us is None or at < self._oldest_us:
            self._oldest_us = at
        return at

    @contextmanager
    def holding(self, arrived_us: int) -> Iterator[None]:
        """While the block runs, a message that arrived then is not handled yet."""
        held = object()
        self.waiting[held] = arrived_us
        try:
            yield
        finally:
            del self.waiting[held]

    def start(self) -> None:
        """Tick for as long as the process lives."""
        if self._timer is None:
            self._ticked_us = clock.now_us()
            loop = get_hub().loop  # the lowest priority: whatever the same look at the sockets found is read first
            self._timer = loop.timer(TICK_US / 1e6, TICK_US / 1e6, priority=loop.MINPRI)
            self._timer.start(self.tick, update=True)

    def tick(self) -> None:
        """Advance `read_until_us` if the loop keeps up.

        It keeps up when the tick is on time and nothing older than 50 ms was read since the last one or waits
        for its handler. The event loop is told of ready sockets oldest first, so if something older were still
        unread, something older would have been read. What arrived since the last tick may be unread. After a stall
        (a process that was stopped, too) the loop makes up for a missed tick at once, before it has looked at its
        sockets: that one does not count.
        """
        clock.watch()
        now = clock.now_us()
        if now - self._ticked_us < TICK_US // 2:
            return
        self.lag_us = max(0, now - self._ticked_us - TICK_US)
        horizon = now - ON_TIME_US
        stale = self._oldest_us is not None and self._oldest_us < horizon
        if not stale and self.lag_us < ON_TIME_US and not (self.waiting and min(self.waiting.values()) < horizon):
            self.read_until_us = max(self.read_until_us, min(horizon, self._ticked_us))
        self._oldest_us = None
        self._ticked_us = now

    def loop_lag(self) -> int:
        """The delay of the loop, microseconds: at its last tick, or since then if the next is overdue."""
        return max(self.lag_us, clock.now_us() - self._ticked_us - TICK_US)


arrivals = Arrivals()
loop_lag: Callable[[], int] = arrivals.loop_lag


def read_until() -> int:
    """This process has certainly read everything that arrived before this time (µs since 1970)."""
    return arrivals.read_until_us
