"""The page behind the QR of a document: every field beside the tick, for whoever holds it; and checking a file."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request
from flask_babel import gettext

from app.pages.parts.files import download
from app.pages.parts.forms import Form
from app.pages.parts.qr import outward, qr
from app.security import current_member, signed_in
from app.services.awards import letterheads, printing, reading, typesetting
from app.services.awards.reading import Shown
from app.services.awards.signing import document_key
from app.services.people.chapters import path_of_chapter
from app.services.people.sign_ins import CurrentMember
from quizzes.awards.kinds import KINDS
from quizzes.refusals import Rejected

pages = Blueprint("certificates", __name__)

LARGEST = 4 * 1024 * 1024  # bytes of a file that is checked


@pages.get("/c/<public_id>")
def one(public_id: str) -> str:
    """Serves the page of a document: its content, and its validity now."""
    found, member = reading.shown(public_id), current_member()
    return render_template(
        "awards/certificate.html",
        found=found,
        kinds=KINDS,
        own=holds(member, found),
        organiser=gives(member, found),
        address=outward("certificates.one", public_id=public_id),
        picture=qr(outward("certificates.one", public_id=public_id)),
    )


def holds(member: CurrentMember | None, found: Shown) -> bool:
    """True when this person was given it, or organises the chapter that was."""
    if member is None:
        return False
    return found.member_id == member.id if found.member_id else member.may("organiser", _path(found))


def _path(found: Shown) -> str:
    return path_of_chapter(found.chapter_id or 0) or "/"


def gives(member: CurrentMember | None, found: Shown) -> bool:
    """True when this person organises where it was given."""
    return member is not None and member.may("organiser", found.giver_path)


@pages.get("/c/<public_id>/document.pdf")
def content(public_id: str) -> Response:
    """The document itself: for its holder and for organisers."""
    found, member = reading.shown(public_id), signed_in()
    if not holds(member, found) and not gives(member, found):
        raise Rejected("forbidden")
    file = reading.content_of(public_id)
    if file is None:
        raise Rejected("award_printing")
    return download(file, f"{found.number.replace('/', '-')}.pdf")


@pages.post("/c/<public_id>/share")
def share(public_id: str) -> Response:
    """A picture of the document to post elsewhere: only its holder makes one, and only by agreeing to it there."""
    found, member = reading.shown(public_id), signed_in()
    if not holds(member, found) or found.revoked_at:
        raise Rejected("forbidden")
    if found.by_nickname:
        raise Rejected("share_child")
    if not Form().ticked("agree"):
        raise Rejected("share_consent")
    (made,) = typesetting.typeset(
        [printing.one_document(public_id)], letterheads.head(found.giver_id).pictures, "share"
    )
    response = Response(made, mimetype="image/png")
    response.headers["Content-Disposition"] = f'attachment; filename="{found.number.replace("/", "-")}.png"'
    response.headers["Cache-Control"] = "no-store"
    return response


@pages.route("/c", methods=["GET", "POST"])
def check() -> str | tuple[str, int]:
    """Serves the check of a file: it tells whether this site issued it, letter by letter. The file is not kept."""
    form, found, signature = Form(), None, None
    if form.sent:
        file = request.files.get("file")
        data = file.stream.read(LARGEST + 1) if file else b""
        if not data or len(data) > LARGEST:
            form.errors["file"] = gettext("Hãy chọn một tệp PDF, nhiều nhất 4 MB.")
            form.status = 422
        else:
            found = reading.of_file(data)
            signature = document_key.judged(data, found.printed_at if found else None)
    return render_template("awards/check.html", form=form, found=found, signature=signature, kinds=KINDS), form.status
