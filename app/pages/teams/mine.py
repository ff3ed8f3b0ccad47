"""The teams a member stands in, on their first page."""

from __future__ import annotations

from flask import url_for
from flask_babel import gettext as _

from app.pages.parts.mine import Line, Panel
from app.services.people.sign_ins import CurrentMember
from app.services.teams import reading
from quizzes.teams.composition import PARTS


def on_me(member: CurrentMember) -> list[Panel]:
    """Every team with the part in it."""
    lines = tuple(
        Line(name, url_for("teams.one", public_id=number), figure=_(PARTS[part]))
        for number, name, part in reading.of_member(member.id)
    )
    return [Panel(_("Tổ của tôi"), lines, order=40)] if lines else []


ON_ME = on_me
