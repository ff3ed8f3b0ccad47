"""The work that time brings to contests: grading, corrected results, points, signals, the erasure of what is kept for a
time. Every worker does it; doing it twice changes nothing the second time."""

from __future__ import annotations

import structlog

from app.clock import now_us, wall_us
from app.services import retention
from app.services.contests import contests
from app.services.contests.publishing import making, points
from app.services.contests.results import grading, looking

log = structlog.get_logger()

BEAT_S = 2.0  # the time between two looks at contests
MINUTELY = 30
"""Beats between two runs of what is done each minute."""
HOURLY = 1800
"""In beats."""


class ContestClock:
    """Beats every two seconds."""

    def __init__(self) -> None:
        self._count = 0

    def beat(self) -> None:
        """Grade what is due; once a minute, and once an hour, the rest."""
        now = wall_us(now_us())
        contests.refresh()
        graded = grading.grade_due(now)
        if self._count % MINUTELY == 0 or graded:
            making.correct_due()
        if self._count % MINUTELY == 0:
            points.post_due()
            looking.look_due(now)
            looking.look_open(now)
        if self._count % HOURLY == HOURLY - 1:
            erased = retention.erase_due(now)
            if any(erased.values()):
                log.info("old data erased", **erased)
        self._count += 1
