"""Rankings of chapters as this worker computed them a moment ago: a whole hall looks at one when a show is over, and
whoever gives awards by it wants the one that was just seen."""

from __future__ import annotations

import time
from threading import Lock

from sqlalchemy import Engine

from app.models.engines import database
from app.services.points import ranking
from app.services.points.ranking import Ranked

KEPT_S, MOST_KEPT = 3.0, 16
"""How long a ranking is kept, seconds, and how many of them. A province's takes a twentieth of a second."""
Key = tuple[str, str | None, int, str]
"""Below which path, kind of chapter, season, by what."""


class Rankings:
    """The rankings of this worker. A request that comes while one is being computed waits for it."""

    def __init__(self) -> None:
        self._computing = Lock()
        self._kept: dict[Key, tuple[float, Engine, list[Ranked]]] = {}

    def of(self, kind: str | None, season: int, by: str, under: str = "/") -> list[Ranked]:
        """The place of every chapter of a subtree."""
        key = (under, kind, season, by)
        with self._computing:
            kept, here = self._kept.get(key), database.engine
            if kept is not None and kept[1] is here and time.monotonic() - kept[0] < KEPT_S:
                return kept[2]
            ranked = ranking.whole_ranking(under=under, kind=kind, season=season, by=by)
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            self._kept[key] = time.monotonic(), here, ranked
            return ranked

    def forget(self) -> None:
        """Compute all of them anew."""
        self._kept.clear()


rankings = Rankings()
