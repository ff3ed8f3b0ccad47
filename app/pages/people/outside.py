"""Signing in through another provider: linked from inside a session, after the password; then it is a way in."""

from __future__ import annotations

import time

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext
from werkzeug import Response

from app import security
from app.pages.parts.forms import Form, safe_next
from app.pages.parts.qr import outward
from app.pages.parts.reply import Reply
from app.security import signed_in
from app.security.guesses import guessing
from app.services.people import identities, logins
from app.services.people.outside import Asked, kept, provider
from quizzes.refusals import Rejected

pages = Blueprint("outside", __name__)

KEY = "outside"
LIVES_S = 600  # how long a sign-in elsewhere may take


@pages.route("/me/outside", methods=["GET", "POST"])
def index() -> Reply:
    """Serves the linked identities; a link asks for the password, for it opens the account for long.

    A form may lead nowhere but to us, so the way to the provider is a link on the next page.
    """
    me, form = signed_in(), Form()
    onward: list[str] = []

    def begin() -> None:
        _need_provider()
        with guessing(me.id):
            logins.check_password(me.id, form.secret("password"))
        onward.append(_ask(me.id, ""))

    form.accepted(begin)
    return render_template(
        "people/outside/index.html",
        form=form,
        provider=provider,
        held=identities.identities(me.id),
        onward=onward[0] if onward else "",
    ), form.status


@pages.post("/me/outside/<int:number>/remove")
def remove(number: int) -> Response:
    """It opens the account no more."""
    identities.remove(signed_in().id, number)
    flash(gettext("Đã bỏ."), "good")
    return redirect(url_for("outside.index"))


@pages.get("/sign-in/outside")
def begin() -> Response:
    """Off to the provider, to sign in."""
    _need_provider()
    return redirect(_ask(0, safe_next(request.args.get("next"), "")))


@pages.get("/outside/back")
def back() -> Response:
    """The provider sends the browser back, once."""
    asked = session.pop(KEY, None)
    _need_provider()
    if not isinstance(asked, dict) or time.time() - asked.get("at", 0) > LIVES_S:
        raise Rejected("outside_refused")
    member_id, onward = int(asked["member"]), str(asked["next"])
    if member_id and signed_in().id != member_id:
        raise Rejected("outside_refused")
    state = Asked(asked["state"], asked["nonce"], asked["verifier"])
    who = provider.finish(state, request.args.to_dict(), outward("outside.back"))
    if member_id:
        identities.link(member_id, who)
        flash(gettext("Đã gắn. Lần sau bạn đăng nhập được bằng cách này."), "good")
        return redirect(url_for("outside.index"))
    security.sign_in(identities.owner(who))
    return redirect(onward or url_for("home.index"))


def _ask(member_id: int, onward: str) -> str:
    address, asked = provider.begin(outward("outside.back"))
    session[KEY] = {**kept(asked), "member": member_id, "next": onward, "at": int(time.time())}
    return address


def _need_provider() -> None:
    if not provider.open:
        raise Rejected("not_found")
