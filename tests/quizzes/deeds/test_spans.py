"""Spans of days: whatever two days are asked for, each day between them is held once."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from quizzes.deeds.spans import WEEK, monday, runs, spans_of

DAYS = st.dates(date(2023, 1, 1), date(2027, 12, 31))


def held(first: date, last: date, fine: date) -> list[date]:
    """Every day of every span of the runs."""
    return [
        span + timedelta(days=day)
        for run in runs(first, last, fine)
        for span in (run.first + timedelta(days=n) for n in range(0, (run.last - run.first).days + 1, run.days))
        for day in range(run.days)
    ]


@given(first=DAYS, length=st.integers(0, 800), fine=DAYS)
def test_every_day_is_held_once_and_lately_by_days(first: date, length: int, fine: date) -> None:
    last = first + timedelta(days=length)
    assert sorted(held(first, last, fine)) == [first + timedelta(days=day) for day in range(length + 1)]
    for run in runs(first, last, fine):
        if run.days == WEEK:
            assert run.first.weekday() == 0 and run.last_day(run.last) < fine
    assert [run.days for run in runs(first, last, fine)].count(WEEK) <= 1


def test_a_day_lies_in_itself_and_in_its_week() -> None:
    sunday = date(2026, 11, 29)
    assert spans_of(sunday) == ((1, sunday), (7, date(2026, 11, 23))) and monday(date(2026, 11, 23)).day == 23
