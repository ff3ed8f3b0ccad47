"""The doors of a show: joining and the three screens; the HTTP fallback is beside.

`/live/*` takes no rights from cookies when a ticket is given. Nothing of a show is ever cached.
"""

from __future__ import annotations

import io
from typing import Any

import segno
from flask import Blueprint, Response, current_app, jsonify, redirect, render_template, request, url_for
from flask_babel import force_locale, gettext

from app import language, security
from app.live import protocol
from app.live.doors import fallback, invitations, pictures, refusals, renewing, triggering
from app.live.doors.staffed import base_url, page, staff_page
from app.live.protocol import Join
from app.live.seats.joining import Joining
from app.live.transport.bodies import json_of
from app.security import limits
from app.services.shows import addresses, listing, seat_claims, seats, shows
from app.services.shows.tickets import Ticket
from quizzes import show as rules
from quizzes.engine import AUDIENCE, PLAYER
from quizzes.refusals import Rejected
from quizzes.text import clean_name

pages = Blueprint("live", __name__)

DEVICE_LEAST = 16
"""Characters of a device's own number."""


@pages.after_request
def never_cached(response: Response) -> Response:
    """Screens and answers of a show are for one person and one moment."""
    response.headers["Cache-Control"] = "no-store"
    response.vary.add("Cookie")
    return response


@pages.get("/play")
def play() -> Any:
    """The PIN form, or straight to the name when the PIN is given."""
    return _join_page(request.args.get("pin", ""))


@pages.get("/p/<pin>")
def by_pin(pin: str) -> Any:
    """Opens the show whose PIN the QR on the stage carries."""
    return _join_page(pin)


def _join_page(pin: str) -> Any:
    member, key = security.current_member(), request.args.get("k", "")[:40]
    return render_template(
        "live/join.html",
        pin=pin[:12],
        key=key,
        watch="1" if request.args.get("watch") == "1" else "",
        named=language.say(addresses.title_behind(pin, key, current_app.config["SECRET_KEY"])),
        show="",
        title=gettext("Vào phòng"),
        types=[],
        links={"join": "/play"},
        play=url_for("live.player", public_id="SHOW"),
        member=member.public_name if member else None,
        sign_in="" if member else url_for("accounts.sign_in", next=request.path),
    )


@pages.get("/play/<public_id>")
def player(public_id: str) -> Any:
    """A phone's screen; its ticket lies in the browser."""
    show = listing.by_public_id(public_id)
    join = addresses.path_in(show.pin, current_app.config["SECRET_KEY"]) if show.pin else "/"
    return page("player", show, {"join": join, "results": f"/results/{public_id}", "rules": f"/rules/{public_id}"})


@pages.get("/stage/<ticket>")
def stage(ticket: str) -> Any:
    """The projector's screen. It speaks the language of its link, whatever browser the projector has."""
    lang = request.args.get("lang")
    spoken = lang if lang in language.LANGUAGES else current_app.config["SETTINGS"].lang
    with force_locale(language.FORMATS[spoken]):
        return staff_page("stage", ticket)


@pages.get("/host/<ticket>")
def host(ticket: str) -> Any:
    """The host's console."""
    return staff_page("host", ticket)


@pages.get("/qr/<public_id>.svg")
def qr(public_id: str) -> Response:
    """The QR code that leads into the show's room, or with `to=results` to its results."""
    show = listing.by_public_id(public_id)
    way = addresses.path_in(show.pin, current_app.config["SECRET_KEY"]) if show.pin else ""
    if request.args.get("to") == "results":
        way = f"/results/{public_id}"
    code = segno.make(base_url() + way, error="m")
    drawn = io.BytesIO()
    code.save(drawn, kind="svg", border=2, omitsize=True, dark="#071b4a", light="#ffffff")
    return Response(drawn.getvalue(), mimetype="image/svg+xml")


# --- /live: programs and phones --------------------------------------------------------------------


@pages.post("/live/join")
def join() -> Any:
    """Take a seat: 201 for a new one, 200 for the same device. See the protocol."""
    lang = "vi"
    try:
        message = protocol.read(Join, json_of(request.environ))
        lang = message.lang if message.lang in language.LANGUAGES else language.chosen()
        line, public_id, ticket, is_new = _take(message, lang)
    except Rejected as refusal:
        return refusals.reply(refusal, lang)
    said = {
        "ticket": renewing.signed(ticket),
        "show": public_id,
        "seat": line.number,
        "code": line.code,
        "lang": line.lang,
        "name": line.name,
    }
    return jsonify(said), 201 if is_new else 200


def _take(message: Join, lang: str) -> tuple[seats.SeatLine, str, Ticket, bool]:
    if not message.pin:
        return *renewing.again(message), False
    show = _show_of(message)
    if not DEVICE_LEAST <= len(message.device) <= 200:
        raise Rejected("bad_request")
    code = _code_to_try(message, show.show_id)
    replica = shows.replica(show.show_id)
    member = security.current_member()
    who = seats.Newcomer(
        name=member.public_name if member else clean_name(message.name),
        device=message.device,
        lang=lang,
        code=code,
        member_id=member.id if member else None,
        chapter_id=member.chapter_id if member else None,
        source=seats.source_of(security.address(), show.show_id, current_app.config["SECRET_KEY"]),
        another=message.another,
        role=AUDIENCE if message.watch else PLAYER,
    )
    line, is_new = _seat(show.show_id, who, replica.state.locked, message.ask_host)
    current_app.extensions["live"].roster.learn(line)
    if code and not is_new:
        _joining().code_was_right(show.show_id, security.address(), code)
    if rules.is_kicked(replica.state, line.number):
        raise Rejected("kicked")
    return line, show.public_id, renewing.ticket_for(line, member), is_new


def _joining() -> Joining:
    joining: Joining = current_app.extensions["live"].joining
    return joining


def _show_of(message: Join) -> listing.Listed:
    """The show somebody wants to join: by the QR's key at once, by a typed PIN like everybody who may be guessing."""
    pin = "".join(message.pin.split())
    if message.key and addresses.is_key(message.key, pin, current_app.config["SECRET_KEY"]):
        return _joining().show_scanned(pin)
    try:
        return _joining().show_of(pin, security.address())
    except Rejected as refusal:
        if refusal.code == "slow_down":
            current_app.extensions["live"].pace.hold()
        elif wait := limits.wrong_pin():
            current_app.extensions["live"].pace.hold()
            limits.refuse(wait)
        raise


def _code_to_try(message: Join, show_id: int) -> str | None:
    """The seat code given. After too many from one address it is refused without a look. A person who asks the host for
    a seat has no code that works."""
    if not message.code or message.ask_host:
        return None
    if wait := limits.seat_code(show_id):
        current_app.extensions["live"].pace.hold()
        limits.refuse(wait)
    _joining().try_code(show_id, security.address(), message.code)
    return message.code


def _seat(show_id: int, who: seats.Newcomer, locked: bool, ask_host: bool) -> tuple[seats.SeatLine, bool]:
    """A seat, or the host is asked for the one that bears this name already; a member has the own one or none."""
    try:
        return _joining().take(show_id, who, locked=locked)
    except Rejected as refusal:
        if not ask_host or who.member_id is not None or refusal.code not in ("name_taken", "room_locked"):
            raise
    _joining().stand_in_line()
    raise Rejected("asked_host", number=seat_claims.ask(show_id, who.name, who.device, who.source))


pages.add_url_rule("/doors/<ticket>", view_func=invitations.doors, methods=["GET", "POST"])
pages.add_url_rule("/mc/<ticket>", view_func=invitations.mc)
pages.add_url_rule("/judge/<ticket>", view_func=invitations.judge)
pages.add_url_rule("/live/screen", view_func=fallback.screen)
pages.add_url_rule("/live/answer", view_func=fallback.answer, methods=["POST"])
pages.add_url_rule("/live/trigger/<act>", view_func=triggering.trigger, methods=["POST"])
pages.add_url_rule("/live/follow", view_func=renewing.follow, methods=["POST"])
pages.add_url_rule("/live/renew", view_func=renewing.renew, methods=["POST"])
pages.add_url_rule("/media/<name>", view_func=pictures.picture)


@pages.get("/join")
def short() -> Any:
    """Opens the short address that people type from memory."""
    return redirect(url_for("live.play"))
