"""The gain between two contests, for organisers of both."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from app.pages.contests.here import desk
from app.services.contests import contests
from app.services.contests.results import gain
from quizzes.contest.desk.gain import ANSWERED, LEAST

pages = Blueprint("contest_gain", __name__)


@pages.get("/contests/<public_id>/desk/learned")
def learned(public_id: str) -> str:
    """The people who took this contest and an earlier one, on pairs of questions that are equally hard."""
    here = desk(public_id)
    chosen = request.args.get("before", "")
    earlier = [
        one
        for one in contests.organised([here.line.path])
        if one.running and one.id != here.line.id and (one.first_at or 0) < (here.line.first_at or 0)
    ]
    before = desk(chosen) if chosen else None
    found = gain.learned(before.line.id, here.line.id) if before else None
    about = {"here": here, "earlier": earlier, "chosen": chosen, "found": found}
    return render_template("contests/desk/learned.html", **about, least=LEAST, answered=ANSWERED)
