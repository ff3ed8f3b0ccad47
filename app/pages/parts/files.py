"""Files that people send and take away."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Response
from flask_babel import gettext

from app.pages.parts.forms import Form
from app.services.files.containers import Unreadable

TYPES = {
    "csv": "text/csv",
    "html": "text/html",
    "json": "application/json",
    "jsonl": "application/jsonl",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "yaml": "application/yaml",
    "zip": "application/zip",
}


def download(content: bytes | str | Iterable[str | bytes], name: str) -> Response:
    """A file to keep; never from a cache. The end of its name says what it is."""
    response = Response(content, mimetype=TYPES[name.rpartition(".")[2]])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def tell_unreadable(form: Form, refusal: Unreadable) -> None:
    """Say beside the form's file why it cannot be read, and in which line where that is known."""
    problem = refusal.problem
    where = gettext(" (dòng %(line)s)", line=problem.line) if problem.line else ""
    form.errors["file"] = gettext(problem.sentence) % problem.about + where
    form.status = 422
