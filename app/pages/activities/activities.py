"""Activities: what a chapter holds, one of them with its plan and documents, and the organiser's desk for it."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app import security
from app.pages.parts.asked import chapter_at, is_inside, member_named, must_be_inside
from app.pages.parts.forms import Form
from app.pages.parts.qr import outward, qr
from app.pages.parts.reply import Reply
from app.security import signed_in
from app.services.activities import attending, documents, planning
from app.services.activities.planning import Draft, Held
from quizzes.activities.kinds import ACTIVITIES
from quizzes.refusals import Rejected

pages = Blueprint("activities", __name__)

FORM_OF = "%Y-%m-%dT%H:%M"
TYPES = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}


def zone() -> ZoneInfo:
    """Return the time zone in which the people are."""
    return ZoneInfo(current_app.config["SETTINGS"].time_zone)


def over(public_id: str) -> Held:
    """The activity, for who organises over its chapter; else refuses."""
    one = planning.activity(public_id)
    if not signed_in().may("organiser", one.path):
        raise Rejected("forbidden")
    return one


@pages.get("/chapters/<int:chapter_id>/activities")
def index(chapter_id: int) -> str:
    """A chapter's own activities, the newest first."""
    chapter, member = chapter_at(chapter_id), security.current_member()
    return render_template(
        "activities/index.html",
        chapter=chapter,
        found=planning.of_chapter(chapter_id),
        kinds=ACTIVITIES,
        organiser=member is not None and member.may("organiser", chapter.path),
        member=member,
    )


@pages.route("/chapters/<int:chapter_id>/activities/new", methods=["GET", "POST"])
def new(chapter_id: int) -> Reply:
    """Plan one more."""
    chapter = chapter_at(chapter_id)
    kind = request.args.get("kind", "")
    usual = ACTIVITIES.get(kind) or next(iter(ACTIVITIES.values()))
    form = Form(kind=kind, counts=usual.counts, points=usual.points)
    if (made := form.made(lambda: planning.plan(signed_in().id, chapter_id, _draft(form)))) is not None:
        flash(_("Đã lên lịch. Hãy thêm tài liệu, người phụ trách, và in mã QR."), "good")
        return redirect(url_for("activities.show", public_id=made))
    return render_template("activities/edit.html", chapter=chapter, form=form, kinds=ACTIVITIES, one=None), form.status


@pages.route("/activities/<public_id>/change", methods=["GET", "POST"])
def change(public_id: str) -> Reply:
    """Correct the plan."""
    one = over(public_id)
    form = Form(
        kind=one.kind,
        title=one.title,
        place=one.place,
        plan=one.plan,
        points=one.points,
        counts=one.counts,
        starts=_typed(one.starts_at),
        ends=_typed(one.ends_at),
        quiz=outward("home.index").rstrip("/") + one.quiz if one.quiz else "",
    )
    if form.accepted(lambda: planning.change(signed_in().id, public_id, _draft(form))):
        flash(_("Đã lưu."), "good")
        return redirect(url_for("activities.show", public_id=public_id))
    chapter = chapter_at(one.chapter_id)
    return render_template("activities/edit.html", chapter=chapter, form=form, kinds=ACTIVITIES, one=one), form.status


def _draft(form: Form) -> Draft:
    points = form.number("points", "activity_points", most=planning.MOST_POINTS) or 0
    return Draft(
        form["kind"],
        form["title"],
        _moment(form, "starts"),
        _moment(form, "ends"),
        form["place"],
        form["plan"],
        form["quiz"],
        form.ticked("counts"),
        points,
    )


def _moment(form: Form, name: str) -> int:
    try:
        return int(datetime.strptime(form[name][:16], FORM_OF).replace(tzinfo=zone()).timestamp()) * 1_000_000
    except (ValueError, OverflowError):
        raise Rejected("bad_dates", field=name) from None


def _typed(at: int) -> str:
    return datetime.fromtimestamp(at / 1e6, zone()).strftime(FORM_OF)


@pages.get("/activities/<public_id>")
def show(public_id: str) -> str:
    """The plan for everybody; documents, parts and minutes for the chapter; the desk for its organisers."""
    return _page(planning.activity(public_id), Form())


def _page(one: Held, form: Form) -> str:
    member = security.current_member()
    organiser, within = member is not None and member.may("organiser", one.path), is_inside(member, one.path)
    address = outward("activities.show", public_id=one.public_id)
    return render_template(
        "activities/show.html",
        one=one,
        kinds=ACTIVITIES,
        organiser=organiser,
        within=within,
        form=form,
        documents=documents.of_activity(one.id) if within else [],
        parts=planning.parts(one.id) if within else [],
        came=attending.came(one.id) if organiser else [],
        address=address,
        code=qr(address) if organiser else "",
        here=member is not None and attending.is_here(one.id, member.id),
        member=member,
    )


@pages.post("/activities/<public_id>")
def desk(public_id: str) -> Reply:
    """Serves the organisers' page of an activity: parts, documents, minutes, cancelling it, correcting the
    attendance."""
    one, me, form = over(public_id), signed_in().id, Form()
    what = request.form.get("what", "")
    works = {
        "part": lambda: planning.give_part(me, public_id, member_named(form, "member", one.path), form["part"]),
        "no_part": lambda: planning.give_part(me, public_id, form.number("number") or 0, ""),
        "document": lambda: _add_document(me, public_id),
        "no_document": lambda: documents.remove(me, public_id, form.number("number") or 0),
        "minutes": lambda: planning.write_up(me, public_id, form["minutes"]),
        "cancel": lambda: planning.cancel(me, public_id),
        "not_here": lambda: attending.remove(me, public_id, form.number("number") or 0, form["reason"]),
    }
    if what not in works:
        raise Rejected("bad_request")
    if not form.accepted(works[what]):
        return _page(one, form), form.status
    flash(_("Đã lưu."), "good")
    return redirect(url_for("activities.show", public_id=public_id))


def _add_document(me: int, public_id: str) -> None:
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        raise Rejected("document_kind", field="file")
    documents.add(me, public_id, sent.filename, sent.read())


@pages.get("/activities/<public_id>/documents/<int:number>")
def document(public_id: str, number: int) -> Response:
    """One document, to keep; for the chapter only."""
    one = planning.activity(public_id)
    must_be_inside(one.path)
    kind, data = documents.content(one.id, number)
    response = Response(data, mimetype=TYPES[kind])
    response.headers["Content-Disposition"] = f'attachment; filename="tai-lieu-{number}.{kind}"'
    response.headers["Cache-Control"] = "no-store"
    return response
