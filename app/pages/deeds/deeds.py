"""A member notes deeds in the field: quick entry, what waits on the phone, the own list, pictures, the 1+1 code."""

from __future__ import annotations

import re
import secrets
from datetime import date
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, current_app, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext

from app.errors import sentence, wants_json
from app.pages.parts.forms import Form
from app.pages.parts.frame import today
from app.pages.parts.qr import outward, qr
from app.pages.parts.reply import Reply
from app.security import signed_in
from app.services.banks import media
from app.services.deeds import kinds, looking, noting, partners, photos
from app.services.points import reading
from app.services.teams import leading
from quizzes.deeds.entries import Entry
from quizzes.deeds.kinds import countable, of_counted
from quizzes.ledger.sources import HELP
from quizzes.refusals import Rejected

pages = Blueprint("deeds", __name__)

NOT_TEXT = re.compile("[\x00\ud800-\udfff]").search
"""Finds what no database stores: NUL, half an emoji."""


@pages.route("/deeds", methods=["GET", "POST"])
def index() -> Reply:
    """The form, what waits on this phone, and what was noted before."""
    me = signed_in()
    offered = kinds.kinds(me.path)
    form = Form(
        day=today().isoformat(), count="1", id=secrets.token_hex(8), what="", place="", note="", partner="", team=""
    )
    if form.accepted(lambda: _note_form(form)):
        flash(gettext("Đã ghi."), "good")
        return redirect(url_for("deeds.index"))
    earned = sum(points for kind, points in reading.by_source(me.id, today().year) if kind == HELP)
    page = render_template(
        "deeds/index.html",
        form=form,
        offered=countable(offered.values()),
        names=kinds.all_kinds(),
        deeds=looking.of_member(me.id),
        counts=looking.mine(me.id),
        earned=earned,
        member=me.id,
        today=today(),
        titles=partners.titles_of(me.id),
        led=leading.led(me.id),
        bare="field" in request.args,
    )
    return page, form.status


def _note_form(form: Form) -> None:
    """The form's own id makes sending it again the same."""
    kind, step = of_counted(form["what"])
    known = kinds.kinds(signed_in().path).get(kind)
    day, count = form.day("day") or today(), form.number("count", "deed_count", most=known.most if known else 1) or 1
    entry = Entry(form["id"], kind, step, day, count, form["note"], form["place"], form["partner"], form["team"])
    (answer,) = noting.note(signed_in().id, [entry])
    if answer.code != noting.OK:
        raise Rejected(answer.code, **answer.about)


@pages.get("/worker.js")
def worker() -> Response:
    """The script that keeps pages for the field on a phone; its pages lie beside its own folder."""
    script = (Path(current_app.root_path).parent / "static/js/deeds/worker.js").read_bytes()
    response = Response(script, mimetype="text/javascript")
    response.headers["Service-Worker-Allowed"] = "/"
    return response


@pages.post("/deeds/send")
def send() -> Response:
    """A phone's queue: every entry is answered, and stored once however often it comes."""
    said = request.get_json(silent=True)
    rows = said.get("deeds") if isinstance(said, dict) else None
    if not isinstance(rows, list):
        raise Rejected("bad_request")
    good: list[Entry] = []
    answers: list[dict[str, str]] = []
    for row in rows:
        try:
            good.append(_entry(row))
        except Rejected as refusal:
            name = str(row.get("id", "")) if isinstance(row, dict) else ""
            answers.append({"id": name, "code": refusal.code, "message": sentence(refusal.code, **refusal.about)})
    for one in noting.note(signed_in().id, good):
        message = "" if one.code == noting.OK else sentence(one.code, **one.about)
        answers.append({"id": one.client_id, "code": one.code, "message": message})
    return jsonify(answers=answers)


def _entry(row: Any) -> Entry:
    """One entry of a queue, or Rejected: nothing a phone sends is believed to have the right shape."""
    if not isinstance(row, dict):
        raise Rejected("bad_request")
    texts = {key: row.get(key, "") for key in ("id", "kind", "step", "note", "place", "partner", "team", "day")}
    count = row.get("count", 1)
    if not all(isinstance(one, str) and not NOT_TEXT(one) for one in texts.values()):
        raise Rejected("bad_request")
    if not isinstance(count, int) or isinstance(count, bool):
        raise Rejected("bad_request")
    try:
        day = date.fromisoformat(texts["day"])
    except ValueError:
        raise Rejected("deed_day", field="day") from None
    return Entry(
        texts["id"],
        texts["kind"],
        texts["step"],
        day,
        count,
        texts["note"],
        texts["place"],
        texts["partner"],
        texts["team"],
    )


@pages.post("/deeds/<int:deed_id>/back")
def back(deed_id: int) -> Reply:
    """Take back what was noted by mistake."""
    noting.take_back(signed_in().id, deed_id)
    flash(gettext("Đã rút lại."), "good")
    return redirect(url_for("deeds.index"))


@pages.post("/deeds/photo")
def send_photo() -> Reply:
    """A picture of a deed, by the phone's id of the deed."""
    file = request.files.get("photo")
    data = file.read(media.FILE_BYTES + 1) if file else b""
    if not data:
        raise Rejected("bad_picture", why="kind")
    photos.add(signed_in().id, request.form.get("id", ""), data)
    if wants_json():
        return jsonify(code=noting.OK)
    flash(gettext("Đã lưu ảnh."), "good")
    return redirect(url_for("deeds.index"))


@pages.get("/deeds/<int:deed_id>/photo")
def photo(deed_id: int) -> Response:
    """The picture, for the member and for who organises above the chapter."""
    found = looking.one(deed_id)
    data = photos.picture(deed_id) if found else None
    if found is None or data is None:
        raise Rejected("not_found")
    if signed_in().id != found[0].member_id and not signed_in().may("organiser", found[1]):
        raise Rejected("forbidden")
    return Response(data, mimetype="image/webp", headers={"Cache-Control": "private, no-store"})


@pages.post("/deeds/<int:deed_id>/photo/remove")
def remove_photo(deed_id: int) -> Reply:
    """Forget a picture."""
    photos.remove(signed_in().id, deed_id)
    return redirect(url_for("deeds.index"))


@pages.route("/deeds/partner", methods=["GET", "POST"])
def partner() -> Reply:
    """Take the code of a respected local person or card from its QR: this phone keeps the code for the day."""
    if request.method == "POST":
        said = request.get_json(silent=True)
        text = said.get("code") if isinstance(said, dict) else None
        if not isinstance(text, str):
            raise Rejected("bad_request")
        return jsonify(label=partners.shown(text))
    return render_template("deeds/partner.html", member=signed_in().id)


@pages.get("/deeds/my-code")
def code() -> str:
    """The QR a respected local person shows today; to others, how one becomes that."""
    if not partners.titles_of(signed_in().id):
        return render_template("deeds/no_code.html")
    text, ends = partners.my_code(signed_in().id)
    address = outward("deeds.partner") + "#" + text
    return render_template("deeds/card.html", label=signed_in().name, ends_at=ends, code=qr(address), own=True)
