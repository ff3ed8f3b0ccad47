"""Shows on a member's first page: those played; and those of a chapter, with their results."""

from __future__ import annotations

from flask import url_for
from flask_babel import gettext as _

from app import language
from app.pages.parts.frame import day
from app.pages.parts.mine import Line, Panel
from app.services.people.chapters import ChapterLine
from app.services.people.sign_ins import CurrentMember
from app.services.shows import listing
from app.services.shows.listing import Listed

MOST = 5  # shows on the panel


def on_me(member: CurrentMember) -> list[Panel]:
    """The latest shows this member played, each with its results."""
    return _panel(_("Chương trình tôi đã chơi"), listing.played_by(member.id, MOST))


def on_chapter(chapter: ChapterLine) -> list[Panel]:
    """The latest shows of the chapter that are over; rehearsals are nobody's business."""
    return _panel(_("Chương trình của cơ sở"), listing.finished_of(chapter.id, MOST))


def _panel(title: str, found: list[Listed]) -> list[Panel]:
    lines = tuple(
        Line(
            language.say(one.title), url_for("results.one", public_id=one.public_id), day(one.over_at or one.created_at)
        )
        for one in found
    )
    return [Panel(title, lines, order=40)] if lines else []


ON_ME, ON_CHAPTER = on_me, on_chapter
