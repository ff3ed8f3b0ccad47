"""The taught person's own pages: no account, at most three screens, and a page to keep.

A code stands in the fragment of an address, which no server sees; the page's script sends it once in the body of a
request. From then on a random cookie of ours says which browser this is.
"""

from __future__ import annotations

import secrets
from typing import Any

from flask import Blueprint, Response, jsonify, make_response, redirect, render_template, request, url_for
from flask_babel import gettext

from app.language import current
from app.pages.movement.browser import (
    CARD_COOKIE,
    CHILD_COOKIE,
    CHILDREN_COOKIE,
    COOKIE,
    GUARDIAN_COOKIE,
    held,
    keep,
    mine,
    stage_of,
    this_browser,
)
from app.pages.parts.forms import Form
from app.pages.parts.qr import outward, qr
from app.pages.parts.reply import Reply
from app.security import current_member, limits
from app.security.headers import settings
from app.services.commit import reading_together
from app.services.movement import becoming, check_lists, children, confirming, teaching
from app.services.movement.campaigns import taught_in
from app.services.movement.codes import CARD, GUARDIAN, LONGEST, VISIT
from app.services.movement.confirming import Confirmation
from app.services.movement.rows import Seen
from app.services.people.consent import Wording
from app.services.people.person import clean_birth_year, clean_own_name
from app.services.people.public_names import is_child
from quizzes.movement import steps
from quizzes.movement.services import questions, things
from quizzes.refusals import Rejected

pages = Blueprint("taught", __name__)

DAYS_60_S, DAY_S = 60 * 24 * 3600, 24 * 3600
"""How long the cookies of a taught person, and those of a witness and a guardian, are kept, seconds."""


@pages.after_request
def private(response: Response) -> Response:
    """Nothing of these pages is kept, found by a search engine, or told to the next site."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@pages.get("/t")
def start() -> str:
    """Show the page a QR code leads to: the script reads what stands behind #."""
    return render_template("movement/taught/start.html")


@pages.post("/t/open")
def open_code() -> Any:
    """A code from a fragment, with the year of birth where that was asked for."""
    sent = request.get_json(silent=True) or {}
    code, year = sent.get("code"), sent.get("year")
    if not isinstance(code, str) or not (year is None or isinstance(year, int)):
        raise Rejected("bad_request")
    if year is not None and (wait := limits.year_of_birth(code[:LONGEST])):
        limits.refuse(wait)
    token = request.cookies.get(COOKIE) or secrets.token_urlsafe(32)
    opened = teaching.open_code(code, this_browser(token), year)
    if opened.ask_year:
        return jsonify(ask="year")
    if opened.purpose == CARD:
        response = jsonify(to=url_for("witness.card"))
        keep(response, CARD_COOKIE, code, DAY_S)
        return response
    if opened.purpose == GUARDIAN:
        response = jsonify(to=url_for("guardian.agree", public_id=opened.public_id))
        keep(response, GUARDIAN_COOKIE, code, DAY_S)
        keep(response, COOKIE, token, DAYS_60_S)
        return response
    again = opened.purpose == VISIT
    to = url_for("witness.visit" if again else "taught.page", public_id=opened.public_id)
    response = jsonify(to=to)
    if not again:
        keep(response, COOKIE, token, DAYS_60_S)
    return response


@pages.get("/t/<public_id>")
@reading_together
def page(public_id: str) -> Reply:
    """Show where this browser is with a teaching: its first screen, or the page to keep."""
    seen = held(public_id)
    if seen is None:
        return render_template("movement/taught/start.html")
    if seen.state == steps.BEGUN:
        witness = teaching.witness_here(public_id, this_browser())
        return render_template("movement/taught/year.html", seen=seen, form=Form(), may_witness=witness)
    return _kept(seen, Form())


@pages.post("/t/<public_id>/say")
def step(public_id: str) -> Reply:
    """The next screen, or the end of the first step. Nothing is stored before its last button."""
    seen, form = mine(public_id), Form()
    if seen.state != steps.BEGUN:
        return redirect(url_for("taught.page", public_id=public_id))
    year = _year(form)
    if year is None:
        witness = teaching.witness_here(public_id, this_browser())
        return render_template("movement/taught/year.html", seen=seen, form=form, may_witness=witness), form.status
    witnessed = bool(form["witnessed"])
    if is_child(year):
        kept = children.code_for(public_id, this_browser())
        if form["step"] != "child":
            page = render_template("movement/taught/child.html", seen=seen, year=year, witnessed=witnessed)
            return _keeping(make_response(page), public_id, kept)
        answer = _confirmed(seen, Confirmation(year), witnessed)
        if not witnessed:
            keep(answer, CHILDREN_COOKIE, "1", DAYS_60_S)
        return _keeping(answer, public_id, kept)
    wording = gettext(confirming.WITNESSED if witnessed else confirming.WORDS)
    if form["step"] == "year" or not _agreed(form):
        return render_template(
            "movement/taught/agree.html", seen=seen, form=form, year=year, wording=wording, witnessed=witnessed
        ), form.status
    said = Confirmation(year, form["name"], True, Wording(current(), wording))
    wrong = [] if witnessed else _wrong(seen, form)
    if not witnessed and (form["step"] == "agree" or (wrong and not form["asked"])):
        again = wrong if form["step"] == "questions" else None
        return render_template(
            "movement/taught/questions.html",
            seen=seen,
            form=form,
            year=year,
            asked=questions(seen.services),
            wrong=again,
        )
    return _confirmed(seen, said, witnessed)


def _keeping(response: Response, public_id: str, kept: str) -> Response:
    """Hands the words about a child to its own browser, for its own page; they are not kept here."""
    if kept:
        keep(response, CHILD_COOKIE, kept, DAYS_60_S, url_for("taught.page", public_id=public_id))
    return response


def _year(form: Form) -> int | None:
    try:
        year = form.number("year", "taught_year")
        if year is None:
            raise Rejected("birth_year", field="year")
        return clean_birth_year(year)
    except Rejected:
        form.refuse(Rejected("taught_year", field="year"))
        return None


def _agreed(form: Form) -> bool:
    """True when name and consent are there; a missing one is reported beside its field."""
    try:
        clean_own_name(form["name"])
    except Rejected as refusal:
        form.refuse(Rejected(refusal.code, field="name"))
    if not form.ticked("agreed"):
        form.refuse(Rejected("taught_consent", field="agreed"))
    return not form.errors


def _wrong(seen: Seen, form: Form) -> list[str]:
    """The services whose question was answered otherwise, or not at all: they are explained, nothing else follows."""
    return [key for key, one in questions(seen.services) if form[f"q_{key}"] != str(one.right)]


def _confirmed(seen: Seen, said: Confirmation, witnessed: bool) -> Response:
    confirming.confirm(seen.public_id, this_browser(), said, witnessed=witnessed)
    return make_response(redirect(url_for("taught.page", public_id=seen.public_id), 303))


@pages.post("/t/<public_id>/use")
def use(public_id: str) -> Reply:
    """The second step."""
    seen, form = mine(public_id), Form()
    if form.accepted(lambda: confirming.use(public_id, this_browser(), form["what"])):
        return redirect(url_for("taught.page", public_id=public_id), 303)
    return _kept(seen, form)


@pages.post("/t/<public_id>/number")
def number(public_id: str) -> Reply:
    """The person's own number, for the one call of the check."""
    seen, form = mine(public_id), Form()

    def leave() -> None:
        if not form.ticked("agreed"):
            raise Rejected("taught_consent", field="number_agreed")
        confirming.leave_number(public_id, this_browser(), form["phone"])

    if form.accepted(leave):
        return redirect(url_for("taught.page", public_id=public_id), 303)
    return _kept(seen, form)


@pages.post("/t/<public_id>/withdraw")
def withdraw(public_id: str) -> Reply:
    """Forget me, or the child I am the guardian of."""
    confirming.withdraw(public_id, this_browser())
    return render_template("movement/taught/forgotten.html")


def _kept(seen: Seen, form: Form) -> Reply:
    return render_template(
        "movement/taught/kept.html",
        seen=seen,
        form=form,
        sites=taught_in(seen.campaign),
        stage=stage_of(seen),
        things=things(seen.services),
        keep=teaching.keep_code(seen.public_id),
        checks=check_lists.asked_of(seen.id),
        did=dict(things(seen.services)).get(seen.used_what, ""),
        guardian=_guardian_code(seen),
        member=becoming.standing(seen, this_browser()),
        me=current_member(),
        signup=settings().signup == "open",
    ), form.status


def _guardian_code(seen: Seen) -> Any:
    """The QR code a child shows to a guardian, or None."""
    code = children.guardian_code(seen.public_id, this_browser()) if seen.child else ""
    return qr(outward("taught.start") + "#" + code) if code else None
