"""Announcements and polls on the first page and on a chapter's page."""

from __future__ import annotations

from flask_babel import gettext as _

from app.pages.board.board import voter
from app.pages.parts.mine import Panel
from app.services.board import boards
from app.services.people.chapters import ChapterLine
from app.services.people.sign_ins import CurrentMember


def on_me(member: CurrentMember) -> list[Panel]:
    """Shows the notices and votes of the member's chapter and those above it."""
    return _panels(boards.seen_from(member.path))


def on_front() -> list[Panel]:
    """Shows everybody the notices and votes of the topmost chapters."""
    return _panels(boards.seen_from(None))


def on_chapter(chapter: ChapterLine) -> list[Panel]:
    """The chapter's own board."""
    return _panels([chapter.id])


def _panels(chapter_ids: list[int]) -> list[Panel]:
    told, polls = boards.announcements(chapter_ids), boards.polls(chapter_ids, voter())
    found = [Panel(_("Thông báo"), template="board/_told.html", about=told, order=5)] if told else []
    return found + [Panel(_("Thăm dò"), template="board/_poll.html", about=one, order=15) for one in polls]


ON_ME, ON_FRONT, ON_CHAPTER = on_me, on_front, on_chapter
