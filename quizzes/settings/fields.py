"""Settings declared once: a frozen dataclass whose fields say how a person writes and reads them.

    class Timing:
        seconds: int = whole(900, 10, 86_400, N_("Số giây"))

From that one line come the check of a YAML preset or a form (`read`: values and problems by path, never
an exception), the same settings written back (`plain`) and the form itself (`spec` of a field).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import Field, dataclass, field, fields
from typing import Any, TypeVar

from quizzes.problems import Path, Problem
from quizzes.refusals import N_

T = TypeVar("T")
Words = Mapping[str, str]
"""A text of the organiser by language: {"vi": ..., "en": ...}."""
Span = tuple[int | None, int | None]
"""From, to, both included; None is open."""


class Wrong(Exception):
    """A value that cannot be read; becomes a Problem at its path."""

    def __init__(self, code: str, sentence: str, **about: Any) -> None:
        super().__init__(code)
        self.code, self.sentence, self.about = code, sentence, about


Reader = Callable[[Any, Path, list[Problem]], Any]


@dataclass(frozen=True)
class Spec:
    """How a field is written. `kind` and `about` (least, most, choices, cls) are what a form needs."""

    kind: str
    label: str
    read: Reader
    plain: Callable[[Any], Any]
    about: Mapping[str, Any]


def same(value: Any) -> Any:
    return value


def declare(default: Any, spec: Spec) -> Any:
    if isinstance(default, dict):
        return field(default_factory=dict, metadata={"spec": spec})
    return field(default=default, metadata={"spec": spec})


def spec(of: Field[Any]) -> Spec:
    found: Spec = of.metadata["spec"]
    return found


def read(cls: type[T], data: Any, problems: list[Problem], path: Path = ()) -> T:
    """The settings in `data`; what is missing or wrong has its default, what is wrong its problem."""
    if not isinstance(data, Mapping):
        problems.append(Problem(path, "not_settings", N_("Chỗ này phải là một nhóm thiết lập.")))
        return cls()
    values: dict[str, Any] = {}
    known = {one.name: spec(one) for one in fields(cls)}  # type: ignore[arg-type]
    for name, value in data.items():
        here = (*path, str(name))
        if name not in known:
            sentence = N_("Không có thiết lập nào tên là %(name)s.")
            problems.append(Problem(here, "unknown_setting", sentence, {"name": str(name)[:60]}))
            continue
        try:
            values[name] = known[name].read(value, here, problems)
        except Wrong as wrong:
            problems.append(Problem(here, wrong.code, wrong.sentence, wrong.about))
    return cls(**values)


def plain(settings: Any) -> dict[str, Any]:
    """The settings as written: `read(type(settings), plain(settings), [])` gives them back."""
    return {one.name: spec(one).plain(getattr(settings, one.name)) for one in fields(settings)}
