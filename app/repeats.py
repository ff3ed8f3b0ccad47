"""Lines that repeat are said a few times a minute, then counted: a flooded log says nothing, and fills the disk."""

from __future__ import annotations

import logging
from collections.abc import Hashable, MutableMapping
from dataclasses import dataclass
from time import monotonic
from typing import Any

import structlog

WINDOW_S = 60.0  # how long equal lines are counted together
MOST = 10
"""Lines of one kind in one window."""
MOST_KINDS = 1_000  # kinds of lines counted at once
TELLING = ("route", "status", "code", "trouble", "problem", "path", "show", "command")
"""The fields that make two lines with the same words two matters."""


@dataclass
class Seen:
    """A kind of line in its window."""

    since: float
    count: int = 0


class Repeats:
    """Follows what was said lately."""

    def __init__(self) -> None:
        self._seen: dict[Hashable, Seen] = {}

    def untold(self, kind: Hashable) -> int | None:
        """None for a line that is too much; else how many of its kind were left out since the last one."""
        now = monotonic()
        seen = self._seen.get(kind)
        if seen is None or now - seen.since > WINDOW_S:
            if len(self._seen) >= MOST_KINDS:
                self._seen.clear()
            self._seen[kind] = Seen(now, 1)
            return max(0, seen.count - MOST) if seen else 0
        seen.count += 1
        return 0 if seen.count <= MOST else None

    def thin(self, _logger: Any, _method: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        """For structlog: drop what is too much, and say how much was dropped."""
        untold = self.untold((line.get("event"), _method, *(line.get(name) for name in TELLING)))
        if untold is None:
            raise structlog.DropEvent
        return {**line, "left_out": untold} if untold else line

    def filter(self, record: logging.LogRecord) -> bool:
        """For the library's own logging: True when the line is to be written, told by its words."""
        return self.untold((record.name, record.levelno, record.msg)) is not None
