"""Lists of any area from a file: choose it, look at what was read, say yes."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug import Response

from app import security
from app.pages.parts.asked import chapter_at
from app.pages.parts.files import read_again, taken, workbook
from app.pages.parts.forms import Form
from app.pages.parts.reply import Reply
from app.pages.parts.rows import chosen_columns, left_out_unasked, notes_of, shown_of, table_of_problems
from app.security import signed_in
from app.services.files.containers import Page
from app.services.lists import lists
from app.services.lists.lists import Job, Listed
from quizzes.refusals import Rejected

pages = Blueprint("lists", __name__)


@pages.route("/chapters/<int:chapter_id>/lists/<kind>", methods=["GET", "POST"])
def new(chapter_id: int, kind: str) -> Reply:
    """Choose a file; it is read and shown, and changes nothing yet."""
    part, chapter, form = _part(kind), chapter_at(chapter_id), Form()

    def start(name: str, data: bytes) -> int:
        return lists.start(signed_in().id, chapter_id, kind, name, data, request.args.get("of", ""))

    if (made := taken(form, start)) is not None:
        return redirect(url_for("lists.preview", job_id=made))
    return render_template("lists/new.html", chapter=chapter, part=part, kind=kind, form=form), form.status


@pages.get("/lists/<int:job_id>")
def preview(job_id: int) -> str:
    """Serves the preview of a file: the rows read, and faults with their row."""
    job = _job(job_id)
    part = lists.lists()[job.kind]
    rows = [part.shown(draft) for draft in lists.staged(job_id)] if job.state == "ready" else []
    return render_template(
        "lists/preview.html",
        job=job,
        part=part,
        problems=shown_of(job.problems, part.columns),
        rows=rows,
        notes=notes_of(job.notes),
        chapter=chapter_at(job.chapter_id),
        there=_there(job),
    )


@pages.post("/lists/<int:job_id>/columns")
def columns(job_id: int) -> Response:
    """Sets the meaning of each column of the file; the file is read again, and the chapter remembers it."""
    job = _job(job_id)
    read_again(lambda: lists.read_as(signed_in().id, job_id, chosen_columns(job.titles)))
    return redirect(url_for("lists.preview", job_id=job_id))


def _there(job: Job) -> str:
    """The address of the page that shows the rows of a list."""
    about: dict[str, Any] = {"public_id": job.of} if job.of else {"chapter_id": job.chapter_id}
    return url_for(lists.lists()[job.kind].page, **about)


@pages.post("/lists/<int:job_id>/confirm")
def confirm(job_id: int) -> Response:
    """Put it in force, all at once; rows with problems stay out, and only if that was ticked."""
    job = _job(job_id)
    if job.state == "ready" and left_out_unasked(job.counts):
        return redirect(url_for("lists.preview", job_id=job_id))
    if job.state == "ready":
        new = lists.confirm(signed_in().id, job_id)
        flash(_("Đã nhập: %(new)s dòng mới.", new=new), "good")
    return redirect(_there(job))


@pages.post("/lists/<int:job_id>/drop")
def drop(job_id: int) -> Response:
    """Forget the file."""
    job = _job(job_id)
    lists.drop(signed_in().id, job_id)
    return redirect(url_for("lists.new", chapter_id=job.chapter_id, kind=job.kind, of=job.of or None))


@pages.get("/lists/<int:job_id>/problems.csv")
def problems(job_id: int) -> Any:
    """The problems as a table, to work through beside the file."""
    job = _job(job_id)
    return table_of_problems(job.problems, lists.lists()[job.kind].columns, job_id)


@pages.get("/list-templates/<kind>.xlsx")
def template(kind: str) -> Any:
    """A file to fill in."""
    part = _part(kind)
    rows = [[_(column.title) for column in part.columns], *part.examples]
    guide = [[_("Hướng dẫn")], *([_(sentence)] for sentence in part.guide)]
    sheets = [
        Page(_(part.title)[:31], rows, widths=[26] * len(part.columns), as_text=True),
        Page(_("Hướng dẫn"), guide, widths=[110]),
    ]
    return workbook(sheets, f"{kind}.xlsx")


def _part(kind: str) -> Listed:
    if kind not in lists.lists():
        raise Rejected("not_found")
    return lists.lists()[kind]


def _job(job_id: int) -> Job:
    found = lists.job(job_id)
    security.need("organiser", found.path)
    return found
