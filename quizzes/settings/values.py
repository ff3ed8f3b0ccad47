"""Checks of single values: numbers, points, texts, moments. `Wrong` tells people what is amiss."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from quizzes import hours
from quizzes.refusals import N_

LONGEST_LINE, LONGEST_TEXT = 500, 5000
"""The longest line and the longest text of a setting, letters."""
LARGEST = 10**15
"""Whole numbers up to here are exact in every browser."""
LARGEST_CODE = 2**53
"""The largest number that a browser holds exactly."""
LARGEST_REWARD = 1_000_000
"""The most points that a setting gives."""
KEY = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
PICTURE_NAME = re.compile(r"[A-Za-z0-9_-]{8,64}\.webp")
"""A stored picture, by the random name it was given."""
CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")


class Wrong(Exception):
    """A value that cannot be read; becomes a Problem at its path."""

    def __init__(self, code: str, sentence: str, **about: Any) -> None:
        super().__init__(code)
        self.code, self.sentence, self.about = code, sentence, about


def to_whole(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise Wrong("not_whole", N_("Cần một số nguyên."))
    return value


def between(value: int, least: int, most: int) -> int:
    if not least <= value <= most:
        raise Wrong("out_of_range", N_("Cần từ %(least)s đến %(most)s."), least=least, most=most)
    return value


def is_number(value: Any) -> bool:
    """True for a finite number of a sane size; a bool is none."""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= LARGEST


def is_points(value: Any, low: int, high: int) -> bool:
    """True for a number between the two, whole or with a half."""
    return is_number(value) and low <= value <= high and value * 2 == int(value * 2)


def half_points(value: Any) -> int:
    """Points (10 or 2.5) in half-points, exactly."""
    if not is_points(value, 0, LARGEST_REWARD):
        raise Wrong("not_points", N_("Điểm phải là số từ 0, tròn đến nửa điểm."))
    return int(value * 2)


def in_points(half: int) -> float | int:
    return half / 2 if half % 2 else half // 2


def to_text(value: Any, most: int = LONGEST_TEXT) -> str:
    if not isinstance(value, str) or len(value) > most or "\x00" in value:
        raise Wrong("not_a_text", N_("Cần một đoạn chữ, dài nhất %(most)s ký tự."), most=most)
    return value.strip()


def to_key(value: Any) -> str:
    if value != "" and not (isinstance(value, str) and KEY.fullmatch(value)):
        raise Wrong("not_a_key", N_("Cần tên ngắn gồm chữ thường a-z, số, dấu - hoặc _."))
    return str(value)


def to_picture(value: Any) -> str:
    """The name of a stored picture; "" for none."""
    if value not in (None, "") and not (isinstance(value, str) and PICTURE_NAME.fullmatch(value)):
        raise Wrong("bad_picture", N_("Đây không phải tên của một ảnh đã tải lên."))
    return value or ""


def to_moment(value: Any) -> int:
    """Microseconds of a moment written in Việt Nam time; 0: not yet known."""
    if value in (None, "", 0):
        return 0
    if isinstance(value, int) and not isinstance(value, bool):
        return between(value, 0, LARGEST_CODE)
    found = hours.moment(value) if isinstance(value, (str, datetime)) else None
    if found is None:
        raise Wrong("not_a_moment", N_("Cần ngày và giờ, như 2026-12-07 08:00."))
    return found


def written_moment(at: int) -> str | int:
    if not at:
        return ""
    return at if at % hours.SECOND else hours.written(at)


def to_clock(value: Any) -> int:
    """Minutes after midnight of an hour of the day, "09:30"."""
    found = CLOCK.fullmatch(value.strip()) if isinstance(value, str) else None
    if not found:
        raise Wrong("not_a_clock", N_("Cần giờ trong ngày, như 09:30."))
    return int(found[1]) * 60 + int(found[2])


def written_clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
