"""Tiếng loa thanh niên: a chapter's broadcasts, one of them to hear, to print and to pass on."""

from __future__ import annotations

import io
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _

from app import security
from app.pages.parts.asked import chapter_at
from app.pages.parts.forms import Form
from app.pages.parts.poster import picture_of
from app.pages.parts.qr import outward, qr
from app.pages.parts.reply import Reply
from app.security import headers, signed_in
from app.services.files.sound import made_anew
from app.services.voice import broadcasts

pages = Blueprint("voice", __name__)


@pages.get("/chapters/<int:chapter_id>/voice")
def index(chapter_id: int) -> str:
    """Serves the broadcasts of a chapter, and a form for one more."""
    return _index(chapter_id, Form())


def _index(chapter_id: int, form: Form) -> str:
    chapter, member = chapter_at(chapter_id), security.current_member()
    return render_template(
        "voice/index.html",
        chapter=chapter,
        found=broadcasts.of_chapters([chapter_id]),
        form=form,
        organiser=member is not None and member.may("organiser", chapter.path),
        secure=headers.is_secure(headers.settings()),
    )


@pages.post("/chapters/<int:chapter_id>/voice")
def make(chapter_id: int) -> Reply:
    """Put one out; its recording is made anew before it is kept."""
    form = Form()

    def work() -> str:
        sent = request.files.get("sound")
        sound = made_anew(sent.read()) if sent is not None and sent.filename else None
        return broadcasts.put_out(signed_in().id, chapter_id, form["title"], form["text"], sound)

    if (made := form.made(work)) is not None:
        flash(_("Đã phát. Hãy nghe lại, rồi chia sẻ."), "good")
        return redirect(url_for("voice.one", public_id=made))
    return _index(chapter_id, form), form.status


@pages.get("/voice/<public_id>")
def one(public_id: str) -> str:
    """To hear and read, to copy, to print."""
    found, member = broadcasts.broadcast(public_id), security.current_member()
    address = outward("voice.one", public_id=public_id)
    return render_template(
        "voice/one.html",
        one=found,
        address=address,
        code=qr(address),
        organiser=member is not None and member.may("organiser", found.path),
    )


@pages.get("/voice/<public_id>/sound.mp3")
def sound(public_id: str) -> Response:
    """The recording; players ask for parts of it."""
    answer = send_file(io.BytesIO(broadcasts.sound(public_id)), mimetype="audio/mpeg", conditional=True, max_age=0)
    answer.headers["Cache-Control"] = "no-cache"
    return answer


@pages.get("/voice/<public_id>/picture.png")
def picture(public_id: str) -> Any:
    """The picture for fanpages and Zalo."""
    found = broadcasts.broadcast(public_id)
    foot = _("Quét mã để nghe và đọc") if found.seconds else _("Quét mã để đọc cả bài")
    return picture_of(found.chapter, found.title, found.text, outward("voice.one", public_id=public_id), foot)


@pages.post("/voice/<public_id>/remove")
def remove(public_id: str) -> Reply:
    """Take it away."""
    chapter_id = broadcasts.remove(signed_in().id, public_id)
    flash(_("Đã gỡ."), "good")
    return redirect(url_for("voice.index", chapter_id=chapter_id))
