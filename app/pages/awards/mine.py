"""Awards on a member's first page, and on the page of a chapter that was given some."""

from __future__ import annotations

from flask import url_for
from flask_babel import gettext as _

from app.pages.parts.frame import day
from app.pages.parts.mine import Line, Panel
from app.services.awards import reading
from app.services.awards.reading import Shown
from app.services.people.chapters import ChapterLine
from app.services.people.sign_ins import CurrentMember
from quizzes.awards.kinds import KINDS

SHOWN = 5  # awards on the panel


def on_me(member: CurrentMember) -> list[Panel]:
    """Shows the awards of the member."""
    return _panel(_("Giải của tôi"), reading.of_member(member.id))


def on_chapter(chapter: ChapterLine) -> list[Panel]:
    """Shows the awards of the chapter."""
    return _panel(_("Giải của cơ sở"), reading.of_chapter(chapter.id))


def _panel(title: str, found: list[Shown]) -> list[Panel]:
    lines = tuple(
        Line(
            one.prize or one.wording,
            url_for("certificates.one", public_id=one.public_id),
            f"{_(KINDS[one.kind])} · {one.giver} · {day(one.issued_at)}",
            _("đã thu hồi") if one.revoked_at else "",
        )
        for one in found[:SHOWN]
    )
    return [Panel(title, lines, order=35)] if lines else []


ON_ME, ON_CHAPTER = on_me, on_chapter
