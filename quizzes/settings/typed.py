"""The words of a form as a file would have them. An unreadable one stays as typed, to be complained of."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

GROUPED = re.compile(r"-?\d{1,3}(?:([.,\s\u00a0\u202f])\d{3})(?:\1\d{3}){0,4}")
"""Thousands apart: 500.000, 1 200 000, 500,000."""
APART = re.compile(r"[,;\n]")
YES, NO = {"true", "on", "1", "yes"}, {"false", "off", "0", "no", ""}


def ungrouped(text: str) -> str:
    """A number as typed, without what keeps its thousands apart."""
    text = text.strip()
    return re.sub(r"[^\d-]", "", text) if GROUPED.fullmatch(text) else text


def number(value: Any) -> Any:
    text = ungrouped(value) if isinstance(value, str) else ""
    return int(text) if re.fullmatch(r"-?\d{1,15}", text) else value


def decimal(value: Any) -> Any:
    """10, 2.5, "2,5" or "1.000"."""
    text = ungrouped(value).replace(",", ".") if isinstance(value, str) else ""
    if not re.fullmatch(r"-?\d{1,15}(?:[.]\d{1,6})?", text):
        return value
    return float(text) if "." in text else int(text)


def flag(value: Any) -> Any:
    word = value.strip().lower() if isinstance(value, str) else None
    return word in YES if word in YES | NO else value


def vietnamese(value: Any) -> Any:
    """A text by language; whoever types one language types Vietnamese."""
    return value if isinstance(value, Mapping) else {"vi": value}


def numbered(value: Any) -> Any:
    """A list sent as numbered fields {"0": ..., "1": ...}."""
    if isinstance(value, Mapping) and all(str(name).isdecimal() for name in value):
        return [value[name] for name in sorted(value, key=lambda name: int(str(name)))]
    return value


def items(value: Any) -> Any:
    """A list: numbered fields, or words divided by commas."""
    if isinstance(value, str):
        return [part.strip() for part in APART.split(value) if part.strip()]
    return [] if value is None else numbered(value)


def numbers(value: Any) -> Any:
    """The same of numbers, which blanks divide, too: 3 5 is two of them, 3 000 is one."""
    if isinstance(value, str):
        value = [one for part in items(value) for one in ([part] if GROUPED.fullmatch(part) else part.split())]
    return each(number)(items(value))


def point_list(value: Any) -> Any:
    """A list of points, which semicolons divide where one of them has a half: "40; 7,5"."""
    if isinstance(value, str):
        value = [part.strip() for part in value.split(";") if part.strip()] if ";" in value else items(value)
    return each(decimal)(items(value))


def each(one: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """The same for every item of a list, or for the one value there is."""
    return lambda value: [one(item) for item in value] if isinstance(value, (list, tuple)) else one(value)
