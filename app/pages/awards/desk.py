"""An organiser's awards: proposing a batch, deciding another's, printing, revoking; the chapter's letterhead."""

from __future__ import annotations

import time

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug import Response

from app.pages.parts.asked import chapter_at
from app.pages.parts.forms import Form
from app.pages.parts.frame import today
from app.pages.parts.qr import outward, qr
from app.security import signed_in
from app.security.access import need
from app.services.apart import beside
from app.services.awards import letterheads, printing, proposing, reading, sources, typesetting
from app.services.awards.letterheads import Head, Pictures
from app.services.awards.proposing import Draft
from app.services.awards.reading import Batch
from quizzes.awards import kinds
from quizzes.refusals import Rejected

pages = Blueprint("award_desk", __name__)

Answer = str | Response | tuple[str, int]
LARGEST = 10 * 1024 * 1024
MOST_ON_STAGE = 40
KEPT = {"Cache-Control": "private, max-age=300"}


@pages.get("/chapters/<int:chapter_id>/awards")
def index(chapter_id: int) -> str:
    """What a chapter gives: batches, the waiting ones first, and the way to a new one."""
    one = chapter_at(chapter_id)
    return render_template("awards/index.html", chapter=one, batches=reading.batches([one.path]), kinds=kinds.KINDS)


@pages.route("/chapters/<int:chapter_id>/awards/new", methods=["GET", "POST"])
def new(chapter_id: int) -> Answer:
    """A batch, filled from a ranking or by hand."""
    one = chapter_at(chapter_id)
    source = request.values.get("source", "")
    head = letterheads.head(chapter_id)
    filled = _filled(source, one.path)
    form = Form(kind=kinds.CERTIFICATE, design="drum", signer=head.signer, signer_title=head.signer_title,
                place=head.place, source=source, **filled)  # fmt: skip
    made = []

    def store() -> None:
        draft = Draft(
            form["kind"], form["title"], form["design"], form["wording"], form["reason"], kinds.lines(form["lines"]),
            form["decision_no"], form.day("decided_on"), form["signer"], form["signer_title"], form["place"], source,
        )  # fmt: skip
        made.append(proposing.propose(signed_in().id, chapter_id, draft))

    if form.accepted(store):
        flash(gettext("Đã đề nghị. Một người tổ chức khác xem và quyết định."), "good")
        return redirect(url_for("award_desk.batch", public_id=made[0]))
    return render_template("awards/new.html", form=form, chapter=one, kinds=kinds.KINDS, designs=kinds.DESIGNS,
                           source=source), form.status  # fmt: skip


def _filled(source: str, path: str) -> dict[str, str]:
    if not source:
        return {}
    top = request.args.get("top", sources.TOP, type=int)
    found = sources.proposed(source, top, time.time_ns() // 1000)
    if not found.path.startswith(path):
        raise Rejected("forbidden")
    lines = "\n".join(f"{code}; {prize}" if prize else code for code, prize in found.lines)
    reason = gettext("Theo kết quả của “%(title)s”.", title=found.title)
    return {"title": found.title, "wording": found.wording, "lines": lines, "reason": reason}


@pages.get("/awards/<public_id>")
def batch(public_id: str) -> str:
    """One batch: who is given what, how far printing is, and the decision."""
    found, lines = _mine(public_id)
    me = signed_in()
    own = me.id == found.made_by or any(line.member_id == me.id for line in lines)
    return render_template("awards/batch.html", batch=found, lines=lines, kinds=kinds.KINDS, may_decide=not own,
                           designs=kinds.DESIGNS)  # fmt: skip


@pages.get("/awards/<public_id>/progress")
def progress(public_id: str) -> Response:
    """How many documents are printed, for the bar that moves."""
    _mine(public_id)
    printed, count = reading.progress(public_id)
    return jsonify(printed=printed, count=count)


@pages.get("/awards/<public_id>/stage")
def stage(public_id: str) -> str:
    """Prize-giving on the screen of a hall: winners one by one, the last first, each with the code of the document."""
    found, lines = _mine(public_id)
    given = [line for line in reversed(lines) if line.serial and not line.revoked_at][-MOST_ON_STAGE:]
    winners = [(reading.shown(line.public_id), qr(outward("certificates.one", public_id=line.public_id)))
               for line in given]  # fmt: skip
    return render_template("awards/stage.html", batch=found, winners=winners, kinds=kinds.KINDS)


@pages.post("/awards/<public_id>/decide")
def decide(public_id: str) -> Response:
    """Agree, which prints, or refuse."""
    form = Form()
    accept = form["accept"] == "yes"
    if form.accepted(lambda: proposing.decide(signed_in().id, public_id, accept)):
        if accept:
            beside(printing.print_due)
        flash(gettext("Đã đồng ý. Giấy đang được in.") if accept else gettext("Đã từ chối."), "good")
    else:
        flash(next(iter(form.errors.values())), "bad")
    return redirect(url_for("award_desk.batch", public_id=public_id))


@pages.post("/c/<public_id>/revoke")
def revoke(public_id: str) -> Response:
    """Take a document back, by a decision."""
    form = Form()
    if form.accepted(lambda: proposing.revoke(signed_in().id, public_id, form["decision"], form["reason"])):
        flash(gettext("Đã thu hồi. Ai quét mã cũng thấy ngày và số quyết định."), "good")
    else:
        flash(next(iter(form.errors.values())), "bad")
    return redirect(url_for("certificates.one", public_id=public_id))


@pages.route("/chapters/<int:chapter_id>/letterhead", methods=["GET", "POST"])
def letterhead(chapter_id: int) -> Answer:
    """Logo, signature picture, who signs as what."""
    one, head = chapter_at(chapter_id), letterheads.head(chapter_id)
    form = Form(signer=head.signer, signer_title=head.signer_title, place=head.place)

    def store() -> None:
        pictures = Pictures(_picture("logo"), _picture("signature"))
        letterheads.store(
            signed_in().id, chapter_id, Head(form["signer"], form["signer_title"], form["place"], pictures)
        )

    if form.accepted(store):
        flash(gettext("Đã lưu. Giấy in từ bây giờ theo mẫu này."), "good")
        return redirect(url_for("award_desk.index", chapter_id=chapter_id))
    return render_template("awards/letterhead.html", form=form, chapter=one, head=head,
                           designs=kinds.DESIGNS), form.status  # fmt: skip


def _picture(name: str) -> bytes | None:
    file = request.files.get(name)
    data = file.stream.read(LARGEST + 1) if file and file.filename else b""
    return letterheads.as_png(data) if data else None


@pages.get("/chapters/<int:chapter_id>/letterhead/<design>.png")
def example(chapter_id: int, design: str) -> Response:
    """What a design looks like with the chapter's letterhead."""
    if design not in kinds.DESIGNS:
        raise Rejected("not_found")
    kind = request.args.get("kind", kinds.CERTIFICATE)
    chosen = kind if kind in kinds.KINDS else kinds.CERTIFICATE
    return _as_picture(*printing.example(chapter_id, chosen, design, today()))


@pages.get("/awards/<public_id>/sample.png")
def sample(public_id: str) -> Response:
    """The first document of a batch as it will be printed."""
    _mine(public_id)
    return _as_picture(*printing.sample(public_id))


def _as_picture(document: dict[str, str], pictures: Pictures) -> Response:
    (found,) = typesetting.typeset([document], pictures, "png")
    return Response(found, mimetype="image/png", headers=KEPT)


def _mine(public_id: str) -> tuple[Batch, list[reading.Line]]:
    found, lines = reading.batch(public_id)
    need("organiser", found.path)
    return found, lines
