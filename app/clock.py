"""The one clock of shows and contests that run: integer microseconds since 1970, anchored to the clock of the database.

All workers and all processes one after another keep one time, in which the journal's deadlines stand.

The system clock may jump (a laptop that finds a time server in the middle of a show); the monotonic clock does
not. So time is a monotonic count from an anchor. The live layer measures the database's clock every 10 s and
calls `anchor`; small differences are slewed in, so time never runs backwards, and jumps are refused.

Hence the time of the shows may be ahead of a wall clock that was set, or behind it, also in a process that starts
afterwards and goes on where another was (`begin`). Hours that people were promised are compared with `wall_us`.
"""

import time
from collections.abc import Callable

SLEW_US = 10_000_000  # a correction is spread over this time
JUMP_US = 1_000_000  # a larger difference than this is a clock that jumped, not one that drifted
VAGUE_US = 100_000  # a round trip this long (behind a busy writer) says nothing about the time
OLDEST_STAMP_NS = 60_000_000_000  # nothing lies in a receive buffer for longer


class Clock:
    """Anchored time. The two system clocks (nanoseconds) can be given, so that tests can make them jump."""

    def __init__(
        self, realtime: Callable[[], int] = time.time_ns, monotonic: Callable[[], int] = time.monotonic_ns
    ) -> None:
        self._realtime, self._monotonic = realtime, monotonic
        self._line = (realtime() // 1000, monotonic(), 0)  # one tuple, so other threads read it whole
        self._anchored = False
        self._ahead = 0  # of the database's clock, since a process before us had it jump
        self._offsets = [realtime() - monotonic()] * 2  # real minus monotonic: now, and before the last jump
        self.error_us = 0  # bound of our difference from the database's clock, for /metrics

    def now_us(self) -> int:
        """Microseconds since 1970; never runs backwards within a process."""
        start, since, correction = self._line
        elapsed = (self._monotonic() - since) // 1000
        return start + elapsed + (correction * min(elapsed, SLEW_US) // SLEW_US if correction else 0)

    def begin(self, at_us: int, db_now_us: int) -> None:
        """Go on from a time of the shows, which the database's clock calls by another."""
        self._line, self._anchored = (at_us, self._monotonic(), 0), True
        self._ahead = at_us - db_now_us

    def wall_us(self, at_us: int) -> int:
        """The time of the database's clock, as it was when we began, at this moment of ours, microseconds."""
        return at_us - self._ahead

    def anchor(self, db_now_us: int, round_trip_us: int = 0) -> int:
        """Follow the database's clock, read in the middle of a round trip; return how far ours was off (µs).

        The first anchor is taken whole, later ones gradually, and only as far as the round trip proves a
        difference. A later difference of more than a second is returned, for an alarm, but not followed: every
        worker must keep the time its show runs on.
        """
        ours = self.now_us()
        off = db_now_us + self._ahead + round_trip_us // 2 - ours
        self.error_us = abs(off) + round_trip_us // 2
        if not self._anchored:
            self._line, self._anchored = (ours + off, self._monotonic(), 0), True
        elif abs(off) <= JUMP_US and round_trip_us < VAGUE_US:
            proved = max(0, abs(off) - round_trip_us // 2)
            self._line = (ours, self._monotonic(), proved if off > 0 else -proved)
        return off

    def watch(self) -> None:
        """Notice jumps of the system clock; to be called often (the transport's tick does)."""
        offset = self._realtime() - self._monotonic()
        if abs(offset - self._offsets[0]) > JUMP_US * 1000:
            self._offsets[1] = self._offsets[0]
        self._offsets[0] = offset

    def age_us(self, stamp_ns: int) -> int:
        """The age of the kernel's stamp (system clock, nanoseconds) in microseconds, whatever that clock did since."""
        age = self._realtime() - stamp_ns
        if not 0 <= age < OLDEST_STAMP_NS:
            monotonic = self._monotonic()
            ages = (monotonic + offset - stamp_ns for offset in self._offsets)
            age = next((a for a in ages if 0 <= a < OLDEST_STAMP_NS), 0)
        return age // 1000


clock = Clock()
now_us = clock.now_us
wall_us = clock.wall_us
anchor = clock.anchor
