"""Settings as tables of names: of scripts, formats, rounds and questions. `kinds.py` reads the values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from quizzes.engine import Setting
from quizzes.problems import Path, Problem
from quizzes.settings.kinds import Spot, read

Declared = Mapping[str, Setting]


def with_defaults(declared: Declared, given: Mapping[str, Any] | None) -> dict[str, Any]:
    """Checked settings with every value written out, also inside parts."""
    return {name: _whole_value(one, (given or {}).get(name, one.default)) for name, one in declared.items()}


def _whole_value(setting: Setting, value: Any) -> Any:
    if setting.kind == "parts":
        return [with_defaults(setting.parts, one) for one in value]
    return list(value) if isinstance(value, tuple) else value


def check(declared: Declared, given: Any, path: Path) -> Iterator[Problem]:
    """Everything wrong with settings of a file, with the path to the place; whatever was loaded, it never raises."""
    problems: list[Problem] = []
    if given is not None:
        read(declared, given, Spot(path, problems))
    yield from problems
