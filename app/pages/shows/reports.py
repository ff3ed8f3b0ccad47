"""A show's report for those who ran it: the running order as planned and as it was, openings, lots, changes."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template
from flask_babel import gettext as _

from app import language
from app.pages.shows.making import may_run
from app.services.shows import listing, seats, shows
from quizzes import show as rules
from quizzes.engine import SECOND
from quizzes.refusals import Rejected

pages = Blueprint("show_reports", __name__)


@pages.get("/shows/<public_id>/report")
def one(public_id: str) -> str:
    """Nothing of it is the public's: it names questions and times before the end, too."""
    show = listing.by_public_id(public_id)
    if not may_run(show):
        raise Rejected("forbidden")
    state = shows.catch_up(show.show_id).state
    lang = language.current()
    parts = [
        {**part, "title": _(rules.round_title(state, part["index"], lang))}
        for part in rules.report(state, show.over_at)
    ]
    names = seats.names(show.show_id, [one["seat"] for one in state.lots])
    return render_template(
        "shows/report.html",
        show=show,
        title=language.say(show.title),
        parts=parts,
        planned=sum(part["planned_s"] for part in parts),
        took=sum(part["took_s"] or 0 for part in parts),
        openings=[_opening(state, one) for one in rules.sheet(state)],
        lots=[{**one, "name": names.get(one["seat"], "")} for one in state.lots],
        changes=len(state.changes),
    )


def _opening(state: rules.ShowState, one: dict[str, Any]) -> dict[str, Any]:
    """One opening: how long it stood, how many answered, how many rightly."""
    text = (one["body"] or {}).get("text", {})
    closed = one["closes_at"]
    return {
        "no": one["no"],
        "text": text,
        "open_s": None if closed is None else round((closed - one["opens_at"]) / SECOND),
        "answered": len(one["results"]),
        "right": sum(result[1] == 1000 for result in one["results"].values()),
        "void": one["void"],
    }
