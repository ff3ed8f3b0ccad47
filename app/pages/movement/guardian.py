"""A taught child's guardian, on their own phone: the notice, the consent, the child's name; and saying no again."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext

from app.language import current
from app.pages.movement.browser import GUARDIAN_COOKIE, this_browser
from app.pages.movement.taught import private
from app.pages.parts.forms import Form
from app.pages.parts.reply import Reply
from app.services.movement import guardian, rows
from app.services.movement.campaigns import taught_in
from app.services.movement.confirming import Confirmation
from app.services.movement.guardian import WORDS, Agreement
from app.services.people.consent import Wording
from quizzes.movement.services import things
from quizzes.refusals import Rejected

pages = Blueprint("guardian", __name__)
pages.after_request(private)


@pages.route("/t/<public_id>/guardian", methods=["GET", "POST"])
def agree(public_id: str) -> Reply:
    """One screen; afterwards what both hold, and the way back."""
    seen, form, wording = rows.teaching(public_id), Form(), gettext(WORDS)
    if seen is None or not seen.child:
        raise Rejected("code_gone")
    if guardian.guards(public_id, this_browser()):
        return render_template(
            "movement/taught/guarded.html",
            seen=seen,
            sites=taught_in(seen.campaign),
            did=dict(things(seen.services)).get(seen.used_what, ""),
        )

    def store() -> None:
        if not form.ticked("agreed"):
            raise Rejected("taught_consent", field="agreed")
        own, year = form.number("own_year", "birth_year") or 0, form.number("year", "birth_year") or 0
        said = Agreement(own, Confirmation(year, form["name"], True, Wording(current(), wording)))
        guardian.agree(request.cookies.get(GUARDIAN_COOKIE, ""), this_browser(), said)

    if form.accepted(store):
        return redirect(url_for("guardian.agree", public_id=public_id), 303)
    return render_template("movement/taught/guardian.html", seen=seen, form=form, wording=wording), form.status
