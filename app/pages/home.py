"""The first page, the language switch and the notice about personal data."""

from __future__ import annotations

from typing import Any, cast

from flask import Blueprint, Flask, make_response, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.exceptions import NotFound

from app import security
from app.language import COOKIE, LANGUAGES
from app.pages.parts import frame
from app.pages.parts.forms import safe_next
from app.pages.parts.mine import on_front, on_me
from app.security import access, headers
from app.services.people.consent import PURPOSES

pages = Blueprint("home", __name__)
pages.record_once(lambda state: frame.install(cast(Flask, state.app)))

YEAR_S = 365 * 24 * 3600
"""How long the chosen language is kept in its cookie, seconds."""


@pages.get("/")
def index() -> str:
    """A PIN to type in; for a member what is theirs and what comes next; the ways on."""
    member = security.current_member()
    mine = on_me(member) if member else on_front()
    return render_template(
        "home/index.html",
        signup=headers.settings().signup,
        mine=mine,
        steps=[panel.next for panel in mine if panel.next],
        hosts=member is None or access.open_to("scripts.compose", member),
    )


@pages.get("/language/<code>")
def language(code: str) -> Any:
    """Remember the language and go back."""
    if code not in LANGUAGES:
        raise NotFound
    response = make_response(redirect(safe_next(request.args.get("next"), url_for("home.index"))))
    secure = headers.is_secure(headers.settings())
    response.set_cookie(COOKIE, code, max_age=YEAR_S, samesite="Lax", secure=secure, httponly=True)
    return response


@pages.get("/privacy")
def privacy() -> str:
    """Serves the privacy page: data stored, purposes, times, and people's rights."""
    purposes = [(gettext(title), gettext(words)) for title, words in PURPOSES.values()]
    return render_template("home/privacy.html", purposes=purposes)
