"""Lists from files: upload, look, confirm."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from app import security
from app.errors import sentence
from app.pages.parts.asked import chapter_at
from app.pages.parts.files import read_again, table, taken, workbook
from app.pages.parts.forms import Form
from app.pages.parts.reply import Reply
from app.pages.parts.rows import chosen_columns, left_out_unasked, notes_of, shown_of, table_of_problems
from app.security import signed_in
from app.services.files.containers import Page
from app.services.people import chapters
from app.services.people.imports import imports
from app.services.people.imports.chapter_names import written_tree
from app.services.people.imports.imports import Job
from app.services.people.kinds import KINDS as CHAPTER_KINDS
from quizzes.refusals import N_, Rejected

pages = Blueprint("imports", __name__)

PARTS = ("family", "given")
"""Columns of other people's lists that the template has as one."""
TITLES = {"members": N_("Nhập đoàn viên"), "chapters": N_("Nhập cơ sở")}


@pages.route("/chapters/<int:chapter_id>/import/<kind>", methods=["GET", "POST"])
def new(chapter_id: int, kind: str) -> Reply:
    """Choose a file; it is read and shown, and changes nothing yet."""
    part = _part(kind)
    one = chapter_at(chapter_id)
    form = Form()

    def start(name: str, data: bytes) -> int:
        return imports.start(signed_in().id, chapter_id, kind, name, data)

    if (made := taken(form, start)) is not None:
        return redirect(url_for("imports.preview", job_id=made))
    page = render_template(
        "people/imports/new.html",
        form=form,
        kind=kind,
        title=gettext(TITLES[kind]),
        way=chapters.ancestors(one.path),
        chapter=one,
        columns=part.COLUMNS,
        guide=part.GUIDE,
    )
    return page, form.status


@pages.get("/imports/<int:job_id>")
def preview(job_id: int) -> str:
    """Serves the preview of a file: the changes it would make, and faults with their row."""
    job = _seen(job_id)
    about = {"job": job, "title": gettext(TITLES[job.kind]), "way": chapters.ancestors(job.path)}
    if job.state == "done":
        return render_template("people/imports/done.html", **about)
    return render_template(
        "people/imports/preview.html",
        **about,
        problems=shown_of(job.problems, imports.KINDS[job.kind].COLUMNS),
        rows=imports.staged(job_id),
        kinds=CHAPTER_KINDS,
        twins=imports.twins(job_id) if job.kind == "members" else [],
        columns=imports.KINDS[job.kind].COLUMNS,
        notes=notes_of(job.notes),
    )


@pages.post("/imports/<int:job_id>/columns")
def columns(job_id: int) -> Reply:
    """Sets the meaning of each column of the file; the file is read again, and the chapter remembers it."""
    job = _job(job_id)
    read_again(lambda: imports.read_as(signed_in().id, job_id, chosen_columns(job.titles)))
    return redirect(url_for("imports.preview", job_id=job_id))


@pages.post("/imports/<int:job_id>/confirm")
def confirm(job_id: int) -> Reply:
    """Everything at once; rows with problems stay out, and only if that was ticked."""
    job = _seen(job_id)
    if job.state == "done":  # going back and pressing again
        return redirect(url_for("imports.preview", job_id=job_id))
    if left_out_unasked(job.counts):
        return redirect(url_for("imports.preview", job_id=job_id))
    rest = request.form.get("twins", "")
    decisions = {one.id: request.form.get(f"twin-{one.id}") or rest for one in imports.twins(job_id)}
    try:
        imports.confirm(signed_in().id, job_id, decisions)
    except Rejected as refusal:
        if refusal.code not in ("twins_open", "twins_twice"):
            raise
        flash(sentence(refusal.code), "bad")
        return redirect(url_for("imports.preview", job_id=job_id))
    job = _seen(job_id)
    words = gettext(
        "Đã nhập: %(new)s dòng mới, %(change)s dòng cập nhật.", new=job.counts["new"], change=job.counts["change"]
    )
    flash(words, "good")
    page = "members.index" if job.kind == "members" else "chapters.show"
    return redirect(url_for(page, chapter_id=job.chapter_id))


@pages.post("/imports/<int:job_id>/drop")
def drop(job_id: int) -> Reply:
    """Forget the file."""
    job = _job(job_id)
    imports.drop(signed_in().id, job_id)
    return redirect(url_for("imports.new", chapter_id=job.chapter_id, kind=job.kind))


@pages.get("/imports/<int:job_id>/problems.csv")
def problems(job_id: int) -> Response:
    """The problems as a table, to work through beside the file."""
    job = _job(job_id)
    return table_of_problems(job.problems, imports.KINDS[job.kind].COLUMNS, job_id)


@pages.get("/chapters/<int:chapter_id>/chapters.csv")
def tree(chapter_id: int) -> Response:
    """The chapter with everything below it as a table that the import of chapters reads again."""
    one = chapter_at(chapter_id)
    head = [gettext(column.title) for column in imports.KINDS["chapters"].COLUMNS]
    rows = [
        [
            *line[:2],
            CHAPTER_KINDS.get(line[2], line[2]),
            *line[3:5],
            *(day.isoformat() if day else "" for day in line[5:]),
        ]
        for line in written_tree(one.path)
    ]
    return table([head, *rows], f"chapters-{one.id}.csv")


@pages.get("/import-templates/<kind>.<form>")
def template(kind: str, form: str) -> Response:
    """A file to fill in."""
    part = _part(kind)
    rows = [[gettext(column.title) for column in part.COLUMNS if column.key not in PARTS], *part.EXAMPLES]
    if form == "csv":
        return table(rows, f"{kind}.csv")
    if form != "xlsx":
        raise Rejected("not_found")
    guide = [[gettext("Hướng dẫn")], *([gettext(sentence)] for sentence in part.GUIDE)]
    sheets = [
        Page(gettext(TITLES[kind]), rows, widths=[20, 32, 16, 18, 14, 14, 24], as_text=True),
        Page(gettext("Hướng dẫn"), guide, widths=[110]),
    ]
    return workbook(sheets, f"{kind}.xlsx")


def _part(kind: str):  # type: ignore[no-untyped-def]
    if kind not in imports.KINDS:
        raise Rejected("not_found")
    return imports.KINDS[kind]


def _job(job_id: int) -> Job:
    found = _seen(job_id)
    if found.state != "ready":
        raise Rejected("not_now")
    return found


def _seen(job_id: int) -> Job:
    """A file that waits for its yes, or has had it."""
    found = imports.job(job_id)
    if found is None or found.state == "reading":
        raise Rejected("not_found")
    security.need("organiser", found.path)
    return found
