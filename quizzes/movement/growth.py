"""The growth of a campaign as a curve: how many were taught, and how many had used it alone, day by day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate

from quizzes.movement.milestones import MILESTONES
from quizzes.movement.spread import LEAST

WIDE, HIGH = 1000, 500
"""The box the curve fills; nothing of it is outside."""
MOST_POINTS = 200  # points of a curve
LINES = 2
"""How many of the milestones that were passed are drawn, the highest ones."""


@dataclass(frozen=True)
class Curve:
    """Paths inside WIDE x HIGH. `lines`: (milestone, its height from above)."""

    taught: str
    used: str
    area: str
    all_taught: int
    all_used: int
    lines: tuple[tuple[int, float], ...]


def curve(taught: Mapping[int, int], used: Mapping[int, int], first: int, last: int) -> Curve | None:
    """The curve of (day -> how many that day) between two days. None while fewer than five were taught: it would tell
    of single people."""
    total = sum(taught.values())
    if total < LEAST:
        return None
    first = min(first, last - 1)
    upward, beside = (list(accumulate(_daily(one, first, last))) for one in (taught, used))
    line, second = _line(upward, total), _line(beside, total)
    lines = [(one, HIGH - HIGH * one / total) for one in MILESTONES if one <= total][-LINES:]
    return Curve(
        f"M{line}",
        f"M{second}",
        f"M0 {HIGH}L{line}L{WIDE} {HIGH}z",
        total,
        sum(used.values()),
        tuple((one, round(y, 1)) for one, y in lines),
    )


def _daily(of: Mapping[int, int], first: int, last: int) -> list[int]:
    """The counts by day. A count outside the days is added to the nearest one, so that the end is the whole."""
    days = [0] * (last - first + 1)
    for day, count in of.items():
        days[min(max(day, first), last) - first] += count
    return days


def _line(heights: list[int], top: int) -> str:
    """Points of the line; of very many days every n-th, and always the last."""
    last = len(heights) - 1
    step = -(-len(heights) // MOST_POINTS)
    those = sorted({*range(0, last + 1, step), last})
    return "L".join(f"{WIDE * n / last:.1f} {HIGH - HIGH * heights[n] / top:.1f}" for n in those)
