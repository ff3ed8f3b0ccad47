"""Việt Nam time: what organisers write and what is stored (microseconds since 1970, UTC)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone

VIETNAM = timezone(timedelta(hours=7))
"""UTC+7 all year: no summer time in our years."""
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR
MICROSECOND = timedelta(microseconds=1)
WRITTEN = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d)?")
EARLIEST, LATEST = 2000, 2200
"""The years that a moment may lie in: from the first until before the second."""


@dataclass(frozen=True)
class Hours:
    """When a wave is open: from `opens_at`, before `closes_at`."""

    opens_at: int
    closes_at: int


def moment(written: str | datetime) -> int | None:
    """ "2026-12-07 08:00" in Việt Nam time -> microseconds; None where it is no such time."""
    if isinstance(written, str):
        if not WRITTEN.fullmatch(written.strip()):
            return None
        try:
            written = datetime.fromisoformat(written.strip())
        except ValueError:
            return None
    there = written if written.tzinfo else written.replace(tzinfo=VIETNAM)
    return (there - EPOCH) // MICROSECOND if EARLIEST <= there.year < LATEST else None


def written(at: int) -> str:
    """The time as it is written in settings: "2026-12-07 08:00", with seconds only where there are some."""
    there = local(at)
    return there.strftime("%Y-%m-%d %H:%M:%S" if there.second else "%Y-%m-%d %H:%M")


def local(at: int) -> datetime:
    return (EPOCH + at * MICROSECOND).astimezone(VIETNAM)


def day(at: int) -> str:
    """The day in Việt Nam, "2026-12-07": compares with the validity dates of questions."""
    return local(at).date().isoformat()


def hour_of(at: int) -> int:
    """The start of the hour; Việt Nam's hours begin with UTC's."""
    return at // HOUR * HOUR


def rounds(first_day: str, count: int, every_days: int, opens: int, closes: int) -> list[Hours]:
    """A timetable: round i opens `opens` minutes after midnight of day first + i*every_days and closes
    `closes` minutes after the same midnight (10080 + 570: next week's day, 9:30)."""
    midnight = datetime.combine(date.fromisoformat(first_day), datetime.min.time(), VIETNAM)
    start = (midnight - EPOCH) // MICROSECOND
    starts = [start + number * every_days * DAY for number in range(count)]
    return [Hours(at + opens * MINUTE, at + closes * MINUTE) for at in starts]
