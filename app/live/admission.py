"""How many may join a second: a hall that scans one QR code at once, without holding up those who play."""

from __future__ import annotations

from time import monotonic

PER_SECOND = 500.0
AT_ONCE = 1000.0


class Admission:
    """A purse of this process, filled at a steady rate. It asks for no address: a hall shares one."""

    def __init__(self, per_second: float = PER_SECOND, at_once: float = AT_ONCE) -> None:
        self._per_second, self._at_once = per_second, at_once
        self._left, self._since = at_once, monotonic()

    def enter(self) -> float:
        """Let one in: 0.0; or how many seconds it has to wait before it asks again."""
        now = monotonic()
        self._left = min(self._at_once, self._left + (now - self._since) * self._per_second)
        self._since = now
        if self._left < 1:
            return (1 - self._left) / self._per_second
        self._left -= 1
        return 0.0
