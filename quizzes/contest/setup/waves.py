# ruff: noqa: RUF009  (fields declare themselves by calls)
"""The waves (đợt) of a contest: exact hours, and timetables without a date for presets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from quizzes import hours
from quizzes.refusals import N_
from quizzes.settings.fields import Words, clock, moment, parts, whole, words


@dataclass(frozen=True)
class Later:
    """Hours of its own for a chapter and all below it: given while the contest runs, never on its form."""

    chapter: int = whole(0, 0, 2**53, N_("Cơ sở"))
    opens_at: int = moment(N_("Mở lúc"))
    closes_at: int = moment(N_("Đóng lúc"))


@dataclass(frozen=True)
class Wave:
    title: Words = words(N_("Tên đợt"))
    opens_at: int = moment(N_("Mở lúc"))
    closes_at: int = moment(N_("Đóng lúc"))
    later: tuple[Later, ...] = parts(Later, N_("Giờ riêng của cơ sở"), 1000)

    @property
    def ends_at(self) -> int:
        """The moment from which nobody may begin any more, in any chapter."""
        return max([self.closes_at, *(one.closes_at for one in self.later)])


@dataclass(frozen=True)
class Schedule:
    """A timetable without a date: `waves_of` makes waves of it from the first day."""

    count: int = whole(1, 1, 60, N_("Số đợt"))
    every_days: int = whole(7, 1, 366, N_("Cách nhau (ngày)"))
    opens: int = clock(8 * 60, N_("Giờ mở"))
    lasts_days: int = whole(7, 0, 366, N_("Đóng sau (ngày)"))
    closes: int = clock(8 * 60, N_("Giờ đóng"))


def waves_of(plan: Schedule, first_day: str) -> tuple[Wave, ...]:
    """The waves of a schedule, from "2026-12-07" on."""
    closes = plan.lasts_days * 24 * 60 + plan.closes
    found = hours.rounds(first_day, plan.count, plan.every_days, plan.opens, closes)
    return tuple(Wave(opens_at=one.opens_at, closes_at=one.closes_at) for one in found)


def hours_of(wave: Wave, chapters: Sequence[int] = ()) -> tuple[int, int]:
    """The opening and closing of a wave for a person of these chapters (from the root to the home chapter): the
    nearest chapter with hours of its own decides."""
    own = {one.chapter: (one.opens_at, one.closes_at) for one in wave.later}
    return next((own[one] for one in reversed(chapters) if one in own), (wave.opens_at, wave.closes_at))


def wave_at(waves: Sequence[Wave], at: int, chapters: Sequence[int] = ()) -> int | None:
    """The wave that is open: from its opening, before its closing."""
    for index, wave in enumerate(waves):
        opens_at, closes_at = hours_of(wave, chapters)
        if opens_at <= at < closes_at:
            return index
    return None


def moved(waves: Sequence[Wave], index: int, chapter: int, opens_at: int, closes_at: int) -> tuple[Wave, ...]:
    """The waves with one moved: for everybody (`chapter` 0) or for a chapter."""
    wave = waves[index]
    if chapter:
        others = tuple(one for one in wave.later if one.chapter != chapter)
        wave = replace(wave, later=(*others, Later(chapter, opens_at, closes_at)))
    else:
        wave = replace(wave, opens_at=opens_at, closes_at=closes_at)
    return (*waves[:index], wave, *waves[index + 1 :])
