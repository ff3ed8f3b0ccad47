"""Settings declared by a frozen dataclass whose fields say how a person writes and reads them.

    class Timing:
        seconds: int = whole(900, 10, 86_400, N_("Số giây"))

From that one line come the check of a YAML preset or a form (`read`: values and problems by path, never an exception),
the same settings written back (`plain`) and the form itself (`declared_by`). `kinds.py` reads the values.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, fields
from typing import Any, TypeVar

from quizzes.engine import Setting
from quizzes.problems import Path, Problem
from quizzes.settings import kinds
from quizzes.settings.values import LARGEST_CODE

T = TypeVar("T")
Words = Mapping[str, str]
"""A text of the organiser by language: {"vi": ..., "en": ...}."""
Span = tuple[int | None, int | None]
"""From, to, both included; None is open."""


def declare(setting: Setting) -> Any:
    """A field of a dataclass with this setting."""
    if isinstance(setting.default, dict):
        return field(default_factory=dict, metadata={"setting": setting})
    return field(default=setting.default, metadata={"setting": setting})


def declared_by(cls: Any) -> dict[str, Setting]:
    """The settings of a dataclass or one of its values, by name."""
    return {one.name: one.metadata["setting"] for one in fields(cls)}


def read(cls: type[T], data: Any, problems: list[Problem], path: Path = ()) -> T:
    """The settings in `data`; what is missing or wrong has its default, what is wrong its problem."""
    return cls(**kinds.read(declared_by(cls), data, kinds.Spot(path, problems, typed=True)))


def plain(settings: Any) -> dict[str, Any]:
    """The settings as written: `read(type(settings), plain(settings), [])` gives them back."""
    return {name: kinds.plain(one, getattr(settings, name)) for name, one in declared_by(settings).items()}


# the fields


def whole(default: int, least: int, most: int, label: str) -> Any:
    return declare(Setting("whole", default, label, least, most))


def reward(default_half: int, label: str) -> Any:
    """Written in points, kept in half-points."""
    return declare(Setting("half_points", default_half, label))


def by_difficulty(default_half: int, label: str) -> Any:
    """Points of a right answer for difficulty 1 to 5."""
    return declare(Setting("by_difficulty", (default_half,) * kinds.DIFFICULTIES, label))


def choice(default: str, choices: Mapping[str, str], label: str) -> Any:
    return declare(Setting("choice", default, label, choices=tuple(choices), said=tuple(choices.values())))


def flag(default: bool, label: str) -> Any:
    return declare(Setting("flag", default, label))


def words(label: str) -> Any:
    return declare(Setting("localized", {}, label))


def moment(label: str) -> Any:
    return declare(Setting("moment", 0, label))


def ident(label: str, default: str = "") -> Any:
    return declare(Setting("key", default, label))


def clock(default: int, label: str) -> Any:
    return declare(Setting("clock", default, label))


def names(label: str, choices: Mapping[str, str] | None = None, default: tuple[str, ...] = ()) -> Any:
    """Different words in order; with `choices` only those."""
    if choices is None:
        return declare(Setting("words", default, label, different=True))
    said = tuple(choices.values())
    return declare(Setting("choices", default, label, choices=tuple(choices), said=said, different=True))


def numbers(label: str) -> Any:
    """Different numbers: of chapters, members."""
    return declare(Setting("numbers", (), label, 0, LARGEST_CODE, different=True))


def span(label: str, least: int, most: int) -> Any:
    return declare(Setting("span", (None, None), label, least, most))


def part(cls: type[Any], label: str) -> Any:
    return declare(Setting("part", cls(), label, parts=declared_by(cls), make=cls))


def maybe(cls: type[Any], label: str) -> Any:
    return declare(Setting("maybe", None, label, parts=declared_by(cls), make=cls))


def parts(cls: type[Any], label: str, most: int = 200) -> Any:
    return declare(Setting("parts", (), label, 0, most, parts=declared_by(cls), make=cls))
