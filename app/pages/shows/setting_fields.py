"""Declared settings of scripts and formats as fields of a form, and back. Knows no format by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from werkzeug.datastructures import MultiDict

from app.pages.parts import declared as fields
from quizzes.engine import Setting
from quizzes.settings import kinds, typed
from quizzes.text import fold

Declared = Mapping[str, Setting]


def drawn(declared: Declared, values: Mapping[str, Any], prefix: str) -> list[dict[str, Any]]:
    """A field for each setting, filled with its value or its default."""
    return [
        fields.drawn(f"{prefix}{name}", one, one.default if values.get(name) is None else values[name])
        for name, one in declared.items()
    ]


def read(declared: Declared, form: MultiDict[str, str], prefix: str) -> dict[str, Any]:
    """The values typed, without those that are the default. What cannot be read stays as typed, to be complained of."""
    found = {name: _read(one, form, f"{prefix}{name}") for name, one in declared.items() if f"{prefix}{name}" in form}
    return {name: value for name, value in found.items() if value != _plain(declared[name].default)}


def _read_parts(setting: Setting, form: MultiDict[str, str], name: str) -> list[dict[str, Any]]:
    """The rows that were filled in."""
    rows = []
    for at in range((setting.high or kinds.MOST_PARTS) + 1):
        values = {key: _read(one, form, f"{name}-{at}-{key}") for key, one in setting.parts.items()}
        if any(value not in ("", [], False) for value in values.values()):
            rows.append({key: value for key, value in values.items() if value != ""})
    return rows


def _read(setting: Setting, form: MultiDict[str, str], name: str) -> Any:
    """A box that is not ticked sends nothing: a hidden field before it says that it was there."""
    if setting.kind == "parts":
        return _read_parts(setting, form, name)
    sent = [one.strip() for one in form.getlist(name)] or [""]
    if setting.kind == "choices":
        return _in_order(setting, sent[-1]) if setting.in_order else [one for one in sent if one]
    return kinds.typed(setting, sent[-1])


def _in_order(setting: Setting, text: str) -> list[str]:
    """Read keys in the order typed, by what people call them or by the keys themselves; what is neither stays as
    typed."""
    known = {fold(words): choice for choice, words in fields.choices(setting)} | {
        fold(one): one for one in setting.choices
    }
    return [known.get(fold(one), one) for one in typed.items(text)]


def _plain(default: Any) -> Any:
    return list(default) if isinstance(default, tuple) else default
