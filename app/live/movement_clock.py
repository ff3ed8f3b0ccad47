"""The clock of 1+2 and of the ledger's checkpoints: a beat a minute, in every worker."""

from __future__ import annotations

import structlog

from app.services.movement import daily

log = structlog.get_logger()

BEAT_S = 60.0
HOURLY = 60
"""In beats."""


class MovementClock:
    """Beats once a minute; once an hour it does what takes longer."""

    def __init__(self) -> None:
        self._count = 0

    def beat(self) -> None:
        """Do what is due."""
        daily.minutely()
        if self._count % HOURLY == HOURLY - 1:
            erased = daily.hourly()
            if any(erased.values()):
                log.info("old data of 1+2 erased", **erased)
        self._count += 1
