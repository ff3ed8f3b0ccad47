"""Checking in: the organiser's screen and phone, the member's scan, and the attendance of a year."""

from __future__ import annotations

import secrets
from itertools import chain
from typing import Any

from flask import Blueprint, current_app, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug import Response

from app.pages.activities.activities import over, zone
from app.pages.parts.asked import chapter_at
from app.pages.parts.files import table, workbook
from app.pages.parts.frame import today
from app.pages.parts.qr import outward, qr
from app.security import headers, sessions, signed_in
from app.services.activities import attending, planning, rates
from app.services.files.containers import Page
from quizzes.activities.rates import NOTICE
from quizzes.refusals import Rejected

pages = Blueprint("attending", __name__)

COOKIE = "came"
LIVES_S = 24 * 3600  # how long a browser keeps its scans


@pages.get("/activities/<public_id>/screen")
def screen(public_id: str) -> str:
    """The code for the hall; another one every few seconds."""
    return render_template("activities/screen.html", one=over(public_id))


@pages.get("/activities/<public_id>/screen/code")
def screen_code(public_id: str) -> Any:
    """The code of this moment as a picture, when the next one comes, and how many are here."""
    one = over(public_id)
    code, left = attending.shown(public_id)
    address = outward("attending.scan", public_id=public_id, code=code)
    answer = jsonify(qr=str(qr(address)), address=address, next_ms=left // 1000, here=attending.how_many(one.id))
    answer.headers["Cache-Control"] = "no-store"
    return answer


@pages.get("/c/<public_id>/<code>")
def scan(public_id: str, code: str) -> Response:
    """Opens the link of a scanned code: the code is good now or never; its person may sign in after that."""
    device = _device() or secrets.token_urlsafe(18)
    ticket = attending.scan(public_id, code, sessions.keyed(device))
    response = redirect(url_for("attending.come", public_id=public_id))
    response.headers["Cache-Control"] = "no-store"
    secure = headers.is_secure(headers.settings())
    response.set_cookie(
        COOKIE, f"{device}|{public_id}|{ticket}", max_age=LIVES_S, samesite="Lax", secure=secure, httponly=True
    )
    return response


def _device() -> str:
    """The name of this browser among those that scan; kept from scan to scan of a day."""
    device = request.cookies.get(COOKIE, "").partition("|")[0]
    return device if 16 <= len(device) <= 40 else ""


@pages.route("/activities/<public_id>/here", methods=["GET", "POST"])
def come(public_id: str) -> str | Response:
    """The member says: I am here."""
    one, me = planning.activity(public_id), signed_in()
    scanned = _scanned(public_id)
    if request.method == "POST":
        new = attending.check_in(me.id, public_id, scanned, sessions.keyed(_device()))
        flash(_("Đã điểm danh.") if new else _("Bạn đã được điểm danh từ trước."), "good")
        return redirect(url_for("activities.show", public_id=public_id))
    here = attending.is_here(one.id, me.id)
    return render_template("activities/here.html", one=one, here=here, ready=bool(scanned))


def _scanned(public_id: str) -> str:
    """The scan of this activity that this browser keeps."""
    parts = request.cookies.get(COOKIE, "").split("|")
    return parts[2] if len(parts) == 3 and parts[1] == public_id else ""


@pages.get("/activities/<public_id>/door")
def door(public_id: str) -> str:
    """The organiser's phone: everybody's name to tick, also while there is no network."""
    one = over(public_id)
    people = attending.expected(one.id, one.path)
    return render_template("activities/door.html", one=one, people=people, secure=headers.is_secure(headers.settings()))


@pages.post("/activities/<public_id>/door/lines")
def noted(public_id: str) -> Any:
    """Lines of an organiser's phone; those that are settled are told, so that it forgets them."""
    sent = request.get_json(silent=True)
    lines = sent.get("lines") if isinstance(sent, dict) else None
    if not isinstance(sent, dict) or not isinstance(lines, list) or not all(_is_line(one) for one in lines):
        raise Rejected("bad_request")
    said = [(one["key"], one["member"]) for one in lines]
    settled = attending.note(signed_in().id, public_id, said, bool(sent.get("later")))
    return jsonify(settled=settled)


def _is_line(one: Any) -> bool:
    if not isinstance(one, dict) or not isinstance(one.get("key"), str):
        return False
    number = one.get("member")
    return isinstance(number, int) and not isinstance(number, bool) and 0 < number < 2**53


@pages.get("/me/attendance")
def mine() -> str:
    """The own year, and what is done with it."""
    year = _year()
    found = rates.mine(signed_in().id, year, str(zone()))
    return render_template("activities/mine.html", year=year, of=found, notice=NOTICE, this_year=today().year)


@pages.get("/chapters/<int:chapter_id>/attendance.<form>")
def export(chapter_id: int, form: str) -> Any:
    """Everybody's year, for the yearly rating; a file and no page."""
    if form not in ("csv", "xlsx"):
        raise Rejected("not_found")
    chapter, year = chapter_at(chapter_id), _year()
    lines = rates.taken(signed_in().id, chapter_id, year, current_app.config["SETTINGS"].time_zone)
    head = [_("Mã"), _("Họ và tên"), _("Cơ sở"), _("Đã dự"), _("Được tính"), _("Tỉ lệ (phần trăm)")]
    if form == "csv":
        return table(chain([head], map(_row, lines)), f"du-hoat-dong-{chapter.id}-{year}.csv")
    sheets = [
        Page(str(year), [head, *map(_row, lines)], widths=[18, 30, 30, 10, 12, 18]),
        Page(_("Về bảng này"), [[_("Về bảng này")], [_(NOTICE)]], widths=[110]),
    ]
    return workbook(sheets, f"du-hoat-dong-{chapter.id}-{year}.xlsx")


def _row(one: rates.Line) -> tuple[str | int, ...]:
    percent = "" if one.of.percent is None else one.of.percent
    return one.code, one.name, one.chapter, one.of.attended, one.of.held, percent


def _year() -> int:
    year = request.args.get("year", type=int) or today().year
    if not 2000 <= year <= today().year:
        raise Rejected("bad_dates", field="year")
    return year
