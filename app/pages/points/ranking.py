"""Chapter rankings: by total and per head, at every level of the tree."""

from __future__ import annotations

import time
from typing import Any

from flask import Blueprint, render_template, request

from app import security
from app.services import points
from app.services.people import chapters
from app.services.people.kinds import KINDS

pages = Blueprint("ranking", __name__)

SHOWN = 200


@pages.get("/ranking")
def index() -> Any:
    """The table of one season, of all chapters or of one kind."""
    by = "per_head" if request.args.get("by") == "per_head" else "total"
    me = security.current_member()
    home = chapters.chapter(me.chapter_id) if me else None
    kind = request.args.get("kind", home.kind if home else "")
    season = request.args.get("season", points.season_of(time.time_ns() // 1000), type=int)
    lines = points.chapter_ranking(kind=kind or None, season=season, by=by, top=SHOWN, own=home.id if home else None)
    return render_template(
        "points/ranking.html", lines=lines, by=by, kind=kind, season=season, kinds=KINDS, home=home.id if home else 0
    )
