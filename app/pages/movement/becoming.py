"""A taught person who became a member, on the page they kept."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, url_for

from app.pages.movement.browser import mine, this_browser
from app.pages.movement.taught import private
from app.services.movement import becoming

pages = Blueprint("becoming", __name__)
pages.after_request(private)


@pages.post("/t/<public_id>/member")
def become(public_id: str) -> Response:
    """Say that the one who was taught here is the member signed in in this browser."""
    mine(public_id)
    becoming.become(public_id, this_browser())
    return redirect(url_for("taught.page", public_id=public_id), 303)  # type: ignore[return-value]
