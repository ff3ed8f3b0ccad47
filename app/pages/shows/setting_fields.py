"""Declared settings of scripts and formats as fields of a form, and back. Knows no format by name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from quizzes.engine import Setting
from quizzes.settings.declared import MOST_PARTS

Declared = Mapping[str, Setting]
SEPARATORS = re.compile(r"[\s,;]+")


def drawn(declared: Declared, values: Mapping[str, Any], prefix: str) -> list[dict[str, Any]]:
    """A field for each setting, filled with its value or its default: what the template's macro draws."""
    return [_drawn(f"{prefix}{name}", one, values.get(name, one.default)) for name, one in declared.items()]


def _drawn(name: str, setting: Setting, value: Any) -> dict[str, Any]:
    if setting.kind in ("numbers", "words"):
        value = ", ".join(map(str, value)) if isinstance(value, (list, tuple)) else value
    return {
        "name": name,
        "kind": setting.kind,
        "label": gettext(setting.title),
        "value": value,
        "options": choices(setting),
        "low": setting.low,
        "high": setting.high,
        "parts": _rows(name, setting, value) if setting.kind == "parts" else [],
    }


def choices(setting: Setting) -> list[tuple[str, str]]:
    """Each choice with what people call it."""
    said = setting.said or setting.choices
    return [(choice, gettext(words)) for choice, words in zip(setting.choices, said, strict=True)]


def _rows(name: str, setting: Setting, value: Any) -> list[list[dict[str, Any]]]:
    """A row of fields for each part, and one more to fill in."""
    given = [one for one in value if isinstance(one, Mapping)] if isinstance(value, (list, tuple)) else []
    more = len(given) < (setting.high or MOST_PARTS)
    empty: list[Mapping[str, Any]] = [dict.fromkeys(setting.parts, "")] if more else []
    return [drawn(setting.parts, one, f"{name}-{at}-") for at, one in enumerate([*given, *empty])]


def read(declared: Declared, form: MultiDict[str, str], prefix: str) -> dict[str, Any]:
    """The values typed, without those that are the default. What cannot be read stays as typed, to be complained of."""
    typed = {name: _read(one, form, f"{prefix}{name}") for name, one in declared.items() if _sent(form, prefix + name)}
    return {name: value for name, value in typed.items() if value != _plain(declared[name].default)}


def _sent(form: MultiDict[str, str], name: str) -> bool:
    """An unticked box is not sent: a hidden field beside it says that it was there."""
    return name in form or f"{name}-shown" in form


def _read_parts(setting: Setting, form: MultiDict[str, str], name: str) -> list[dict[str, Any]]:
    """The rows that were filled in."""
    rows = []
    for at in range((setting.high or MOST_PARTS) + 1):
        values = {key: _read(one, form, f"{name}-{at}-{key}") for key, one in setting.parts.items()}
        if any(value not in ("", [], False) for value in values.values()):
            rows.append({key: value for key, value in values.items() if value != ""})
    return rows


def _read(setting: Setting, form: MultiDict[str, str], name: str) -> Any:
    text = form.get(name, "").strip()
    match setting.kind:
        case "flag":
            return bool(text)
        case "whole":
            return _number(text)
        case "points":
            return _points(text)
        case "parts":
            return _read_parts(setting, form, name)
        case "choices":
            return form.getlist(name)
        case "numbers":
            return [_number(one) for one in SEPARATORS.split(text) if one]
        case "words":
            return [one.strip() for one in re.split(r"[,;\n]", text) if one.strip()]
    return text


def _number(text: str) -> int | str:
    return int(text) if re.fullmatch(r"-?\d{1,9}", text) else text


def _points(text: str) -> int | float | str:
    """10, 2.5 or 2,5."""
    plain = text.replace(",", ".")
    if not re.fullmatch(r"-?\d{1,9}([.]\d)?", plain):
        return text
    return float(plain) if float(plain) % 1 else int(float(plain))


def _plain(default: Any) -> Any:
    return list(default) if isinstance(default, tuple) else default
