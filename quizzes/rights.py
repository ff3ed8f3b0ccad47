"""The rights of people over their data, and the time the operator has to answer. All times are microseconds. All times
microseconds.

Decree 356/2025/NĐ-CP art. 5: a first reply within 2 working days; then withdrawing, restricting and objecting within 15
days, seeing, correcting and handing out within 10, erasing within 20; once as much again, with a reason. Law
91/2025/QH15 art. 23: a breach is reported within 72 hours of being found. Which days are worked: quizzes.holidays.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from quizzes.holidays import SHIPPED, Calendar, number_of
from quizzes.refusals import N_

HOUR = 3600 * 1_000_000
DAY = 24 * HOUR
VIETNAM = 7 * HOUR
EPOCH = date(1970, 1, 1).toordinal()

REPLY_DAYS = 2
"""The working days within which a request is answered."""
REPORT_HOURS = 72
"""The hours within which the authority is told of an incident."""

KINDS: dict[str, tuple[str, int]] = {
    "view": (N_("Xem dữ liệu của tôi"), 10),
    "correct": (N_("Sửa điều chưa đúng"), 10),
    "copy": (N_("Nhận một bản dữ liệu của tôi"), 10),
    "withdraw": (N_("Rút lại sự đồng ý"), 15),
    "restrict": (N_("Hạn chế việc dùng dữ liệu"), 15),
    "object": (N_("Phản đối việc dùng dữ liệu"), 15),
    "delete": (N_("Xóa dữ liệu của tôi"), 20),
    "complain": (N_("Khiếu nại về dữ liệu"), 10),
}
"""kind -> what is asked for, and within how many days it is done."""


def _end_of(day: int) -> int:
    """The last moment of a day in Viet Nam, days counted from 1970."""
    return (day + 1) * DAY - VIETNAM - 1


def working_days_after(moment: int, days: int, calendar: Calendar = SHIPPED) -> int:
    """The end of the last of so many working days, counted from the day after this moment."""
    day = (moment + VIETNAM) // DAY
    while days:
        day += 1
        days -= calendar.works(date.fromordinal(EPOCH + day))
    return _end_of(day)


def day_of(moment: int) -> int:
    """20261129: the day of a moment in Viet Nam."""
    return number_of(date.fromordinal(EPOCH + (moment + VIETNAM) // DAY))


def reply_by(asked_at: int, calendar: Calendar = SHIPPED) -> int:
    """The moment by which the first reply has to be there."""
    return working_days_after(asked_at, REPLY_DAYS, calendar)


def due_at(kind: str, asked_at: int, *, extended: bool = False) -> int:
    """The moment by which the request has to be fulfilled."""
    return _end_of((asked_at + VIETNAM) // DAY + KINDS[kind][1] * (2 if extended else 1))


@dataclass(frozen=True)
class Clock:
    """The next deadline of an open request, and True when it is over."""

    until: int
    reply: bool
    late: bool


def clock(
    kind: str, asked_at: int, replied_at: int | None, now: int, *, extended: bool = False, calendar: Calendar = SHIPPED
) -> Clock:
    """The next duty and its deadline: first the reply, then the thing itself."""
    done_by = due_at(kind, asked_at, extended=extended)
    until = min(reply_by(asked_at, calendar), done_by) if replied_at is None else done_by
    return Clock(until, replied_at is None, now > until)
