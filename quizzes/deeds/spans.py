"""Spans of days that sums are kept of: every day, and every week from Monday to Sunday.

A year of a thousand chapters is read as weeks and a few days, which costs the same however many deeds there are.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

DAY, WEEK = 1, 7
"""The lengths of spans, in days."""


@dataclass(frozen=True)
class Run:
    """Spans of one length, one after the other: the first days of the first and of the last one."""

    days: int
    first: date
    last: date

    @property
    def length(self) -> int:
        """How many days lie in it."""
        return (self.last - self.first).days + self.days

    def last_day(self, first: date) -> date:
        """The last day of the span that begins on `first`."""
        return first + timedelta(days=self.days - 1)


def spans_of(day: date) -> tuple[tuple[int, date], ...]:
    """(length, first day) of each span a day lies in."""
    return (DAY, day), (WEEK, monday(day))


def monday(day: date) -> date:
    """The first day of a day's week."""
    return day - timedelta(days=day.weekday())


def runs(first: date, last: date, fine: date = date.max) -> list[Run]:
    """The spans that hold each day from first to last once: weeks, as long as a whole one fits before the week of
    `fine`, then days."""
    begin = monday(first + timedelta(days=WEEK - 1))
    end = min(monday(last + timedelta(days=1)), monday(fine))
    if end <= begin:
        return [Run(DAY, first, last)]
    around = [Run(DAY, first, begin - timedelta(days=1)), Run(DAY, end, last)]
    return [Run(WEEK, begin, end - timedelta(days=WEEK)), *(one for one in around if one.first <= one.last)]
