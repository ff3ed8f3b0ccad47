"""Keeps what this worker computed a moment ago: a whole hall looks at one page when a show is over."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

from sqlalchemy import Engine

from app.models.engines import database

What = TypeVar("What")


class Kept(Generic[What]):
    """The last results by key, each for `seconds` and at most so many. Who comes while one is being computed waits."""

    def __init__(self, seconds: float, most: int) -> None:
        self._seconds, self._most = seconds, most
        self._computing = Lock()
        self._kept: dict[Hashable, tuple[float, Engine, What]] = {}

    def of(self, key: Hashable, compute: Callable[[], What]) -> What:
        """The result of `compute`, or the one it had under the same key a moment ago."""
        with self._computing:
            kept, here = self._kept.get(key), database.engine
            if kept is not None and kept[1] is here and time.monotonic() - kept[0] < self._seconds:
                return kept[2]
            found = compute()
            if len(self._kept) >= self._most:
                self._kept.clear()
            self._kept[key] = time.monotonic(), here, found
            return found

    def forget(self) -> None:
        """Compute everything anew."""
        self._kept.clear()
