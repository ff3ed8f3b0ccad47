"""Files that people send and take away."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from flask import Response, stream_with_context
from flask_babel import gettext

from app.pages.parts.forms import Form
from app.services.files.containers import Unreadable, stream_csv

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


def download(content: bytes | str | Iterable[str] | Iterable[bytes], name: str) -> Response:
    """A file to keep; never from a cache. The end of its name says what it is."""
    response = Response(content, mimetype=TYPES[name.rpartition(".")[2]])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def table(rows: Iterable[Sequence[Any]], name: str) -> Response:
    """A table to keep, sent while it is still being read: it takes no more memory however long it is."""
    return download(stream_with_context(stream_csv(rows)), name)


def tell_unreadable(form: Form, refusal: Unreadable) -> None:
    """Say beside the form's file why it cannot be read, and in which line where that is known."""
    problem = refusal.problem
    where = gettext(" (dòng %(line)s)", line=problem.line) if problem.line else ""
    form.errors["file"] = gettext(problem.sentence) % problem.about + where
    form.status = 422
