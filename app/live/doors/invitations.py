"""The doors of those who work in a show besides its host: MC, judges, and the audience. Opened from the console.

A link is signed and stands on what the host's own stands on: it ends with the host's session, account, role or grant.
"""

from __future__ import annotations

from typing import Any

import segno
from flask import current_app, redirect, render_template, request, url_for
from markupsafe import Markup

from app import language
from app.live.doors import staffed
from app.live.doors.triggering import ACTS
from app.services.shows import addresses, scripts, tickets
from quizzes.engine import HOST, JUDGE, MC
from quizzes.refusals import Rejected

INVITED = (MC, JUDGE)


def doors(ticket: str) -> Any:
    """Every door with its link and QR code; with POST one more judge or MC is invited."""
    show, made_in = staffed.staff_show(HOST, ticket)
    if request.method == "POST":
        role = request.form.get("role")
        if role not in INVITED:
            raise Rejected("bad_request")
        scripts.invite(show.show_id, role)
        return redirect(url_for("live.doors", ticket=ticket))
    base, secret = staffed.base_url(), current_app.config["SECRET_KEY"]
    links = addresses.of(show, base, secret, made_in)
    guests: list[dict[str, Any]] = []
    for seat, link in addresses.invited(show.show_id, base, secret, made_in):
        number = 1 + sum(one["role"] == seat.role for one in guests)
        guests.append({"role": seat.role, "number": number, "link": link, "qr": qr_of(link)})
    watch = f"{links.join}&watch=1" if links.pin else ""
    return render_template(
        "live/doors.html",
        title=language.say(show.title),
        console=links.staff[HOST],
        console_qr=qr_of(links.staff[HOST]),
        guests=guests,
        watch=watch,
        ticket=ticket,
        watch_qr=qr_of(watch) if watch else "",
        trigger=f"{base}/live/trigger/next",
        acts=list(ACTS),
        token=tickets.issue_trigger(secret, tickets.read(secret, ticket)),
    )


def qr_of(address: str) -> Markup:
    """Drawn into the page: a signed link is asked of nobody else."""
    drawn = segno.make(address, error="m").svg_inline(border=2, omitsize=True, dark="#071b4a", light="#ffffff")
    return Markup(drawn)  # noqa: S704 - segno's own drawing of modules, no text of anybody


def mc(ticket: str) -> Any:
    """Serves the MC's page: the stage's picture, the answer and the script."""
    return staffed.staff_page(MC, ticket)


def judge(ticket: str) -> Any:
    """A judge's phone: the question with its answer, right and wrong, and the sheet of criteria."""
    return staffed.staff_page(JUDGE, ticket)
