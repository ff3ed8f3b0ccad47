"""Rankings of chapters as this worker computed them a moment ago: a whole hall looks at one when a show is over, and
whoever gives awards by it wants the one that was just seen."""

from __future__ import annotations

from app.services.kept import Kept
from app.services.points import ranking
from app.services.points.ranking import Ranked

KEPT_S, MOST_KEPT = 3.0, 16
"""How long a ranking is kept, seconds, and how many of them. A province's takes a twentieth of a second."""


class Rankings:
    """The rankings of this worker."""

    def __init__(self) -> None:
        self._kept = Kept[list[Ranked]](KEPT_S, MOST_KEPT)

    def of(self, kind: str | None, season: int, by: str, under: str = "/") -> list[Ranked]:
        """The place of every chapter of a subtree."""
        return self._kept.of(
            (under, kind, season, by), lambda: ranking.whole_ranking(under=under, kind=kind, season=season, by=by)
        )

    def forget(self) -> None:
        """Compute all of them anew."""
        self._kept.forget()


rankings = Rankings()
