"""The chart of a target: how it grew day by day, the line of the goal, and where the pace of four weeks leads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from app.services.targets.looking import Counted, TargetLine
from quizzes.targets.shapes import PERCENT, WHOLE, Standing, forecast, running

LEFT, RIGHT, TOP, BOTTOM = 6, 354, 22, 150
"""The inside of a drawing of 360 x 180."""


@dataclass(frozen=True)
class Chart:
    """Everything the drawing needs, in its own units. `ahead` is "" once the deadline is over."""

    line: str
    ahead: str
    goal_y: float | None
    goal: int | None
    now_x: float
    now_y: float
    has: int
    expected: int
    first: date
    last: date


def wanted(standing: Standing) -> int | None:
    """The goal as a number of the same kind as the numerator."""
    if standing.goal is None or (standing.shape == PERCENT and not standing.denominator):
        return None
    return -(-standing.goal * (standing.denominator or 0) // WHOLE) if standing.shape == PERCENT else standing.goal


def chart_of(target: TargetLine, counted: Counted, path: str, standing: Standing, today: date) -> Chart:
    """The chart of one chapter's standing; `counted` is of that chapter and those below it."""
    days, goal = counted.days, wanted(standing)
    upto = max(target.starts_on + timedelta(days=1), min(today, target.ends_on))
    start = target.baseline if path == target.path else 0
    points = running(days, start, target.starts_on, upto)
    expected = forecast(standing.numerator, days, target.starts_on, today, target.ends_on)
    highest = max(1, goal or 0, standing.numerator, expected, *(count for _, count in points))
    length = max(1, (target.ends_on - target.starts_on).days)

    def x(day: date) -> float:
        return round(LEFT + (RIGHT - LEFT) * min(length, max(0, (day - target.starts_on).days)) / length, 1)

    def y(count: int) -> float:
        return round(BOTTOM - (BOTTOM - TOP) * count / highest, 1)

    line = " ".join(f"{x(day)},{y(count)}" for day, count in points)
    now_x, now_y = x(upto), y(standing.numerator)
    ahead = f"{now_x},{now_y} {RIGHT},{y(expected)}" if today < target.ends_on else ""
    return Chart(
        line,
        ahead,
        None if goal is None else y(goal),
        goal,
        now_x,
        now_y,
        standing.numerator,
        expected,
        target.starts_on,
        target.ends_on,
    )
