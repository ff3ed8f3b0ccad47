"""Parcels: what a hall without internet played, carried to this server as one signed file."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app import language
from app.pages.parts.asked import chapter_at
from app.pages.parts.forms import Form
from app.pages.parts.reply import Reply
from app.pages.shows.making import may_run
from app.security import signed_in
from app.services.people import chapters
from app.services.shows import listing
from app.services.shows.parcels import keys, receiving, sending
from quizzes.refusals import Rejected

pages = Blueprint("parcels", __name__)


@pages.get("/chapters/<int:chapter_id>/parcels")
def index(chapter_id: int) -> Reply:
    """The halls of a chapter, and what came from them."""
    return _page(chapter_id, Form(name="", key=""))


@pages.post("/chapters/<int:chapter_id>/parcels/keys")
def approve(chapter_id: int) -> Reply:
    """Take the parcels of a hall from now on."""
    form = Form()
    if not form.accepted(lambda: keys.approve(signed_in().id, chapter_id, form["key"], form["name"])):
        return _page(chapter_id, form)
    flash(_("Đã duyệt khóa. Từ nay nhận được gói của hội trường này."), "good")
    return redirect(url_for("parcels.index", chapter_id=chapter_id))


@pages.post("/chapters/<int:chapter_id>/parcels/keys/<fingerprint>/end")
def end(chapter_id: int, fingerprint: str) -> Reply:
    """Take no more of a hall; what came stays."""
    keys.end(signed_in().id, fingerprint)
    flash(_("Đã thôi nhận gói của hội trường này."), "good")
    return redirect(url_for("parcels.index", chapter_id=chapter_id))


@pages.post("/chapters/<int:chapter_id>/parcels")
def take(chapter_id: int) -> Reply:
    """Read a parcel in."""
    form = Form()
    got: list[receiving.Received] = []
    file = request.files.get("parcel")
    if not form.accepted(lambda: got.append(receiving.receive(signed_in().id, file.read() if file else b""))):
        return _page(chapter_id, form)
    if got[0].new:
        told = _(
            "Đã nhận. Tìm thấy %(members)s đoàn viên trong %(people)s người chơi; người khác là khách.",
            members=got[0].members,
            people=got[0].people,
        )
        flash(told, "good")
    else:
        flash(_("Chương trình này đã nhận trước đây. Không thêm gì."), "warn")
    return redirect(url_for("results.one", public_id=got[0].show))


@pages.get("/shows/<public_id>/parcel")
def out(public_id: str) -> Response:
    """The parcel of a show that is over, to carry away."""
    show = listing.by_public_id(public_id)
    if not may_run(show):
        raise Rejected("forbidden")
    name, data = sending.write(show.show_id)
    head = {"Content-Disposition": f'attachment; filename="{name}.parcel"'}
    return Response(data, mimetype="application/gzip", headers=head)


def _page(chapter_id: int, form: Form) -> Reply:
    one = chapter_at(chapter_id)
    page = render_template(
        "shows/parcels.html",
        chapter=one,
        way=chapters.ancestors(one.path),
        form=form,
        halls=keys.halls(one.path),
        carried=[(show, language.say(show.title)) for show in keys.carried(one.path)],
        own=keys.own_key(),
    )
    return page, form.status
