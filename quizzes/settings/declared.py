"""Settings of scripts, formats and rounds as files write them: one table of names, one checker, parts inside parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from quizzes.engine import Setting
from quizzes.problems import Path, Problem
from quizzes.refusals import N_

MOST_PARTS = 100
LONGEST_TEXT = 500
Declared = Mapping[str, Setting]


def with_defaults(declared: Declared, given: Mapping[str, Any] | None) -> dict[str, Any]:
    """Checked settings with every value written out, also inside parts."""
    return {name: _whole_value(one, (given or {}).get(name, one.default)) for name, one in declared.items()}


def _whole_value(setting: Setting, value: Any) -> Any:
    if setting.kind == "parts":
        return [with_defaults(setting.parts, one) for one in value]
    return list(value) if isinstance(value, tuple) else value


def unknown(given: Mapping[Any, Any], known: set[str], path: Path) -> Iterator[Problem]:
    """A problem for each name that nobody declared."""
    for name in given:
        if name not in known:
            about = {"name": str(name)[:40], "known": ", ".join(sorted(known))}
            yield Problem((*path, str(name)), "unknown", N_("Không hiểu mục %(name)s; có: %(known)s."), about)


def check(declared: Declared, given: Any, path: Path) -> Iterator[Problem]:
    """Everything wrong with settings, with the path to the place; whatever was loaded, it never raises."""
    if given is None:
        return
    if not isinstance(given, Mapping):
        yield Problem(path, "settings_shape", N_("Phần settings phải là một bảng tên: giá trị."))
        return
    yield from unknown(given, set(declared), path)
    for name, setting in declared.items():
        if name in given:
            yield from _check_one(setting, given[name], (*path, name))


def _check_one(setting: Setting, value: Any, path: Path) -> Iterator[Problem]:
    if (
        setting.kind == "parts"
        and isinstance(value, list)
        and setting.low <= len(value) <= (setting.high or MOST_PARTS)
    ):
        for at, part in enumerate(value):
            yield from check(setting.parts, part if part is not None else 0, (*path, at))
    elif not fits(setting, value):
        about = {"expected": expected(setting)}
        yield Problem(path, "setting_value", N_("Giá trị phải là %(expected)s."), about)


def is_whole(value: Any, low: int, high: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and low <= value <= high


def is_points(value: Any, low: int, high: int) -> bool:
    """Whole or with a half."""
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return number and low <= value <= high and value * 2 == int(value * 2)


def half_points(value: float) -> int:
    """Checked points as written (10 or 2.5), exactly."""
    return int(value * 2)


def fits(setting: Setting, value: Any) -> bool:
    """Whether a value is of the declared kind and inside its bounds."""
    match setting.kind:
        case "whole":
            return is_whole(value, setting.low, setting.high)
        case "points":
            return is_points(value, setting.low, setting.high)
        case "flag":
            return isinstance(value, bool)
        case "choice":
            return isinstance(value, str) and value in setting.choices
        case "choices":
            return isinstance(value, list) and all(isinstance(one, str) and one in setting.choices for one in value)
        case "numbers":
            return isinstance(value, list) and all(is_whole(one, setting.low, setting.high) for one in value)
        case "words":
            return isinstance(value, list) and all(isinstance(one, str) and one.strip() for one in value)
        case "text":
            return isinstance(value, str) and len(value) <= LONGEST_TEXT
        case "parts":
            return False
    raise ValueError(f"no such kind of setting: {setting.kind}")


def expected(setting: Setting) -> str:
    """For programs and people alike: what the file may say, in the file's own words."""
    match setting.kind:
        case "whole":
            return f"{setting.low}..{setting.high}"
        case "points":
            return f"{setting.low}..{setting.high}, .5"
        case "flag":
            return "true | false"
        case "choice":
            return " | ".join(setting.choices)
        case "choices":
            return f"[{' | '.join(setting.choices)}, ...]"
        case "numbers":
            return f"[{setting.low}..{setting.high}, ...]"
        case "text":
            return '"..."'
        case "parts":
            return f"[{{{', '.join(setting.parts)}}}, ...] ({setting.low}..{setting.high or MOST_PARTS})"
    return "[...]"
