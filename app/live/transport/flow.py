"""The progress of a full connection: whether the other side takes what we send."""

from __future__ import annotations

from time import monotonic
from typing import Any

from app.live.transport.kernel import segments_under_way, unacknowledged


class Flow:
    """The bytes that one connection still has to send, from the moment its buffer is full.

    The event loop calls it writable only when a third of the kernel's buffer is free again, which takes a slow phone
    seconds; what the other side has acknowledged shows sooner that it reads.
    """

    __slots__ = ("_sock", "_untaken", "since")

    def __init__(self, sock: Any) -> None:
        self._sock, self._untaken = sock, unacknowledged(sock.fileno())
        self.since = monotonic()  # the last progress

    def moved(self) -> None:
        """The kernel has taken more from us."""
        self.since = monotonic()

    def is_stuck(self, now: float, here_s: float, away_s: float) -> bool:
        """True when nothing was taken for `here_s`, or for `away_s` where the network may be to blame."""
        before, self._untaken = self._untaken, unacknowledged(self._sock.fileno())
        if self._untaken < before:
            self.since = now
        return now - self.since > (away_s if segments_under_way(self._sock) else here_s)
