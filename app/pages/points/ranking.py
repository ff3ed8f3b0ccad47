"""Chapter rankings: by total and per head, at every level of the tree."""

from __future__ import annotations

import time
from threading import Lock
from typing import Any

from flask import Blueprint, current_app, render_template, request

from app import security
from app.services import points
from app.services.people import chapters
from app.services.people.kinds import KINDS
from app.services.people.sign_ins import CurrentMember
from app.services.points import ranking

pages = Blueprint("ranking", __name__)

SHOWN = 200  # chapters listed
GIVERS = 3  # chapters offered to give awards
KEPT_S, MOST_KEPT = 3.0, 16
"""How long a worker shows the ranking it has computed, seconds, and how many of them it keeps. A province's takes a
tenth of a second; a whole hall looks at it at once when a show is over."""
Key = tuple[str | None, int, str]
"""Kind of chapter, season, by what."""


class Rankings:
    """The ranking this worker computed a moment ago. A request that comes while one is being computed waits for it."""

    def __init__(self) -> None:
        self._computing = Lock()
        self._kept: dict[Key, tuple[float, list[ranking.Ranked]]] = {}

    def of(self, kind: str | None, season: int, by: str) -> list[ranking.Ranked]:
        """Every chapter's place."""
        with self._computing:
            kept = self._kept.get((kind, season, by))
            if kept is not None and time.monotonic() - kept[0] < KEPT_S:
                return kept[1]
            ranked = ranking.whole_ranking(kind=kind, season=season, by=by)
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            self._kept[kind, season, by] = time.monotonic(), ranked
            return ranked

    def forget(self) -> None:
        """Compute all of them anew."""
        self._kept.clear()


pages.record_once(lambda state: state.app.extensions.update(rankings=Rankings()))


@pages.get("/ranking")
def index() -> Any:
    """The table of one season, of all chapters or of one kind."""
    by = "per_head" if request.args.get("by") == "per_head" else "total"
    me = security.current_member()
    home = chapters.chapter(me.chapter_id) if me else None
    kind = request.args.get("kind", home.kind if home else "")
    season = request.args.get("season", points.season_of(time.time_ns() // 1000), type=int)
    ranked = current_app.extensions["rankings"].of(kind or None, season, by)
    lines = ranking.first(ranked, SHOWN, home.id if home else None)
    return render_template(
        "points/ranking.html",
        lines=lines,
        by=by,
        kind=kind,
        season=season,
        kinds=KINDS,
        home=home.id if home else 0,
        gives=_gives(me),
    )


def _gives(me: CurrentMember | None) -> list[chapters.ChapterLine]:
    """The chapters in the name of which this person could give awards to those below."""
    if me is None:
        return []
    root = chapters.ids_of(me.path)[0]
    numbers = [root if where == "/" else chapters.ids_of(where)[-1] for where in me.top("organiser")[:GIVERS]]
    found = [chapters.chapter(number) for number in numbers]
    return [one for one in found if one is not None]
