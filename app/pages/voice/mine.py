"""The newest broadcasts on a member's first page and on a chapter's page."""

from __future__ import annotations

from flask import url_for
from flask_babel import gettext as _

from app.pages.parts.frame import day
from app.pages.parts.mine import Line, Panel
from app.services.movement.clock import now
from app.services.people.chapters import ChapterLine, ids_of
from app.services.people.sign_ins import CurrentMember
from app.services.voice import broadcasts
from quizzes.hours import DAY

FRESH = 30 * DAY
"""How old a broadcast on the panel may be, microseconds."""
MOST = 3  # broadcasts on the panel


def on_me(member: CurrentMember) -> list[Panel]:
    """Shows the broadcasts of the last month by the member's chapter and those above it."""
    return _panel(ids_of(member.path), None)


def on_chapter(chapter: ChapterLine) -> list[Panel]:
    """Shows the chapter's broadcasts of the last month."""
    return _panel([chapter.id], Line(_("Mọi bản tin"), url_for("voice.index", chapter_id=chapter.id)))


def _panel(chapter_ids: list[int], more: Line | None) -> list[Panel]:
    since = now() - FRESH
    found = [one for one in broadcasts.of_chapters(chapter_ids, MOST) if one.at > since]
    lines = tuple(
        Line(
            one.title,
            url_for("voice.one", public_id=one.public_id),
            f"{one.chapter} · {day(one.at)}",
            _("nghe") if one.seconds else "",
        )
        for one in found
    )
    return [Panel(_("Tiếng loa thanh niên"), lines, more=more, order=12)] if lines else []


ON_ME, ON_CHAPTER = on_me, on_chapter
