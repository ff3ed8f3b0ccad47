"""Round numbers of people taught, which a campaign celebrates when it passes them."""

from __future__ import annotations

from quizzes.movement.steps import DAY

MILESTONES = (10, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000)
"""The counts of verified people that are celebrated."""
FRESH = 3 * DAY
"""How long after it was passed a milestone is celebrated, microseconds."""


def passed(count: int) -> int:
    """The last milestone that so many have reached; 0 before the first."""
    return max((one for one in MILESTONES if one <= count), default=0)


def following(count: int) -> int:
    """The next one; 0 behind the last."""
    return min((one for one in MILESTONES if one > count), default=0)


def fresh(passed_at: int, now: int) -> bool:
    """True when it was passed so recently that it is celebrated."""
    return passed_at <= now < passed_at + FRESH
