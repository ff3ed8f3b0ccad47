"""The rules of a show, from the settings in force: for hosts, on paper, and on the phone before a round begins."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template
from flask_babel import gettext

from app import language
from app.services.shows import listing, shows
from quizzes import line_up, script
from quizzes import show as played
from quizzes.settings.declared import with_defaults

pages = Blueprint("show_rules", __name__)


@pages.get("/rules/<public_id>")
def one(public_id: str) -> str:
    """Every round with its rules; nothing of what will be asked."""
    show = listing.by_public_id(public_id)
    state = shows.replica(show.show_id).state
    rounds = [
        {
            "format": spec["format"],
            "title": gettext(played.round_title(state, index, language.current())),
            "questions": len(state.created["questions"][index]),
            "settings": _in_force(state, index),
            "plays": {**with_defaults(line_up.PLAYS, None), **(spec.get("plays") or {})},
        }
        for index, spec in enumerate(state.specs)
    ]
    return render_template(
        "shows/rules.html",
        title=language.say(show.title),
        rounds=rounds,
        teams=state.teams_setting,
        settings=with_defaults(script.SETTINGS, state.settings),
    )


def _in_force(state: Any, index: int) -> dict[str, Any]:
    """The settings and the material that the show froze; settings the format has gained since have their default."""
    spec = state.specs[index]
    return {**(spec.get("material") or {}), **with_defaults(state.format_of(index).settings, spec["settings"])}
