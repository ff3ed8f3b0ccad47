"""Passkeys: added inside a session, and used to sign in. The browser speaks JSON with these pages."""

from __future__ import annotations

import base64
import re
import time

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
ANYBODY = 0
"""The owner of a challenge while it is not known who signs in."""
LIVES_S = 600  # how long making or finding a key may take


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
    return _ask(me.id, *passkeys.to_add(me.id, address))


@pages.post("/me/passkeys")
def add() -> Response:
    """Keep the key."""
    name = device_name(request.headers.get("User-Agent", ""))
    me = signed_in()
    passkeys.add(me.id, _sent(), _challenge(me.id), _address(), name)
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
    return _ask(ANYBODY, *passkeys.to_sign_in(_address()))


@pages.post("/sign-in/passkey")
def use() -> Response:
    """Sign in by a key."""
    onward = safe_next(request.args.get("next"), url_for("home.index"))
    try:
        member_id = passkeys.owner(_sent(), _challenge(ANYBODY), _address())
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


def _ask(whose: int, options: str, challenge: bytes) -> Plain:
    """Keep the challenge with the one purpose it was asked for: to add a key was allowed by the password alone."""
    kept = base64.b64encode(challenge).decode()
    session[CHALLENGE] = {"is": kept, "whose": whose, "at": int(time.time())}
    return Plain(options, mimetype="application/json")


def _challenge(whose: int) -> bytes:
    kept = session.pop(CHALLENGE, None)
    if not isinstance(kept, dict) or kept["whose"] != whose or time.time() - kept["at"] > LIVES_S:
        raise Rejected("key_refused")
    return base64.b64decode(kept["is"])


def _sent() -> dict[str, object]:
    found = request.get_json(silent=True)
    if not isinstance(found, dict):
        raise Rejected("bad_request")
    return found
