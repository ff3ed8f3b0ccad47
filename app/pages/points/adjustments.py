"""Points by hand: proposed by one organiser with a reason, decided by a second one."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug import Response

from app.pages.parts.forms import Form
from app.pages.parts.reply import Reply
from app.security import signed_in
from app.services.people import members
from app.services.points import adjustments
from quizzes.refusals import Rejected

pages = Blueprint("adjustments", __name__)


@pages.get("/points/adjustments")
def index() -> str:
    """Those of one's own area; the waiting ones first."""
    me = signed_in()
    paths = [path for role, path in me.roles if role in ("organiser", "admin")]
    return render_template("points/adjustments.html", lines=adjustments.listed(paths), me=me)


@pages.route("/members/<int:member_id>/points", methods=["GET", "POST"])
def propose(member_id: int) -> Reply:
    """Propose points for a member."""
    one = members.member(member_id)
    if one is None:
        raise Rejected("no_such_member")
    form = Form()

    def store() -> None:
        sign = -1 if form["way"] == "take" else 1
        half = 2 * (form.number("points", "bad_points") or 0) * sign
        adjustments.propose(signed_in().id, member_id, half, form["reason"])

    if form.accepted(store):
        flash(gettext("Đã gửi. Chờ một người thứ hai quyết định."), "good")
        return redirect(url_for("adjustments.index"))
    return render_template("points/propose.html", form=form, member=one), form.status


@pages.post("/points/adjustments/<int:number>")
def decide(number: int) -> Response:
    """Agree or refuse."""
    form = Form()
    done = form.accepted(lambda: adjustments.decide(signed_in().id, number, form["accept"] == "yes"))
    if done:
        flash(gettext("Đã ghi."), "good")
    form.tell()
    return redirect(url_for("adjustments.index"))
