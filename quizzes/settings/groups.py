"""Fields that hold several values: lists, spans, parts inside parts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from quizzes.problems import Path, Problem
from quizzes.refusals import N_
from quizzes.settings.fields import Spec, Wrong, declare, plain, read
from quizzes.settings.values import between, half_points, in_points, to_text, to_whole

DIFFICULTIES = 5
MOST_ITEMS = 2000


def _items(value: Any, most: int = MOST_ITEMS) -> Sequence[Any]:
    """A list; a form writes one as words divided by commas or as numbered fields {"0": ..., "1": ...}."""
    if isinstance(value, str):
        value = [part.strip() for part in value.replace("\n", ",").split(",") if part.strip()]
    if isinstance(value, Mapping) and all(str(name).isdecimal() for name in value):
        value = [value[name] for name in sorted(value, key=lambda name: int(str(name)))]
    if not isinstance(value, (list, tuple)) or len(value) > most:
        raise Wrong("not_a_list", N_("Cần một danh sách, nhiều nhất %(most)s mục."), most=most)
    return value


def _different(
    kind: str, label: str, one: Callable[[Any], Any], about: Mapping[str, Any], default: tuple[Any, ...] = ()
) -> Any:
    def reader(value: Any, path: Path, problems: list[Problem]) -> tuple[Any, ...]:
        return tuple(dict.fromkeys(one(item) for item in _items(value)))

    return declare(default, Spec(kind, label, reader, list, about))


def names(label: str, choices: Mapping[str, str] | None = None, default: tuple[str, ...] = ()) -> Any:
    """Different words in order; with `choices` only those."""

    def one(item: Any) -> str:
        text = to_text(item)
        if not text or (choices is not None and text not in choices):
            raise Wrong("not_a_choice", N_("Cần một trong: %(choices)s."), choices=", ".join(choices or ()))
        return text

    return _different("names", label, one, {"choices": choices}, default)


def numbers(label: str) -> Any:
    """Different numbers: of chapters, members."""
    return _different("numbers", label, lambda item: between(to_whole(item), 0, 2**53), {})


def span(label: str, least: int, most: int) -> Any:
    """[from, to], both included; null is open."""

    def bound(item: Any) -> int | None:
        return None if item in (None, "") else between(to_whole(item), least, most)

    def reader(value: Any, path: Path, problems: list[Problem]) -> tuple[int | None, int | None]:
        if isinstance(value, (list, tuple, Mapping)):
            found = [bound(item) for item in _items(value)]
            if len(found) == 2:
                low, high = found
                if low is not None and high is not None and low > high:
                    raise Wrong("backwards", N_("Số đầu phải không lớn hơn số cuối."))
                return low, high
        raise Wrong("not_a_span", N_("Cần hai số: từ, đến."))

    return declare((None, None), Spec("span", label, reader, list, {"least": least, "most": most}))


def by_difficulty(default_half: int, label: str) -> Any:
    """Points of a right answer for difficulty 1 to 5; one number is for all."""

    def reader(value: Any, path: Path, problems: list[Problem]) -> tuple[int, ...]:
        found = value if isinstance(value, (list, tuple)) else [value]
        if len(found) not in (1, DIFFICULTIES):
            raise Wrong("not_five", N_("Cần một mức điểm, hoặc năm mức cho độ khó 1 đến 5."))
        half = tuple(half_points(item) for item in found)
        return half * (DIFFICULTIES // len(half))

    def back(value: tuple[int, ...]) -> list[float | int]:
        return [in_points(half) for half in value]

    return declare((default_half,) * DIFFICULTIES, Spec("by_difficulty", label, reader, back, {}))


def part(cls: type[Any], label: str) -> Any:
    def reader(value: Any, path: Path, problems: list[Problem]) -> Any:
        return read(cls, value, problems, path)

    return declare(cls(), Spec("part", label, reader, plain, {"cls": cls}))


def maybe(cls: type[Any], label: str) -> Any:
    """A part that may be absent: null."""

    def reader(value: Any, path: Path, problems: list[Problem]) -> Any:
        return None if value in (None, "", False) else read(cls, value, problems, path)

    def back(value: Any) -> Any:
        return None if value is None else plain(value)

    return declare(None, Spec("maybe", label, reader, back, {"cls": cls}))


def parts(cls: type[Any], label: str, most: int = 200) -> Any:
    def reader(value: Any, path: Path, problems: list[Problem]) -> tuple[Any, ...]:
        items = [] if value in (None, "") else _items(value, most)
        return tuple(read(cls, item, problems, (*path, index)) for index, item in enumerate(items))

    def back(value: tuple[Any, ...]) -> list[dict[str, Any]]:
        return [plain(item) for item in value]

    return declare((), Spec("parts", label, reader, back, {"cls": cls, "most": most}))
