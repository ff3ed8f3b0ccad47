# ruff: noqa: RUF009  (fields declare themselves by calls)
"""The waves (đợt) of a contest: exact hours, and timetables without a date for presets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quizzes import hours
from quizzes.refusals import N_
from quizzes.settings.fields import Words
from quizzes.settings.values import clock, moment, whole, words


@dataclass(frozen=True)
class Wave:
    title: Words = words(N_("Tên đợt"))
    opens_at: int = moment(N_("Mở lúc"))
    closes_at: int = moment(N_("Đóng lúc"))


@dataclass(frozen=True)
class Schedule:
    """A timetable without a date: `waves_of` makes waves of it from the first day."""

    count: int = whole(1, 1, 60, N_("Số đợt"))
    every_days: int = whole(7, 1, 366, N_("Cách nhau (ngày)"))
    opens: int = clock(8 * 60, N_("Giờ mở"))
    lasts_days: int = whole(7, 0, 366, N_("Đóng sau (ngày)"))
    closes: int = clock(8 * 60, N_("Giờ đóng"))


def waves_of(plan: Schedule, first_day: str) -> tuple[Wave, ...]:
    """From "2026-12-07" on."""
    closes = plan.lasts_days * 24 * 60 + plan.closes
    found = hours.rounds(first_day, plan.count, plan.every_days, plan.opens, closes)
    return tuple(Wave(opens_at=one.opens_at, closes_at=one.closes_at) for one in found)


def wave_at(waves: Sequence[Wave], at: int) -> int | None:
    """The wave that is open: from its opening, before its closing."""
    return next((index for index, wave in enumerate(waves) if wave.opens_at <= at < wave.closes_at), None)
