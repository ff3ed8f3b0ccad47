"""Files that people send."""

from __future__ import annotations

from flask_babel import gettext

from app.pages.forms import Form
from app.services.files.containers import Unreadable


def tell_unreadable(form: Form, refusal: Unreadable) -> None:
    """Say beside the form's file why it cannot be read, and in which line where that is known."""
    problem = refusal.problem
    where = gettext(" (dòng %(line)s)", line=problem.line) if problem.line else ""
    form.errors["file"] = gettext(problem.sentence) % problem.about + where
    form.status = 422
