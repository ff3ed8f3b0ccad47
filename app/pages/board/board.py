"""The board of a chapter for its organisers, and the one button everybody has: to vote."""

from __future__ import annotations

import secrets
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug import Response

from app import security
from app.pages.parts.asked import chapter_at
from app.pages.parts.forms import Form, safe_next
from app.pages.parts.frame import today
from app.pages.parts.poster import picture_of
from app.pages.parts.qr import outward, qr
from app.security import headers, limits, sessions, signed_in
from app.services.board import boards
from quizzes.refusals import Rejected

pages = Blueprint("board", __name__)

COOKIE = "vote"
YEAR_S = 365 * 24 * 3600
"""How long the browser's own number is kept in its cookie, seconds."""
WEEK = timedelta(days=7)


def voter() -> str | None:
    """The voter: the account, else the browser, as a keyed digest; None for a browser that has not voted yet."""
    member = security.current_member()
    if member is not None:
        return sessions.keyed(f"vote member {member.id}")
    known = request.cookies.get(COOKIE, "")
    return sessions.keyed(f"vote browser {known}") if known else None


@pages.route("/chapters/<int:chapter_id>/board", methods=["GET", "POST"])
def index(chapter_id: int) -> str | Response | tuple[str, int]:
    """Serves a chapter's board, and two forms to put up more."""
    one, me = chapter_at(chapter_id), signed_in()
    if not me.may("organiser", one.path):
        raise Rejected("forbidden")
    form = Form(until=(today() + WEEK).isoformat())
    asks = request.form.get("what") == "poll"

    def put_up() -> None:
        until = _end_of(form.day("until"))
        if asks:
            boards.ask(me.id, chapter_id, form["question"], form["options"].splitlines(), until)
        else:
            boards.announce(me.id, chapter_id, form["title"], form["text"], until)

    if form.accepted(put_up):
        flash(_("Đã đăng. Mọi người trong cơ sở thấy ở trang đầu và trang của cơ sở."), "good")
        return redirect(url_for("board.index", chapter_id=chapter_id))
    told, polls = boards.announcements([chapter_id]), boards.polls([chapter_id], voter())
    return render_template("board/index.html", chapter=one, form=form, asks=asks, told=told, polls=polls), form.status


def _end_of(day: date | None) -> int:
    """The end of a day where the people are, microseconds."""
    if day is None:
        raise Rejected("bad_dates", field="until")
    zone = ZoneInfo(current_app.config["SETTINGS"].time_zone)
    return int(datetime.combine(day + timedelta(days=1), time(), zone).timestamp()) * 1_000_000


@pages.get("/announcements/<int:number>")
def one(number: int) -> str:
    """One announcement to read, to print, and to pass on as text or picture."""
    address = outward("board.one", number=number)
    return render_template("board/one.html", one=boards.announcement(number), address=address, code=qr(address))


@pages.get("/announcements/<int:number>/picture.png")
def picture(number: int) -> Any:
    """The picture for fanpages and Zalo."""
    found, address = boards.announcement(number), outward("board.one", number=number)
    return picture_of(found.chapter, found.title, found.text, address, _("Quét mã để đọc cả bài"))


@pages.post("/board/down")
def take_down() -> Response:
    """Take something off."""
    kind, number = request.form.get("kind", ""), request.form.get("number", "")
    chapter_id = boards.take_down(signed_in().id, kind, number)
    flash(_("Đã gỡ khỏi bảng tin."), "good")
    return redirect(url_for("board.index", chapter_id=chapter_id))


@pages.post("/polls/<public_id>/vote")
def vote(public_id: str) -> Any:
    """One vote of an account or a browser; the first one stays."""
    choice, who, fresh = request.form.get("choice", -1, type=int), voter(), secrets.token_urlsafe(24)
    if security.current_member() is None:  # a browser is as many voters as it forgets cookies
        wait = limits.rates().spend(limits.VOTES, "vote", public_id[:64], security.address())
        if wait:
            limits.refuse(wait)
    counted = boards.vote(public_id, who or sessions.keyed(f"vote browser {fresh}"), choice)
    flash(_("Đã ghi nhận ý kiến của bạn.") if counted else _("Bạn đã cho ý kiến rồi."), "good" if counted else "warn")
    response = redirect(safe_next(request.form.get("back"), url_for("home.index")))
    if who is None:
        secure = headers.is_secure(headers.settings())
        response.set_cookie(COOKIE, fresh, max_age=YEAR_S, samesite="Lax", secure=secure, httponly=True)
    return response
