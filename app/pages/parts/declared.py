"""Declared settings as fields of a form: what the macro `setting` of templates/_setting.html draws."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import format_decimal, gettext

from quizzes.engine import Setting
from quizzes.settings import kinds

TYPES = {"moment": "datetime-local", "clock": "time"}
DIGITS = {"whole": "numeric", "points": "decimal", "half_points": "decimal", "number": "decimal"}
Wrongs = Sequence[tuple[str, bool]]
"""The problems of a field, each with True where it only warns."""


def drawn(name: str, setting: Setting, value: Any, wrong: Wrongs = (), hint: str = "", **more: Any) -> dict[str, Any]:
    """One field. `more` lies over what follows from the setting, as a label or the rows of a text."""
    in_order = setting.kind == "choices" and setting.in_order
    return {
        "name": name,
        "kind": setting.kind,
        "label": gettext(setting.title),
        "value": _written(setting, value),
        "options": choices(setting),
        "in_order": in_order,
        "hint": hint or _hint(setting),
        "wrong": wrong,
        "parts": _rows(name, setting, value) if setting.kind == "parts" else [],
        "rows": 2 if in_order else 0,
        "type": TYPES.get(setting.kind, "text"),
        "digits": DIGITS.get(setting.kind, ""),
        "more": {},
        **more,
    }


def choices(setting: Setting) -> list[tuple[str, str]]:
    """Each choice with what people call it."""
    return [(choice, gettext(words)) for choice, words in setting.named.items()]


def _written(setting: Setting, value: Any) -> Any:
    """The content of the field: lists as words, a moment as browsers write it."""
    if setting.kind == "moment":
        return str(value).replace(" ", "T")
    if setting.kind == "choices" and setting.in_order:
        said = dict(choices(setting))
        value = [said.get(one, one) for one in value or ()]
    elif setting.kind not in ("words", "numbers", "point_list"):
        return value
    if not isinstance(value, (list, tuple)):
        return value
    if setting.kind == "point_list":
        points = [format_decimal(one) if isinstance(one, float) else str(one) for one in value]
        return "; ".join(points if len(points) > 1 else [*points, ""]).strip()
    return ", ".join(map(str, value))


def _hint(setting: Setting) -> str:
    """How a list is typed."""
    hint = ""
    if setting.kind == "point_list":
        hint = gettext("Điểm, cách nhau bằng dấu chấm phẩy: 40; 30; 7,5")
    if setting.kind == "numbers":
        hint = gettext("Các số, cách nhau bằng dấu phẩy: 3, 5")
    if setting.kind == "words":
        hint = gettext("Cách nhau bằng dấu phẩy")
    if setting.kind == "choices" and setting.in_order:
        names = ", ".join(words for _, words in choices(setting))
        hint = gettext("Theo thứ tự, cách nhau bằng dấu phẩy, được lặp lại: %(names)s", names=names)
    return hint


def _rows(name: str, setting: Setting, value: Any) -> list[list[dict[str, Any]]]:
    """A row of fields for each part, and one more to fill in."""
    given = [one for one in value if isinstance(one, Mapping)] if isinstance(value, (list, tuple)) else []
    more = len(given) < (setting.high or kinds.MOST_PARTS)
    rows = [{key: row.get(key, one.default) for key, one in setting.parts.items()} for row in given]
    rows += [dict.fromkeys(setting.parts, "")] if more else []
    return [
        [drawn(f"{name}-{at}-{key}", one, row[key]) for key, one in setting.parts.items()]
        for at, row in enumerate(rows)
    ]
