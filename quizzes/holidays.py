"""Counts working days in Viet Nam. Days are numbers such as 20260217.

Labour code 45/2019/QH14 art. 112: 1 January; five days of Tết, of which the Prime Minister chooses the outer ones each
year; 10 March of the lunar calendar; 30 April; 1 May; 2 September with the day before or after it. Art. 111: a holiday
on a Saturday or Sunday is made up for on the next working day. A bridge day is often exchanged for a Saturday.

Only what is certain stands here: of a year whose plan is not known, the days that every plan has. The operator adds the
rest. A day that is missing lets a deadline end too early, never too late."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from quizzes.refusals import N_

NEW_YEAR, TET, KINGS = N_("Tết Dương lịch"), N_("Tết Nguyên đán"), N_("Giỗ Tổ Hùng Vương")
UNITED, LABOUR, NATIONAL = N_("Ngày Chiến thắng"), N_("Ngày Quốc tế lao động"), N_("Quốc khánh")
MADE_UP, WORKED = N_("Nghỉ bù"), N_("Làm bù")

DAYS: dict[int, tuple[bool, str]] = {
    # 2025: 2 May was exchanged for 26 April
    20250101: (False, NEW_YEAR),
    **{20250100 + day: (False, TET) for day in (27, 28, 29, 30, 31)},
    20250407: (False, KINGS),
    20250426: (True, WORKED),
    20250430: (False, UNITED),
    20250501: (False, LABOUR),
    20250502: (False, MADE_UP),
    20250901: (False, NATIONAL),
    20250902: (False, NATIONAL),
    # 2026: 2 January was exchanged for 10 January, 31 August for 22 August; 10 March of the moon is a Sunday
    20260101: (False, NEW_YEAR),
    20260102: (False, MADE_UP),
    20260110: (True, WORKED),
    **{20260200 + day: (False, TET) for day in (16, 17, 18, 19, 20)},
    20260427: (False, MADE_UP),
    20260430: (False, UNITED),
    20260501: (False, LABOUR),
    20260822: (True, WORKED),
    20260831: (False, MADE_UP),
    20260901: (False, NATIONAL),
    20260902: (False, NATIONAL),
    # 2027: what every plan has; Tết is on Saturday 6 February, 1 May on a Saturday
    20270101: (False, NEW_YEAR),
    20270205: (False, TET),
    20270208: (False, TET),
    20270416: (False, KINGS),
    20270430: (False, UNITED),
    20270503: (False, MADE_UP),
    20270902: (False, NATIONAL),
}
"""day -> (whether it is worked, what it is called); every other day is worked from Monday to Friday."""


@dataclass(frozen=True)
class Calendar:
    """The days shipped, and above them what those who run the program decided: day -> whether it is worked."""

    own: Mapping[int, bool] = field(default_factory=dict)

    def works(self, day: date) -> bool:
        """True when people work on this day."""
        number = number_of(day)
        if number in self.own:
            return self.own[number]
        return DAYS[number][0] if number in DAYS else day.weekday() < 5


SHIPPED = Calendar()


def number_of(day: date) -> int:
    """The day as a number: 20261129."""
    return day.year * 10_000 + day.month * 100 + day.day


def date_of(number: int) -> date:
    """The day of such a number. ValueError where there is none."""
    return date(number // 10_000, number // 100 % 100, number % 100)
