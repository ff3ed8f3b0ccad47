"""The kinds of settings: how a value of each is read and how it is written back. One table, `KINDS`, for scripts,
formats, question types, contests and standings alike.

A file gives values as they are. A person in a form gives words (`typed`): "2,5", "500.000", "on", "a, b".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from quizzes.engine import Setting
from quizzes.problems import Path, Problem
from quizzes.refusals import N_
from quizzes.settings import typed as words
from quizzes.settings.values import (
    LONGEST_LINE,
    Wrong,
    between,
    half_points,
    in_points,
    is_number,
    to_clock,
    to_key,
    to_moment,
    to_picture,
    to_text,
    to_whole,
    written_clock,
    written_moment,
)

DIFFICULTIES, MOST_PARTS, MOST_ITEMS = 5, 100, 2000
"""The grades of difficulty, the most parts of a setting that names no bound, and the most items of a list."""


@dataclass(frozen=True)
class Spot:
    """The path of a value, the list its problems are added to, and True in `typed` where a person typed it."""

    path: Path
    problems: list[Problem]
    typed: bool = False

    def inside(self, name: str | int) -> Spot:
        return Spot((*self.path, name), self.problems, self.typed)


@dataclass(frozen=True)
class Kind:
    """`read` raises Wrong; `typed` makes what a file would have out of words; `plain` writes what `read` gave."""

    read: Callable[[Setting, Any, Spot], Any]
    plain: Callable[[Setting, Any], Any] = lambda setting, value: value
    typed: Callable[[Any], Any] = lambda value: value


def read(declared: Mapping[str, Setting], given: Any, spot: Spot) -> dict[str, Any]:
    """The values given; of what is wrong its problem instead. It never raises, whatever was loaded."""
    if not isinstance(given, Mapping):
        spot.problems.append(Problem(spot.path, "settings_shape", N_("Chỗ này phải là một nhóm thiết lập.")))
        return {}
    spot.problems.extend(unknown(given, set(declared), spot.path))
    values = {}
    for name in (name for name in given if name in declared):
        one, here = declared[name], spot.inside(name)
        value = typed(one, given[name]) if spot.typed else given[name]
        try:
            values[name] = KINDS[one.kind].read(one, value, here)
        except Wrong as wrong:
            spot.problems.append(Problem(here.path, wrong.code, wrong.sentence, wrong.about))
    return values


def typed(setting: Setting, value: Any) -> Any:
    """The typed words as a file would have them; unreadable ones stay as typed."""
    return KINDS[setting.kind].typed(value)


def plain(setting: Setting, value: Any) -> Any:
    """A value as files write it."""
    return KINDS[setting.kind].plain(setting, value)


def unknown(given: Mapping[Any, Any], known: set[str], path: Path) -> list[Problem]:
    """A problem for each name that nobody declared."""
    sentence, names = N_("Không hiểu mục %(name)s; có: %(known)s."), ", ".join(sorted(known)) or "–"
    return [
        Problem((*path, str(name)), "unknown", sentence, {"name": str(name)[:60], "known": names})
        for name in given
        if name not in known
    ]


def _whole(one: Setting, value: Any, spot: Spot) -> int:
    return between(to_whole(value), one.low, one.high)


def _number(one: Setting, value: Any, spot: Spot) -> int | float:
    """Any finite number from `low` on."""
    if not is_number(value) or value < one.low:
        raise Wrong("not_a_number", N_("Cần một số từ %(least)s."), least=one.low)
    number: int | float = value
    return number


def _points(one: Setting, value: Any, spot: Spot) -> int | float:
    points = in_points(half_points(value))
    if not one.low <= points <= one.high:
        raise Wrong("out_of_range", N_("Cần từ %(least)s đến %(most)s."), least=one.low, most=one.high)
    return points


def _half_points(one: Setting, value: Any, spot: Spot) -> int:
    return half_points(value)


def _flag(one: Setting, value: Any, spot: Spot) -> bool:
    if not isinstance(value, bool):
        raise Wrong("not_a_flag", N_("Cần có hoặc không."))
    return value


def _choice(one: Setting, value: Any, spot: Spot) -> str:
    if not isinstance(value, str) or value not in one.choices:
        raise Wrong("not_a_choice", N_("Cần một trong: %(choices)s."), choices=", ".join(one.choices))
    return value


def _text(one: Setting, value: Any, spot: Spot) -> str:
    return to_text(value, one.high or LONGEST_LINE)


def _word(one: Setting, value: Any, spot: Spot) -> str:
    if text := to_text(value):
        return text
    raise Wrong("empty", N_("Mục này còn trống."))


def _localized(one: Setting, value: Any, spot: Spot) -> dict[str, str]:
    """A text by language, {"vi", "en"?}."""
    if not isinstance(value, Mapping) or not set(value) <= {"vi", "en"}:
        raise Wrong("not_a_language", N_("Chỉ viết bằng tiếng Việt (vi) và tiếng Anh (en)."))
    found = {lang: to_text(value.get(lang) or "") for lang in ("vi", "en")}
    if one.default is None and not found["vi"]:
        raise Wrong("empty", N_("Mục này còn trống."))
    return {lang: text for lang, text in found.items() if text}


def _listed(value: Any, least: int = 0, most: int = MOST_ITEMS) -> list[Any]:
    if not isinstance(value, (list, tuple)) or len(value) > most:
        raise Wrong("not_a_list", N_("Cần một danh sách, nhiều nhất %(most)s mục."), most=most)
    if len(value) < least:
        raise Wrong("too_few", N_("Cần ít nhất %(least)s mục."), least=least)
    return list(value)


def _each(one_of: Callable[[Setting, Any, Spot], Any], words: Callable[[Any], Any]) -> Kind:
    """A list of such values."""

    def reader(one: Setting, value: Any, spot: Spot) -> tuple[Any, ...]:
        found = [one_of(one, item, spot) for item in _listed(value)]
        return tuple(dict.fromkeys(found) if one.different else found)

    return Kind(reader, lambda one, value: list(value), words)


def _span(one: Setting, value: Any, spot: Spot) -> tuple[int | None, int | None]:
    """[from, to], both included; null is open."""
    if not isinstance(value, (list, tuple)) or len(value) != 2:
        raise Wrong("not_a_span", N_("Cần hai số: từ, đến."))
    low, high = (None if item in (None, "") else _whole(one, item, spot) for item in value)
    if low is not None and high is not None and low > high:
        raise Wrong("backwards", N_("Số đầu phải không lớn hơn số cuối."))
    return low, high


def _by_difficulty(one: Setting, value: Any, spot: Spot) -> tuple[int, ...]:
    """Half-points for difficulty 1 to 5; one number is for all."""
    found = value if isinstance(value, (list, tuple)) else [value]
    if len(found) not in (1, DIFFICULTIES):
        raise Wrong("not_five", N_("Cần một mức điểm, hoặc năm mức cho độ khó 1 đến 5."))
    return tuple(half_points(item) for item in found) * (DIFFICULTIES // len(found))


def _part(one: Setting, value: Any, spot: Spot) -> Any:
    return one.make(**read(one.parts, value, spot))


def _maybe(one: Setting, value: Any, spot: Spot) -> Any:
    """A part that may be absent: null."""
    return None if value in (None, "", False) else _part(one, value, spot)


def _parts(one: Setting, value: Any, spot: Spot) -> tuple[Any, ...]:
    items = _listed(value, one.low, one.high or MOST_PARTS)
    return tuple(_part(one, item, spot.inside(at)) for at, item in enumerate(items))


def _plain_part(one: Setting, value: Any) -> Any:
    if value is None:
        return None
    held = value if isinstance(value, Mapping) else {name: getattr(value, name) for name in one.parts}
    return {name: plain(one.parts[name], inner) for name, inner in held.items()}


KINDS: Mapping[str, Kind] = {
    "whole": Kind(_whole, typed=words.number),
    "number": Kind(_number, typed=words.decimal),
    "points": Kind(_points, typed=words.decimal),
    "half_points": Kind(_half_points, lambda one, half: in_points(half), words.decimal),
    "by_difficulty": Kind(
        _by_difficulty, lambda one, value: [in_points(half) for half in value], words.each(words.decimal)
    ),
    "flag": Kind(_flag, typed=words.flag),
    "choice": Kind(_choice),
    "text": Kind(_text),
    "localized": Kind(_localized, lambda one, value: dict(value), words.vietnamese),
    "key": Kind(lambda one, value, spot: to_key(value)),
    "picture": Kind(lambda one, value, spot: to_picture(value)),
    "moment": Kind(lambda one, value, spot: to_moment(value), lambda one, at: written_moment(at)),
    "clock": Kind(lambda one, value, spot: to_clock(value), lambda one, minutes: written_clock(minutes)),
    "choices": _each(_choice, words.items),
    "words": _each(_word, words.items),
    "numbers": _each(_whole, words.numbers),
    "point_list": _each(_points, words.point_list),
    "span": Kind(_span, lambda one, value: list(value), lambda value: words.each(words.number)(words.numbered(value))),
    "part": Kind(_part, _plain_part),
    "maybe": Kind(_maybe, _plain_part),
    "parts": Kind(_parts, lambda one, value: [_plain_part(one, item) for item in value], words.items),
}
"""Kind -> how it is read and written. `points` stay as written (10, 2.5), `half_points` are kept doubled; `moment`
is Việt Nam time; `part`, `maybe` and `parts` hold further settings."""
