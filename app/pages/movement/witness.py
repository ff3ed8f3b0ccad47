"""The second pair of eyes: who holds a card for a day, and the second visit to somebody without a phone."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for

from app.pages.movement.browser import CARD_COOKIE, this_browser
from app.pages.movement.taught import private
from app.pages.parts.forms import Form
from app.pages.parts.reply import Reply
from app.services.movement import confirming, rows, teaching
from app.services.movement.clock import now
from quizzes.movement import steps
from quizzes.movement.services import things
from quizzes.refusals import Rejected

pages = Blueprint("witness", __name__)
pages.after_request(private)


@pages.get("/t/card")
def card() -> str:
    """The holder of a witness card: what to do with it."""
    return render_template("movement/taught/card.html", held=bool(request.cookies.get(CARD_COOKIE)))


@pages.route("/t/<public_id>/visit", methods=["GET", "POST"])
def visit(public_id: str) -> Reply:
    """The second visit, seen by an official or the holder of a card."""
    seen, form = rows.teaching(public_id), Form()
    if seen is None:
        raise Rejected("code_gone")
    if not teaching.witness_here(public_id, this_browser()):
        raise Rejected("witness_needed")
    if form.accepted(lambda: confirming.use(public_id, this_browser(), form["what"], witnessed=True)):
        return redirect(url_for("witness.visit", public_id=public_id), 303)
    return render_template(
        "movement/taught/visit.html",
        seen=seen,
        form=form,
        things=things(seen.services),
        open=steps.may_use(seen.confirmed_at, seen.used_at, now()),
    ), form.status
