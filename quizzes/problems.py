"""A fault in a draft and its place. Problems are told to a person, never raised."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Problem:
    """`sentence` is a Vietnamese msgid, its %(names)s stand in `about`; the shell translates.

    `path` leads to the place inside the draft, as ("options", 2, "text", "vi"). Files add where the
    person finds it: `line` (from 1) in text and YAML, `row` (from 1) and `cell` ("F7") in sheets.
    A `warning` lets the draft in.
    """

    path: Path
    code: str
    sentence: str
    about: Mapping[str, Any] = field(default_factory=dict)
    line: int | None = None
    row: int | None = None
    cell: str | None = None
    warning: bool = False
