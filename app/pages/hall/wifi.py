"""Tests whether this Wi-Fi lets phones see the server: phones measure, the organiser sees how many and how fast."""

from __future__ import annotations

import segno
from flask import Blueprint, Response, current_app, render_template, request, url_for
from markupsafe import Markup

from app import security
from app.pages.hall.seen import phones

pages = Blueprint("wifi", __name__)

GOOD_MS = 150
"""A way there and back that nobody notices at a buzzer."""
SHOWN = 100  # phones listed


@pages.get("/hall")
def desk() -> str:
    """For who prepares a hall: the code to scan, how many phones came through, how fast, which may still leave."""
    here = phones().here()
    middles = sorted(one.middle or 0 for _, one in here)
    address = current_app.config["SETTINGS"].base_url.rstrip("/") + url_for("wifi.phone")
    drawn = segno.make(address, error="m").svg_inline(border=2, omitsize=True, dark="#071b4a", light="#ffffff")
    return render_template(
        "hall/desk.html",
        address=address,
        qr=Markup(drawn),  # noqa: S704 - segno's own drawing of modules
        here=[(address, one.middle, one.stays) for address, one in here[:SHOWN]],
        count=len(here),
        middle=middles[len(middles) // 2] if middles else None,
        slow=sum(one > GOOD_MS for one in middles),
        leaving=sum(not one.stays for _, one in here),
    )


@pages.get("/hall/phone")
def phone() -> str:
    """Serves the page that a phone opens: it measures by itself and reports the result."""
    return render_template("hall/phone.html", good=GOOD_MS)


@pages.get("/hall/ping")
def ping() -> Response:
    """Nothing, quickly. `ms` is how long the last one took this phone."""
    said = request.args.get("ms", "")
    phones().measured(security.address(), int(said) if said.isdecimal() and len(said) < 7 else None)
    return Response(status=204, headers={"Cache-Control": "no-store"})
