"""JSON for python-socketio (`json=strict_json`): fast, and refuses what only an attacker sends.

`loads` raises ValueError, never RecursionError or MemoryError, for nesting deeper than 32, integers beyond 64
bits, NaN, infinities and trailing garbage. One thing it forgives: a lone surrogate (half an emoji, which a form's
maxlength can cut) comes through, so that the question type can refuse the choice with a sentence.
"""

import json
import math
import re
from typing import Any

import msgspec

DEEPEST = 32
"""How many levels of lists and objects may be nested."""
WIDEST = 1 << 63  # whole numbers stay below it

_decode = msgspec.json.Decoder().decode
encode = msgspec.json.Encoder().encode
_lone_surrogate = re.compile(r"\\u[dD][89a-fA-F]").search
_long_number = re.compile(r"\d{19}").search


def dumps(value: Any, **_: Any) -> str:
    """Compact JSON; NaN becomes null. Options of the standard library (separators) are accepted and ignored."""
    return encode(value).decode()


def loads(text: str, **_: Any) -> Any:
    try:
        value = _decode(text)
    except RecursionError:
        raise ValueError("too deep") from None
    except ValueError:
        if not _lone_surrogate(text):
            raise
        value = _loads_with_surrogates(text)
    if text.count("[") + text.count("{") > DEEPEST or _long_number(text):
        _check(value)
    return value


def _loads_with_surrogates(text: str) -> Any:
    try:
        return json.loads(text, parse_constant=_finite, parse_float=_finite)
    except RecursionError:
        raise ValueError("too deep") from None


def _finite(number: str) -> float:
    value = float(number)
    if not math.isfinite(value):
        raise ValueError(f"{number} is not a finite number")
    return value


def _check(value: Any) -> None:
    """Walk level by level, as recursion is what the attacker hopes for."""
    level = [value]
    for _ in range(DEEPEST + 1):
        below: list[Any] = []
        for item in level:
            if isinstance(item, dict):
                below.extend(item.values())
            elif isinstance(item, list):
                below.extend(item)
            elif isinstance(item, int) and not -WIDEST <= item < WIDEST:
                raise ValueError("integer too wide")
        if not below:
            return
        level = below
    raise ValueError("too deep")
