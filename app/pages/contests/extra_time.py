"""More time for those who need it: organisers of a contest grant it before a try begins."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from app import security
from app.pages.parts.asked import member_named
from app.pages.parts.forms import Form
from app.services.contests import contests
from app.services.contests.taking import entrants
from app.services.people.roles import ORGANISER

pages = Blueprint("extra_time", __name__)


@pages.route("/contests/<public_id>/extra-time", methods=["GET", "POST"])
def index(public_id: str) -> Any:
    """Show who has more time, and give it. For organisers of the contest's chapter."""
    contest = contests.by_public_id(public_id)
    actor = security.need(ORGANISER, contest.path)
    form = Form(percent="50")

    def grant() -> None:
        found, percent = member_named(form, "code", contest.path), form.number("percent")
        entrants.grant_extra(actor.id, contest.id, found, -1 if percent is None else percent, form["reason"])

    if form.accepted(grant):
        flash(_("Đã ghi. Áp dụng cho các lượt thi bắt đầu từ bây giờ."), "good")
        return redirect(url_for("extra_time.index", public_id=public_id))
    lapsed = _("hết hiệu lực: người cho không còn quyền, hãy cho lại")
    given = [(one.name, f"{one.percent}%" if one.stands else lapsed) for one in entrants.with_extra(contest.id)]
    return render_template("contests/taking/extra_time.html", contest=contest, form=form, given=given), form.status
