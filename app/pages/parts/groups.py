"""Groups of a standing as pages name them."""

from __future__ import annotations

from flask_babel import gettext

from quizzes.standing.rules import size_of


def group_name(group: str) -> str:
    """A group as people read it."""
    if size := size_of(group):
        return str(gettext("%(size)s đoàn viên", size=size))
    return group or str(gettext("Chung"))
