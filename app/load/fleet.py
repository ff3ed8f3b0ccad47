"""Several processes of the program on one database, as a province runs them; no proxy stands before them."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

from app.load.server import Own, Running


class Fleet(Running):
    """Start so many own servers that share a database, Redis and keys; `shared` are settings by their variables."""

    def __init__(self, beside: Path, workers: int, shared: dict[str, str]) -> None:
        super().__init__([])
        keys = {name: secrets.token_urlsafe(32) for name in ("SCS_SECRET_KEY", "SCS_METRICS_TOKEN")}
        self._all = [Own(beside, **shared, **keys) for _ in range(workers)]

    def __enter__(self) -> Fleet:
        try:
            for one in self._all:  # one after another: the first makes the tables
                one.start()
        except BaseException:  # nothing stays behind that nobody would end
            self.__exit__()
            raise
        self.urls = [url for one in self._all for url in one.urls]
        self.pids = [pid for one in self._all for pid in one.pids]
        return self

    def __exit__(self, *_: object) -> None:
        for one in self._all:
            one.stop()

    def is_at_rest(self, busy: float | None) -> bool:
        return all(one.is_at_rest(busy) for one in self._all)

    def environment(self) -> dict[str, str]:
        """Commands run as on the first."""
        return self._all[0].environment()

    def new_shows(self, script: dict[str, Any], count: int) -> list[dict[str, Any]]:
        """Make so many shows of this script."""
        return self._all[0].new_shows(script, count)
