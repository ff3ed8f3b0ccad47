"""Youth works, ideas and agreements with partners: a chapter's list, one of them, and a member's idea."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.pages.parts.asked import chapter_at, is_inside, member_named, must_be_inside
from app.pages.parts.forms import Form
from app.pages.parts.frame import today
from app.pages.parts.reply import Reply
from app.security import signed_in
from app.services.activities import undertakings
from app.services.activities.undertakings import Draft, Seen
from app.services.people.chapters import ChapterLine
from quizzes.activities.kinds import RUNNING, STATES, UNDERTAKINGS, WORK

pages = Blueprint("undertakings", __name__)


@pages.get("/chapters/<int:chapter_id>/undertakings")
def index(chapter_id: int) -> Reply:
    """Serves the undertakings of a chapter to its people and those who organise over it; others are shown the
    chapter."""
    chapter, me = chapter_at(chapter_id), signed_in()
    if not is_inside(me, chapter.path):
        return redirect(url_for("chapters.show", chapter_id=chapter_id))
    return render_template(
        "activities/undertakings.html",
        chapter=chapter,
        found=undertakings.of_chapter(chapter_id),
        kinds=UNDERTAKINGS,
        states=STATES,
        today=today(),
        organiser=me.may("organiser", chapter.path),
        own=me.chapter_id == chapter_id,
        form=Form(),
    )


@pages.route("/chapters/<int:chapter_id>/undertakings/new", methods=["GET", "POST"])
def new(chapter_id: int) -> Reply:
    """Write one down."""
    chapter = chapter_at(chapter_id)
    form = Form(kind=request.args.get("kind", WORK), state=RUNNING, points=0)

    def make() -> str:
        return undertakings.make(signed_in().id, chapter_id, form["kind"], _draft(form, chapter.path))

    if (made := form.made(make)) is not None:
        flash(_("Đã lưu."), "good")
        return redirect(url_for("undertakings.one", public_id=made))
    return _edit(form, chapter, None, organiser=True)


@pages.route("/undertakings/<public_id>", methods=["GET", "POST"])
def one(public_id: str) -> Reply:
    """One of them: everything for the organiser, what was reached and its proofs for its owner, to read for others."""
    found, me = undertakings.undertaking(public_id), signed_in()
    must_be_inside(found.path)
    was, organiser = found.draft, me.may("organiser", found.path)
    form = Form(
        kind=found.kind,
        title=was.title,
        text=was.text,
        partner=was.partner,
        target=was.target,
        owner=f"{found.owner} ({found.owner_code})" if found.owner else "",
        starts_on=was.starts_on,
        ends_on=was.ends_on,
        wanted=was.wanted,
        reached=was.reached,
        proof=was.proof,
        answer=was.answer,
        state=was.state,
        points=was.points,
    )

    def change() -> None:
        draft = _draft(form, found.path) if organiser else _report(form, was)
        undertakings.change(me.id, public_id, draft)

    if form.accepted(change):
        flash(_("Đã lưu."), "good")
        return redirect(url_for("undertakings.one", public_id=public_id))
    return _edit(form, chapter_at(found.chapter_id), found, organiser=organiser)


@pages.post("/undertakings")
def propose() -> Reply:
    """A member's idea for the own chapter."""
    form, me = Form(), signed_in()
    if (made := form.made(lambda: undertakings.propose(me.id, form["title"], form["text"]))) is not None:
        flash(_("Cảm ơn bạn. Người tổ chức của cơ sở sẽ xem và trả lời."), "good")
        return redirect(url_for("undertakings.one", public_id=made))
    form.tell()
    return redirect(url_for("undertakings.index", chapter_id=me.chapter_id))


def _draft(form: Form, path: str) -> Draft:
    owner = member_named(form, "owner", path) if form["owner"] else None
    return Draft(
        form["title"],
        form["text"],
        form["partner"],
        owner,
        form.day("starts_on"),
        form.day("ends_on"),
        form["target"],
        form.number("wanted"),
        form.number("reached"),
        form["proof"],
        form["answer"],
        form["state"],
        form.number("points") or 0,
    )


def _report(form: Form, was: Draft) -> Draft:
    return Draft(was.title, reached=form.number("reached"), proof=form["proof"])


def _edit(form: Form, chapter: ChapterLine, found: Seen | None, *, organiser: bool) -> Reply:
    day: date = today()
    owner = found is not None and found.draft.owner_id == signed_in().id and found.draft.state == RUNNING
    return render_template(
        "activities/undertaking.html",
        form=form,
        chapter=chapter,
        found=found,
        kinds=UNDERTAKINGS,
        states=STATES,
        organiser=organiser,
        owner=owner,
        today=day,
    ), form.status
