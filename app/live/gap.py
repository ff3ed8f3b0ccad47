"""Gaps between the beats of this worker: times in which it stood still, or could not reach the database."""

from __future__ import annotations

from app.clock import now_us

LONG_US = 2_500_000
"""A longer pause between two stored beats is a gap, microseconds. Ordinary beats are a second apart."""
GRACE_US = 3_000_000
"""How long after a gap the other workers have to beat again before they are taken for dead, microseconds."""


class Gap:
    """The last gap, as long as the other workers may still be in theirs."""

    def __init__(self) -> None:
        self._last: int | None = None
        self._before: int | None = None
        self._back = 0

    def beaten(self) -> None:
        """A beat was stored."""
        now = now_us()
        if self._last is not None and now - self._last > LONG_US:
            self._before, self._back = self._last, now
        self._last = now

    def began(self) -> int | None:
        """When the last beat before the gap was, in microseconds; None where there is none, or all had time since."""
        now = now_us()
        if self._last is not None and now - self._last > LONG_US:
            return self._last
        return self._before if now - self._back < GRACE_US else None
