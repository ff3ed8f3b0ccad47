"""The records of the member's chapter, on the member's first page."""

from __future__ import annotations

from flask import url_for
from flask_babel import gettext as _

from app.pages.parts.frame import datum
from app.pages.parts.mine import Line, Panel
from app.services.people.sign_ins import CurrentMember
from app.services.records import records
from quizzes.records.operations import OPERATIONS

MOST = 3  # records on the panel


def on_me(member: CurrentMember) -> list[Panel]:
    """The latest that hold."""
    holding = [one for one in records.of_member(member.id) if one.taken_back_at is None][:MOST]
    lines = tuple(Line(_(OPERATIONS[one.operation]), under=datum(one.on)) for one in holding)
    more = Line(_("Mọi ghi chép về tôi"), url_for("records.mine"))
    return [Panel(_("Nghiệp vụ đoàn viên"), lines, more=more, order=70)] if lines else []


ON_ME = on_me
