"""Finds the person who asks: a token in the signed cookie, a row on the server. Signing out removes the row."""

from __future__ import annotations

import hmac
import re
from typing import Any

from flask import Flask, Response, g, request, session

from app.config import Settings
from app.security.headers import address, is_secure, settings
from app.services.people import sign_ins
from app.services.people.consent import Proof
from app.services.people.sign_ins import CurrentMember
from app.services.tokens import digest, new_code
from quizzes.refusals import Rejected

TOKEN = "sign_in"  # noqa: S105  the name of the cookie's field
KNOWN, BROWSER = "known", "browser"
MOST_KNOWN = 6  # members a browser is remembered for
DAYS_31_S = 31 * 24 * 3600
"""How long the session's cookie is kept, seconds: a day longer than any sign-in lives."""


def current_member() -> CurrentMember | None:
    """The person whose living session this request carries, read once a request."""
    if "member" not in g:
        token = session.get(TOKEN)
        g.member = sign_ins.who(token) if isinstance(token, str) else None
    found: CurrentMember | None = g.member
    return found


def member_from_environ(app: Flask, environ: dict[str, Any]) -> CurrentMember | None:
    """The same for a handshake that never becomes a Flask request."""
    cookie = app.session_interface.open_session(app, app.request_class(environ))
    token = cookie.get(TOKEN) if cookie is not None else None
    return sign_ins.who(token) if isinstance(token, str) else None


def sign_in(member_id: int) -> None:
    """Begin a session for this member: a new token, nothing kept of the visitor's former cookie."""
    former, known, number = session.get(TOKEN), list(session.get(KNOWN, [])), session.get(BROWSER)
    if isinstance(former, str):
        sign_ins.end(former)
    session.clear()
    session.permanent = True
    session[TOKEN] = sign_ins.begin(member_id, device_name(request.headers.get("User-Agent", "")))
    session[KNOWN] = [_mark(member_id), *(one for one in known if one != _mark(member_id))][:MOST_KNOWN]
    session[BROWSER] = number or new_code()
    g.pop("member", None)


def sign_out() -> None:
    """End the session on the server and in this browser."""
    token, known, number = session.get(TOKEN), session.get(KNOWN, []), session.get(BROWSER)
    if isinstance(token, str):
        sign_ins.end(token)
    session.clear()
    session.permanent = True
    session[KNOWN], session[BROWSER] = known, number
    g.member = None


def own_browser(member_id: int | None) -> str | None:
    """The name of this browser, if it has signed in as this member before: strangers' mistakes do not slow it down."""
    known = member_id is not None and _mark(member_id) in session.get(KNOWN, [])
    return str(session.get(BROWSER) or "browser") if known else None


def device_key() -> str | None:
    """The key that tells this browser from others behind the same address, if it has shown our form before."""
    token = session.get(TOKEN) or session.get("csrf_token")
    return digest(token)[:32] if isinstance(token, str) else None


def signed_in() -> CurrentMember:
    """The member who is asking; raises `Rejected("sign_in_first")` for a browser that is not signed in."""
    member = current_member()
    if member is None:
        raise Rejected("sign_in_first")
    return member


def proof(channel: str = "self") -> Proof:
    """The origin of this request, as digests only we could compare with."""
    return Proof(keyed(address()), keyed(request.headers.get("User-Agent", "")), channel)


def device_name(agent: str) -> str:
    """`Chrome, Android`: enough for people to know their own devices again."""
    browsers = (
        ("Edg", "Edge"),
        ("OPR", "Opera"),
        ("coc_coc", "Cốc Cốc"),
        ("Firefox", "Firefox"),
        ("Zalo", "Zalo"),
        ("Chrome", "Chrome"),
        ("Safari", "Safari"),
    )
    systems = (
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    )
    parts = [next((name for word, name in table if word in agent), "") for table in (browsers, systems)]
    return ", ".join(part for part in parts if part) or re.sub(r"[^ -~]", "", agent)[:40]


def _mark(member_id: int) -> str:
    return keyed(f"known {member_id}")[:16]


def keyed(text: str) -> str:
    """A digest that only this site can make."""
    return hmac.new(settings().secret_key.encode(), text.encode(), "sha256").hexdigest()


def install(app: Flask) -> None:
    """Safe cookies, and a new token after a change of roles."""
    of: Settings = app.config["SETTINGS"]
    secure = is_secure(of)
    app.config.update(
        SESSION_COOKIE_NAME="__Host-scs" if secure else "scs",
        SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_REFRESH_EACH_REQUEST=False,
        PERMANENT_SESSION_LIFETIME=DAYS_31_S,
    )
    app.context_processor(lambda: {"me": current_member()})

    @app.after_request
    def keep_up(response: Response) -> Response:
        member: CurrentMember | None = g.get("member")
        if member is not None and member.renew:
            session[TOKEN] = sign_ins.renew(session[TOKEN])
        elif member is not None and member.stale:
            sign_ins.note_seen(member.sign_in)
        return response
