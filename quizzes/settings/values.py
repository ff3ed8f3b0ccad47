"""Fields that hold one value: numbers, points, choices, flags, texts, moments. Contract: fields.py."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from quizzes import hours
from quizzes.problems import Path, Problem
from quizzes.refusals import N_
from quizzes.settings.fields import Reader, Spec, Wrong, declare, same

LONGEST_TEXT = 5000
KEY = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")


GROUPED = re.compile(r"-?\d{1,3}(?:([.,\s\u00a0\u202f])\d{3})(?:\1\d{3}){0,4}")
"""Thousands apart: 500.000, 1 200 000, 500,000."""


def ungrouped(text: str) -> str:
    """A number as typed, without what keeps its thousands apart."""
    text = text.strip()
    return re.sub(r"[^\d-]", "", text) if GROUPED.fullmatch(text) else text


def to_whole(value: Any) -> int:
    if isinstance(value, str) and re.fullmatch(r"-?\d{1,15}", ungrouped(value)):
        value = int(ungrouped(value))
    if not isinstance(value, int) or isinstance(value, bool):
        raise Wrong("not_whole", N_("Cần một số nguyên."))
    return value


def between(value: int, least: int, most: int) -> int:
    if not least <= value <= most:
        raise Wrong("out_of_range", N_("Cần từ %(least)s đến %(most)s."), least=least, most=most)
    return value


def whole(default: int, least: int, most: int, label: str) -> Any:
    def reader(value: Any, path: Path, problems: list[Problem]) -> int:
        return between(to_whole(value), least, most)

    return declare(default, Spec("whole", label, reader, same, {"least": least, "most": most}))


def half_points(value: Any) -> int:
    """Points as written (10, 2.5, "2,5", "1.000") in half-points."""
    if isinstance(value, str):
        try:
            value = float(ungrouped(value).replace(",", "."))
        except ValueError:
            value = None
    ok = isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value <= 1_000_000
    if not ok or value * 2 != int(value * 2):
        raise Wrong("not_points", N_("Điểm phải là số từ 0, tròn đến nửa điểm."))
    return int(value * 2)


def in_points(half: int) -> float | int:
    return half / 2 if half % 2 else half // 2


def reward(default_half: int, label: str) -> Any:
    """Written in points, kept in half-points."""
    reader: Reader = lambda value, path, problems: half_points(value)  # noqa: E731
    return declare(default_half, Spec("points", label, reader, in_points, {}))


def choice(default: str, choices: Mapping[str, str], label: str) -> Any:
    def reader(value: Any, path: Path, problems: list[Problem]) -> str:
        if not isinstance(value, str) or value not in choices:
            raise Wrong("not_a_choice", N_("Cần một trong: %(choices)s."), choices=", ".join(choices))
        return value

    return declare(default, Spec("choice", label, reader, same, {"choices": choices}))


YES, NO = {"true", "on", "1", "yes"}, {"false", "off", "0", "no", ""}


def flag(default: bool, label: str) -> Any:
    def reader(value: Any, path: Path, problems: list[Problem]) -> bool:
        word = str(value).strip().lower()
        if not isinstance(value, (bool, str)) or word not in YES | NO:
            raise Wrong("not_a_flag", N_("Cần có hoặc không."))
        return word in YES

    return declare(default, Spec("flag", label, reader, same, {}))


def to_text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > LONGEST_TEXT or "\x00" in value:
        raise Wrong("not_a_text", N_("Cần một đoạn chữ, dài nhất %(most)s ký tự."), most=LONGEST_TEXT)
    return value.strip()


def words(label: str) -> Any:
    def reader(value: Any, path: Path, problems: list[Problem]) -> dict[str, str]:
        by_language = value if isinstance(value, Mapping) else {"vi": value}
        if not set(by_language) <= {"vi", "en"}:
            raise Wrong("not_a_language", N_("Chỉ viết bằng tiếng Việt (vi) và tiếng Anh (en)."))
        return {lang: text for lang in ("vi", "en") if (text := to_text(by_language.get(lang) or ""))}

    return declare({}, Spec("words", label, reader, dict, {}))


def moment(label: str) -> Any:
    """Written in Việt Nam time, kept in microseconds; 0 is not yet known."""

    def reader(value: Any, path: Path, problems: list[Problem]) -> int:
        if value in (None, "", 0):
            return 0
        if isinstance(value, int) and not isinstance(value, bool):
            return between(value, 0, 2**53)
        found = hours.moment(value) if isinstance(value, (str, datetime)) else None
        if found is None:
            raise Wrong("not_a_moment", N_("Cần ngày và giờ, như 2026-12-07 08:00."))
        return found

    return declare(0, Spec("moment", label, reader, _plain_moment, {}))


def _plain_moment(at: int) -> str | int:
    if not at:
        return ""
    return at if at % hours.SECOND else hours.written(at)


def ident(label: str, default: str = "") -> Any:
    def reader(value: Any, path: Path, problems: list[Problem]) -> str:
        if value == "":
            return ""
        if not isinstance(value, str) or not KEY.fullmatch(value):
            raise Wrong("not_a_key", N_("Cần tên ngắn gồm chữ thường a-z, số, dấu - hoặc _."))
        return value

    return declare(default, Spec("key", label, reader, same, {}))


def clock(default: int, label: str) -> Any:
    """An hour of the day, "09:30", kept as minutes after midnight."""

    def reader(value: Any, path: Path, problems: list[Problem]) -> int:
        found = CLOCK.fullmatch(value.strip()) if isinstance(value, str) else None
        if not found:
            raise Wrong("not_a_clock", N_("Cần giờ trong ngày, như 09:30."))
        return int(found[1]) * 60 + int(found[2])

    def back(minutes: int) -> str:
        return f"{minutes // 60:02}:{minutes % 60:02}"

    return declare(default, Spec("clock", label, reader, back, {}))
