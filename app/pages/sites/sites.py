"""Digital streets and cashless markets: a chapter's list without a map, one of them, the criteria of a locality."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app import security
from app.pages.parts.asked import chapter_at
from app.pages.parts.forms import Form
from app.pages.parts.reply import Reply
from app.security import signed_in
from app.services.apart import apart
from app.services.banks.media import FILE_BYTES, encode_picture, named_by
from app.services.movement.codes import codes
from app.services.sites import sites
from app.services.sites.sites import Seen
from quizzes.refusals import Rejected
from quizzes.sites.criteria import KINDS, NOT_OFFICIAL, read, written

pages = Blueprint("sites", __name__)


@pages.get("/chapters/<int:chapter_id>/sites")
def index(chapter_id: int) -> str:
    """The sites of a chapter and below."""
    return _index(chapter_id, Form(kind="street"))


def _index(chapter_id: int, form: Form) -> str:
    chapter, member = chapter_at(chapter_id), security.current_member()
    return render_template(
        "sites/index.html",
        chapter=chapter,
        found=sites.of_chapter(chapter.path),
        kinds=KINDS,
        form=form,
        options=[(key, _(name)) for key, name in KINDS.items()],
        note=NOT_OFFICIAL,
        organiser=member is not None and member.may("organiser", chapter.path),
    )


@pages.post("/chapters/<int:chapter_id>/sites")
def make(chapter_id: int) -> Reply:
    """One more street or market."""
    form = Form()

    def work() -> str:
        return sites.make(signed_in().id, chapter_id, form["kind"], form["name"], form["place"], form["text"])

    if (made := form.made(work)) is not None:
        return redirect(url_for("sites.one", public_id=made))
    return _index(chapter_id, form), form.status


@pages.route("/chapters/<int:chapter_id>/sites/criteria/<kind>", methods=["GET", "POST"])
def criteria(chapter_id: int, kind: str) -> Reply:
    """The criteria of this locality, as text to edit."""
    if kind not in KINDS:
        raise Rejected("not_found")
    chapter = chapter_at(chapter_id)
    now, source = sites.criteria(chapter.path, kind)
    form = Form(
        criteria=written(now if source else [type(one)(_(one.group), _(one.text)) for one in now]), source=source
    )

    def work() -> None:
        sites.set_criteria(signed_in().id, chapter_id, kind, read(request.form.get("criteria", "")), form["source"])

    if form.accepted(work):
        flash(_("Đã lưu. Tiêu chí đổi chữ phải được xem lại ở từng nơi."), "good")
        return redirect(url_for("sites.index", chapter_id=chapter_id))
    page = render_template("sites/criteria.html", chapter=chapter, kind=kind, kinds=KINDS, form=form, note=NOT_OFFICIAL)
    return page, form.status


@pages.get("/sites/<public_id>")
def one(public_id: str) -> str:
    """One of them with its criteria; never called official."""
    return _one(sites.site(public_id), Form())


def _one(found: Seen, form: Form) -> str:
    member = security.current_member()
    return render_template(
        "sites/one.html",
        one=found,
        kinds=KINDS,
        form=form,
        note=NOT_OFFICIAL,
        organiser=member is not None and member.may("organiser", found.path),
        recogniser=member is not None and member.may("organiser", found.above),
    )


@pages.post("/sites/<public_id>")
def change(public_id: str) -> Reply:
    """A criterion is met or not; the chapter above recognises or takes it back."""
    found, me, form = sites.site(public_id), signed_in().id, Form()
    criterion, what = request.form.get("criterion", ""), request.form.get("what", "")

    def mark() -> None:
        if not signed_in().may("organiser", found.path):
            raise Rejected("forbidden")
        sent = request.files.get("picture")
        data, picture = sent.read(FILE_BYTES + 1) if sent is not None else b"", sites.NONE
        if data:
            name = named_by(codes.keyed(f"site {public_id} {criterion}"), data)
            picture = (name, apart(encode_picture, data))
        sites.mark(me, public_id, criterion, True, form[f"evidence-{criterion}"], picture)

    works = {
        "mark": mark,
        "unmark": lambda: sites.mark(me, public_id, criterion, False, ""),
        "recognise": lambda: sites.recognise(me, public_id, True, form["decision"]),
        "withdraw": lambda: sites.recognise(me, public_id, False, form["decision"]),
    }
    if what not in works:
        raise Rejected("bad_request")
    if not form.accepted(works[what]):
        return _one(found, form), form.status
    flash(_("Đã lưu."), "good")
    return redirect(url_for("sites.one", public_id=public_id))
