"""Standings on a chapter's page: its own, and the points of the members inside."""

from __future__ import annotations

from flask import url_for
from flask_babel import gettext as _

from app.pages.parts.mine import Line, Panel
from app.services.people.chapters import ChapterLine
from app.services.standings import standings

SHOWN = 5  # standings on the panel


def on_chapter(chapter: ChapterLine) -> list[Panel]:
    """The newest standings of the chapter itself."""
    lines = tuple(
        Line(one.title, url_for("standings.one", public_id=one.public_id))
        for one in standings.listed(chapter_id=chapter.id)[:SHOWN]
    )
    more = Line(_("Điểm đoàn viên"), url_for("standings.members", chapter_id=chapter.id))
    return [Panel(_("Bảng thi đua"), lines, more=more, order=32)] if lines else []


ON_CHAPTER = on_chapter
