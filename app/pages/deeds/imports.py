"""Old figures of deeds from a file: upload, look, confirm."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug import Response as Plain

from app import security
from app.pages.parts.asked import chapter_at
from app.pages.parts.files import read_again, taken, workbook
from app.pages.parts.forms import Form
from app.pages.parts.reply import Reply
from app.pages.parts.rows import chosen_columns, left_out_unasked, notes_of, shown_of, table_of_problems
from app.security import signed_in
from app.services.deeds import kinds, tally_import
from app.services.files.containers import Page
from app.services.people import chapters
from app.services.people.imports import imports
from app.services.people.imports.imports import Job
from quizzes.deeds.kinds import countable
from quizzes.refusals import Rejected

pages = Blueprint("deed_imports", __name__)


def _words(path: str) -> dict[str, str]:
    """The names of kinds in the reader's language -> counted name."""
    return {
        f"{gettext(kind.name)} – {gettext(step.words)}": name
        for name, kind, step in countable(kinds.kinds(path).values())
    }


@pages.route("/chapters/<int:chapter_id>/deeds/import", methods=["GET", "POST"])
def new(chapter_id: int) -> Reply:
    """Choose a file; it is read and shown, and changes nothing yet."""
    one, form = chapter_at(chapter_id), Form()
    words = _words(one.path)

    def take(name: str, data: bytes) -> int:
        return tally_import.start(signed_in().id, chapter_id, name, data, words)

    if (made := taken(form, take)) is not None:
        return redirect(url_for("deed_imports.preview", job_id=made))
    page = render_template(
        "deeds/import.html",
        form=form,
        chapter=one,
        way=chapters.ancestors(one.path),
        titles=", ".join(gettext(column.title) for column in tally_import.COLUMNS),
        words=list(words),
    )
    return page, form.status


@pages.get("/deeds/imports/<int:job_id>")
def preview(job_id: int) -> Reply:
    """Serves the preview of a file: the figures that would be counted, and faults with their cell."""
    job = _job(job_id)
    return render_template(
        "deeds/import_preview.html",
        job=job,
        way=chapters.ancestors(job.path),
        problems=shown_of(job.problems, tally_import.COLUMNS),
        sums=tally_import.sums(job_id),
        names=kinds.all_kinds(),
        columns=tally_import.COLUMNS,
        notes=notes_of(job.notes),
    )


@pages.post("/deeds/imports/<int:job_id>/columns")
def columns(job_id: int) -> Plain:
    """Sets the meaning of each column of the file; the file is read again, and the chapter remembers it."""
    job = _job(job_id)
    chosen = chosen_columns(job.titles)
    read_again(lambda: tally_import.read_as(signed_in().id, job_id, _words(job.path), chosen))
    return redirect(url_for("deed_imports.preview", job_id=job_id))


@pages.post("/deeds/imports/<int:job_id>/confirm")
def confirm(job_id: int) -> Reply:
    """Everything at once; rows with problems stay out, and only if that was ticked."""
    job = _job(job_id)
    if left_out_unasked(job.counts):
        return redirect(url_for("deed_imports.preview", job_id=job_id))
    fresh, changed = tally_import.confirm(signed_in().id, job_id)
    flash(gettext("Đã nhập: %(new)s dòng mới, %(change)s dòng cập nhật.", new=fresh, change=changed), "good")
    return redirect(url_for("deed_desk.figures", chapter_id=job.chapter_id))


@pages.post("/deeds/imports/<int:job_id>/drop")
def drop(job_id: int) -> Reply:
    """Forget the file."""
    job = _job(job_id)
    tally_import.drop(signed_in().id, job_id)
    return redirect(url_for("deed_imports.new", chapter_id=job.chapter_id))


@pages.get("/deeds/imports/<int:job_id>/problems.csv")
def problems(job_id: int) -> Response:
    """The problems as a table, to work through beside the file."""
    return table_of_problems(_job(job_id).problems, tally_import.COLUMNS, job_id)


@pages.get("/chapters/<int:chapter_id>/deeds/template.xlsx")
def template(chapter_id: int) -> Response:
    """A file to fill in, with the names of all kinds on a sheet beside."""
    one = chapter_at(chapter_id)
    words = list(_words(one.path))
    head = [gettext(column.title) for column in tally_import.COLUMNS]
    rows = [head, [one.code, one.name, words[0], "2023-06-30", 120, "15-BC/ĐTN"]]
    sheets = [
        Page(gettext("Số cũ"), rows, widths=[16, 32, 48, 14, 12, 32], as_text=True),
        Page(gettext("Các việc"), [[gettext("Việc")], *([each] for each in words)], widths=[60]),
    ]
    return workbook(sheets, "deeds.xlsx")


def _job(job_id: int) -> Job:
    found = imports.job(job_id, [tally_import.KIND])
    if found is None or found.state != "ready":
        raise Rejected("not_found")
    security.need("organiser", found.path)
    return found
