"""Limits how many people join in a second: a whole hall scans one QR code at once, and those who play are not held
up."""

from __future__ import annotations

from time import monotonic

PER_SECOND = 500.0
"""Connections let in each second."""
AT_ONCE = 1000.0
"""Connections let in at once after a rest."""
LONGEST_S = 8.0
"""The longest line, in seconds of waiting. A person who would wait longer is told to come again."""


class Admission:
    """A purse of this process, filled at a steady rate. It asks for no address: a hall shares one."""

    def __init__(self, per_second: float = PER_SECOND, at_once: float = AT_ONCE) -> None:
        self._per_second, self._at_once = per_second, at_once
        self._left, self._since = at_once, monotonic()

    def enter(self) -> float:
        """Take a place: after so many seconds its holder goes in, 0.0 for at once. Beyond `LONGEST_S` none is taken."""
        now = monotonic()
        self._left = min(self._at_once, self._left + (now - self._since) * self._per_second)
        self._since = now
        wait_s = max(0.0, (1 - self._left) / self._per_second)
        if wait_s <= LONGEST_S:
            self._left -= 1
        return wait_s
