"""An organiser's awards: proposing a batch, deciding another's, printing, revoking; the chapter's letterhead."""

from __future__ import annotations

import time
from collections.abc import Sequence

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext
from markupsafe import Markup
from werkzeug import Response

from app.pages.awards import named
from app.pages.awards.pictures import as_picture
from app.pages.parts.asked import chapter_at
from app.pages.parts.forms import Form
from app.pages.parts.frame import today
from app.pages.parts.reply import Reply
from app.security import signed_in
from app.security.access import need
from app.services.apart import apart, beside
from app.services.awards import batches, ceremony, letterheads, printing, proposing, reading, sources
from app.services.awards.batches import Batch
from app.services.awards.letterheads import Head, Pictures
from app.services.awards.proposing import Draft
from app.services.awards.reading import Shown
from app.services.awards.signing import document_key
from app.services.commit import in_turns
from quizzes.awards import kinds
from quizzes.refusals import Rejected

pages = Blueprint("award_desk", __name__)

SHOWN = 200  # awards listed
LARGEST = 10 * 1024 * 1024  # bytes of an uploaded file


@pages.get("/chapters/<int:chapter_id>/awards")
def index(chapter_id: int) -> str:
    """Serves the batches of a chapter, the waiting ones first, and the way to a new one."""
    one = chapter_at(chapter_id)
    return render_template("awards/index.html", chapter=one, batches=batches.batches([one.path]), kinds=kinds.KINDS)


@pages.route("/chapters/<int:chapter_id>/awards/new", methods=["GET", "POST"])
def new(chapter_id: int) -> Reply:
    """A batch, filled from a ranking or by hand."""
    one = chapter_at(chapter_id)
    source = request.values.get("source", "")
    head = letterheads.head(chapter_id)
    filled = _filled(source, one.path)
    form = Form(
        kind=kinds.CERTIFICATE,
        design="drum",
        signer=head.signer,
        signer_title=head.signer_title,
        place=head.place,
        source=source,
        **filled,
    )

    def store() -> str:
        return proposing.propose(signed_in().id, chapter_id, _typed(form, one.path, source))

    if (made := form.made(store)) is not None:
        flash(gettext("Đã đề nghị. Một người tổ chức khác xem và quyết định."), "good")
        return redirect(url_for("award_desk.batch", public_id=made))
    return render_template(
        "awards/new.html", form=form, chapter=one, kinds=kinds.KINDS, designs=kinds.DESIGNS, source=source
    ), form.status


def _typed(form: Form, path: str, source: str) -> Draft:
    """The batch as it was typed, whoever is named looked for inside `path`. It is from a ranking while everybody in it
    stands there."""
    lines = named.with_codes(form["lines"], path)
    ranked = source and sources.stand_in(source, [code for code, _ in lines], time.time_ns() // 1000)
    return Draft(
        form["kind"],
        form["title"],
        form["design"],
        form["wording"],
        form["reason"],
        lines,
        form["decision_no"],
        form.day("decided_on"),
        form["signer"],
        form["signer_title"],
        form["place"],
        source if ranked else "",
        form["guardians"],
    )


def _filled(source: str, path: str) -> dict[str, str]:
    if not source:
        return {}
    top = request.args.get("top", sources.TOP, type=int)
    found = sources.proposed(source, top, time.time_ns() // 1000)
    if not found.path.startswith(path):
        raise Rejected("forbidden")
    lines = named.with_names(found.lines)
    reason = gettext("Theo kết quả của “%(title)s”.", title=found.title)
    return {"title": found.title, "wording": found.wording, "lines": lines, "reason": reason}


@pages.get("/awards/<public_id>")
def batch(public_id: str) -> str:
    """One batch: who is given what, how far printing is, and the decision."""
    found, lines = _mine(public_id, SHOWN)
    me = signed_in()
    own = me.id == found.made_by or batches.gives_to(public_id, me.id)
    return render_template(
        "awards/batch.html",
        batch=found,
        lines=lines,
        kinds=kinds.KINDS,
        may_decide=not own,
        designs=kinds.DESIGNS,
        signing=document_key,
    )


@pages.get("/awards/<public_id>/progress")
def progress(public_id: str) -> Response:
    """The number of printed documents, for the bar that moves."""
    _mine(public_id)
    printed, count = batches.progress(public_id)
    return jsonify(printed=printed, count=count)


@pages.get("/awards/<public_id>/stage")
def stage(public_id: str) -> str:
    """Prize-giving on the screen of a hall: winners one by one, the last first, each with the code of the document."""
    found, _ = _mine(public_id)
    held = ceremony.ceremony(public_id, found.path)
    if held is None:
        raise Rejected("not_found")
    return render_template("awards/stage.html", told=held, winners=_coded(held.winners)[::-1])


@pages.get("/awards/<public_id>/stage/<int:step>")
def stage_step(public_id: str, step: int) -> str:
    """The people who come on together at a step, for the page of the prize-giving to take in."""
    found, _ = _mine(public_id)
    held = ceremony.ceremony(public_id, found.path)
    several = ceremony.together(held, step) if held else []
    if held is None or not several:
        raise Rejected("not_found")
    return render_template("awards/stage_step.html", told=held, step=step, several=_coded(several))


def _coded(of: Sequence[Shown]) -> list[tuple[Shown, Markup]]:
    """Each with the code of the document."""
    return [(one, Markup(ceremony.code_of(one.public_id))) for one in in_turns(of, 5)]  # noqa: S704  our own drawing


@pages.post("/awards/<public_id>/decide")
def decide(public_id: str) -> Response:
    """Agree, which prints, or refuse."""
    _mine(public_id)
    form = Form()
    accept = form["accept"] == "yes"
    if form.accepted(lambda: proposing.decide(signed_in().id, public_id, accept)):
        if accept:
            beside(printing.print_due)
        flash(gettext("Đã đồng ý. Giấy đang được in.") if accept else gettext("Đã từ chối."), "good")
    form.tell()
    return redirect(url_for("award_desk.batch", public_id=public_id))


@pages.post("/c/<public_id>/revoke")
def revoke(public_id: str) -> Response:
    """Take a document back, by a decision."""
    need("organiser", reading.shown(public_id).giver_path)
    form = Form()
    if form.accepted(lambda: proposing.revoke(signed_in().id, public_id, form["decision"], form["reason"])):
        flash(gettext("Đã thu hồi. Ai quét mã cũng thấy ngày và số quyết định."), "good")
    form.tell()
    return redirect(url_for("certificates.one", public_id=public_id))


@pages.route("/chapters/<int:chapter_id>/letterhead", methods=["GET", "POST"])
def letterhead(chapter_id: int) -> Reply:
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
    return render_template(
        "awards/letterhead.html", form=form, chapter=one, head=head, designs=kinds.DESIGNS
    ), form.status


def _picture(name: str) -> bytes | None:
    file = request.files.get(name)
    data = file.stream.read(LARGEST + 1) if file and file.filename else b""
    return apart(letterheads.as_png, data) if data else None


@pages.get("/chapters/<int:chapter_id>/letterhead/<design>.png")
def example(chapter_id: int, design: str) -> Response:
    """Serves an example of a design, with the chapter's letterhead."""
    if design not in kinds.DESIGNS:
        raise Rejected("not_found")
    kind = request.args.get("kind", kinds.CERTIFICATE)
    chosen = kind if kind in kinds.KINDS else kinds.CERTIFICATE
    return as_picture(*printing.example(chapter_id, chosen, design, today()))


@pages.get("/awards/<public_id>/sample.png")
def sample(public_id: str) -> Response:
    """The first document of a batch as it will be printed."""
    _mine(public_id)
    return as_picture(*printing.sample(public_id))


def _mine(public_id: str, most: int = 0) -> tuple[Batch, list[batches.Line]]:
    """A batch with its first lines, for who organises where it belongs."""
    found, lines = batches.batch(public_id, most)
    need("organiser", found.path)
    return found, lines
