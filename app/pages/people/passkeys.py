"""Passkeys: added inside a session, and used to sign in. The browser speaks JSON with these pages."""

from __future__ import annotations

import base64
import re

from flask import Blueprint, Response, flash, jsonify, redirect, render_template, request, session, url_for
from flask_babel import gettext
from werkzeug import Response as Plain

from app import security
from app.pages.parts.forms import safe_next
from app.security import headers, limits, signed_in
from app.security.guesses import guessing
from app.security.sessions import device_name
from app.services.people import logins, passkeys
from app.services.people.passkeys import Address
from quizzes.refusals import Rejected

pages = Blueprint("passkeys", __name__)

CHALLENGE = "challenge"


@pages.get("/me/passkeys")
def index() -> str:
    """The keys of this account."""
    return render_template("people/passkeys/index.html", keys=passkeys.keys(signed_in().id), possible=possible())


@pages.post("/me/passkeys/begin")
def begin() -> Plain:
    """Gives the browser the options it needs to make a key; asks for the password, because a key opens the account for
    long."""
    me, address = signed_in(), _address()
    if headers.overheard(headers.settings()):
        raise Rejected("overheard")
    with guessing(me.id):
        logins.check_password(me.id, str(_sent().get("password", "")))
    return _ask(*passkeys.to_add(me.id, address))


@pages.post("/me/passkeys")
def add() -> Response:
    """Keep the key."""
    name = device_name(request.headers.get("User-Agent", ""))
    passkeys.add(signed_in().id, _sent(), _challenge(), _address(), name)
    flash(gettext("Đã thêm khóa đăng nhập."), "good")
    return jsonify(to=url_for("passkeys.index"))


@pages.post("/me/passkeys/<int:number>/remove")
def remove(number: int) -> Plain:
    """This key opens the account no more."""
    passkeys.remove(signed_in().id, number)
    flash(gettext("Đã bỏ khóa đăng nhập."), "good")
    return redirect(url_for("passkeys.index"))


@pages.post("/sign-in/passkey/begin")
def find() -> Plain:
    """Gives the browser the options it needs to find a key: the same for everybody."""
    return _ask(*passkeys.to_sign_in(_address()))


@pages.post("/sign-in/passkey")
def use() -> Response:
    """Sign in by a key."""
    onward = safe_next(request.args.get("next"), url_for("home.index"))
    try:
        member_id = passkeys.owner(_sent(), _challenge(), _address())
    except Rejected:
        wait = limits.rates().spend(limits.WRONG_SLIP, "key", security.address())
        if wait:
            limits.refuse(wait)
        raise
    security.sign_in(member_id)
    return jsonify(to=onward)


def possible() -> bool:
    """True when browsers allow keys here: over TLS at a name, or on this machine itself."""
    host = _host()
    return host == "localhost" or (request.is_secure and not re.fullmatch(r"[\d.]+|.*:.*", host))


def _host() -> str:
    return re.sub(r":\d+$", "", request.host.lower())


def _address() -> Address:
    if not possible():
        raise Rejected("not_now")
    return Address(_host(), request.host_url.rstrip("/"))


def _ask(options: str, challenge: bytes) -> Plain:
    session[CHALLENGE] = base64.b64encode(challenge).decode()
    return Plain(options, mimetype="application/json")


def _challenge() -> bytes:
    kept = session.pop(CHALLENGE, "")
    if not kept:
        raise Rejected("key_refused")
    return base64.b64decode(kept)


def _sent() -> dict[str, object]:
    found = request.get_json(silent=True)
    if not isinstance(found, dict):
        raise Rejected("bad_request")
    return found
