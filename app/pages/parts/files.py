"""Files that people send and take away."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from flask import Response, flash, request, stream_with_context
from flask_babel import gettext

from app.pages.parts.forms import Form
from app.services.apart import apart
from app.services.files.containers import Page, Unreadable, stream_csv, write_xlsx
from quizzes.refusals import Rejected

T = TypeVar("T")
TYPES = {
    "csv": "text/csv",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html",
    "json": "application/json",
    "jsonl": "application/jsonl",
    "pdf": "application/pdf",
    "txt": "text/plain",
    "xml": "application/xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "yaml": "application/yaml",
    "zip": "application/zip",
}


def taken(form: Form, take: Callable[[str, bytes], T]) -> T | None:
    """Give the file of a sent form, its name and bytes, to `take`; its outcome, or None where the form was not sent, or
    with what is wrong beside the file's field: there is none, it cannot be read, or `take` refuses it."""

    def read() -> T | None:
        file = request.files.get("file")
        data = file.read() if file else b""
        if not file or not data:
            raise Rejected("bad_file", field="file")
        try:
            return take(file.filename or "", data)
        except Unreadable as refusal:
            _tell_unreadable(form, refusal)
            return None
        except Rejected as refusal:
            raise Rejected(refusal.code, **{"field": "file", **refusal.about}) from refusal

    return form.made(read)


def download(content: bytes | str | Iterable[str] | Iterable[bytes], name: str) -> Response:
    """A file to keep; never from a cache. The end of its name says what it is."""
    response = Response(content, mimetype=TYPES[name.rpartition(".")[2]])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def table(rows: Iterable[Sequence[Any]], name: str) -> Response:
    """A table to keep, sent while it is still being read: it takes no more memory however long it is."""
    return download(stream_with_context(stream_csv(rows)), name)


def workbook(sheets: Sequence[Page], name: str) -> Response:
    """Worksheets to keep, written on a thread: a hundred thousand rows take seconds, and others go on meanwhile."""
    return download(apart(write_xlsx, sheets), name)


def read_again(read: Callable[[], Any]) -> None:
    """Read a kept file once more, as somebody now says it is to be read; why it cannot be is told on the next page."""
    try:
        read()
    except Unreadable as refusal:
        flash(gettext(refusal.problem.sentence) % refusal.problem.about, "bad")


def _tell_unreadable(form: Form, refusal: Unreadable) -> None:
    """Say beside the form's file why it cannot be read, and in which line where that is known."""
    problem = refusal.problem
    where = gettext(" (dòng %(line)s)", line=problem.line) if problem.line else ""
    form.errors["file"] = gettext(problem.sentence) % problem.about + where
    form.status = 422
