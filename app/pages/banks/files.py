"""Questions in files: the template, and uploads with a look before."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from app.language import current
from app.pages.banks import showing
from app.pages.banks.desk import writable_bank
from app.pages.parts.files import download, read_again, table, taken
from app.pages.parts.forms import Form
from app.pages.parts.reply import Reply
from app.security import signed_in
from app.services.banks import question_import, review_desk
from app.services.banks.own_banks import BankLine
from app.services.banks.question_import import QuestionJob
from app.services.banks.question_tables import question_template
from quizzes.importers import IMPORTERS
from quizzes.importers.table import COLUMNS, column_of
from quizzes.problems import Problem
from quizzes.questions import QUESTION_TYPES
from quizzes.refusals import N_, Rejected

pages = Blueprint("bank_files", __name__)

ACCEPT = ",".join(suffix for one in IMPORTERS.values() for suffix in one.suffixes)


@pages.get("/banks/template.<form>")
def template(form: str) -> Response:
    """The table to fill: XLSX with lists to choose from and instructions, or CSV."""
    if form == "xlsx":
        return download(question_template(), "cau-hoi.xlsx")
    if form != "csv":
        raise Rejected("not_found")
    return table([[one.title for one in COLUMNS]], "cau-hoi.csv")


@pages.route("/banks/<int:bank_id>/upload", methods=["GET", "POST"])
def upload(bank_id: int) -> Reply:
    """Choose a file; it is read and shown, and stores nothing yet."""
    bank, form = writable_bank(bank_id), Form()

    def start(name: str, data: bytes) -> int:
        return question_import.start(signed_in().id, bank_id, name, data, form["importer"])

    if (made := taken(form, start)) is not None:
        return redirect(url_for("bank_files.preview", job_id=made))
    formats = [(key, gettext(one.title)) for key, one in IMPORTERS.items()]
    return render_template(
        "banks/upload.html",
        form=form,
        bank=bank,
        accept=ACCEPT,
        formats=formats,
        approvers=review_desk.approvers(bank_id, signed_in().id),
    ), form.status


@pages.get("/bank-uploads/<int:job_id>")
def preview(job_id: int) -> str:
    """Serves the preview of a file: new questions, changed ones, and faults with their row and cell."""
    job, bank = _job(job_id)
    if job.state == "done":
        return render_template("banks/done.html", job=job, bank=bank)
    said = [(place_of(one), one, sentence_of(one)) for one in job.problems]
    lang = current()
    rows = [
        (one, showing.shown(one.body, lang), showing.shown(one.old, lang) if one.old else None)
        for one in question_import.staged(job_id)
    ]
    return render_template(
        "banks/preview.html",
        job=job,
        bank=bank,
        rows=rows,
        types=QUESTION_TYPES,
        importer=IMPORTERS[job.importer].title if job.importer in IMPORTERS else "",
        errors=[one for one in said if not one[1].warning][:200],
        notes=[one for one in said if not one[1].path],
        warnings=[one for one in said if one[1].warning and one[1].path][:50],
    )


@pages.post("/bank-uploads/<int:job_id>/say")
def complete(job_id: int) -> Reply:
    """Asks once for the facts that the file lacks, for all its questions; then the file is read again."""
    _job(job_id)
    read_again(lambda: question_import.read_as(signed_in().id, job_id, request.form.to_dict()))
    return redirect(url_for("bank_files.preview", job_id=job_id))


@pages.post("/bank-uploads/<int:job_id>/confirm")
def confirm(job_id: int) -> Reply:
    """Everything that is right at once; the rest stays out, and only if that was ticked."""
    job, bank = _job(job_id)
    if job.state == "done":  # going back and pressing again
        return redirect(url_for("bank_files.preview", job_id=job_id))
    if job.counts.get("wrong") and not request.form.get("leave_out"):
        flash(gettext("Hãy đánh dấu để bỏ qua các câu có lỗi, hoặc sửa tệp rồi tải lên lại."), "bad")
        return redirect(url_for("bank_files.preview", job_id=job_id))
    new, change = question_import.confirm(signed_in().id, job_id, request.form.getlist("other"))
    words = gettext("Đã nhập: %(new)s câu mới, %(change)s câu cập nhật, đều là bản nháp.", new=new, change=change)
    flash(words, "good")
    return redirect(url_for("banks.one", bank_id=bank.id))


@pages.post("/bank-uploads/<int:job_id>/drop")
def drop(job_id: int) -> Reply:
    """Forget the file."""
    _, bank = _job(job_id)
    question_import.drop(signed_in().id, job_id)
    return redirect(url_for("bank_files.upload", bank_id=bank.id))


@pages.get("/bank-uploads/<int:job_id>/problems.csv")
def problems(job_id: int) -> Response:
    """The problems as a table, to work through beside the file."""
    job, _ = _job(job_id)
    head = [gettext(word) for word in (N_("Chỗ"), N_("Vấn đề"))]
    rows = [[place_of(one), sentence_of(one)] for one in job.problems]
    return table([head, *rows], f"problems-{job_id}.csv")


def place_of(one: Problem) -> str:
    """The place of a problem: the cell of a table, the row, or the line of a text."""
    if one.cell:
        title = {column.key: column.title for column in COLUMNS}.get(column_of(one.path), "")
        return f"{one.cell} ({title.partition(' · ')[0]})" if title else one.cell
    return str(gettext("dòng %(n)s", n=one.row or one.line or 1))


def sentence_of(one: Problem) -> str:
    """A problem in words."""
    return str(gettext(one.sentence) % dict(one.about))


def _job(job_id: int) -> tuple[QuestionJob, BankLine]:
    found = question_import.job(job_id)
    if found is None:
        raise Rejected("not_found")
    return found, writable_bank(found.bank_id)
