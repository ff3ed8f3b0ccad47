"""Time in which this process was running: what a phone or a database is given does not pass while we stand still."""

from __future__ import annotations

import time
from collections.abc import Callable

LONGEST_S = 1.0
"""Between two looks at the clock: whoever waits looks more often, so what is longer is a process that was stopped."""


class Awake:
    """A clock that stands still with its process. To be looked at at least once a second by whoever waits."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._seen, self._at = monotonic(), 0.0

    def now(self) -> float:
        """Seconds since the start, without those in which nothing of this process ran."""
        seen = self._monotonic()
        self._at += min(seen - self._seen, LONGEST_S)
        self._seen = seen
        return self._at
