"""Chapter rankings: by total and per head, at every level of the tree."""

from __future__ import annotations

import time
from typing import Any

from flask import Blueprint, render_template, request

from app import security
from app.services import points
from app.services.people import chapters
from app.services.people.kinds import KINDS
from app.services.people.sign_ins import CurrentMember
from app.services.points import ranking
from app.services.points.kept import rankings

pages = Blueprint("ranking", __name__)

SHOWN = 200  # chapters listed
GIVERS = 3  # chapters offered to give awards


@pages.get("/ranking")
def index() -> Any:
    """The table of one season, of all chapters or of one kind."""
    by = "per_head" if request.args.get("by") == "per_head" else "total"
    me = security.current_member()
    home = chapters.chapter(me.chapter_id) if me else None
    kind = request.args.get("kind", home.kind if home else "")
    season = request.args.get("season", points.season_of(time.time_ns() // 1000), type=int)
    ranked = rankings.of(kind or None, season, by)
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
