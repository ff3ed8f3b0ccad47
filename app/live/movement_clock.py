"""The clock of 1+2, deeds, activities that are over, checkpoints and standings: a beat a minute, in every worker."""

from __future__ import annotations

from app.services.activities import posting
from app.services.apart import beside
from app.services.awards import printing
from app.services.deeds import daily as deeds
from app.services.movement import daily
from app.services.movement.clock import now
from app.services.standings import snapshots

BEAT_S = 60.0
"""The time between two beats of the clock, seconds."""
HOURLY = 60
"""In beats."""


class MovementClock:
    """Beats once a minute; once an hour it does what takes longer."""

    def __init__(self) -> None:
        self._count = 0

    def beat(self) -> None:
        """Do what is due."""
        deeds.minutely()  # its lists stand in the checkpoint that 1+2 makes
        daily.minutely()
        posting.post_due(now())
        snapshots.refresh_due()
        beside(printing.print_due)  # a batch of 1,000 takes longer than a beat; a lease keeps a second one off
        if self._count % HOURLY == HOURLY - 1:
            daily.hourly()
            deeds.hourly()
        self._count += 1
