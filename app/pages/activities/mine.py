"""Activities on the first page of a member and on a chapter's page."""

from __future__ import annotations

from flask import url_for
from flask_babel import gettext as _

from app.pages.parts.asked import is_inside
from app.pages.parts.frame import moment
from app.pages.parts.mine import Line, Panel
from app.security import current_member
from app.services.activities import planning
from app.services.movement.clock import now
from app.services.people.chapters import ChapterLine, ids_of
from app.services.people.sign_ins import CurrentMember
from quizzes.activities.kinds import ACTIVITIES
from quizzes.hours import DAY

AHEAD = 60 * DAY
"""How far ahead activities are shown on the panel, microseconds."""
MOST = 4  # activities on the panel


def on_me(member: CurrentMember) -> list[Panel]:
    """Shows the next activities of the member's chapter and those above it."""
    return _panel(ids_of(member.path), Line(_("Hoạt động tôi đã dự"), url_for("attending.mine")))


def on_chapter(chapter: ChapterLine) -> list[Panel]:
    """Shows the chapter's next activities, and the ways to the rest of the field."""
    more = Line(_("Mọi hoạt động"), url_for("activities.index", chapter_id=chapter.id))
    return [*_panel([chapter.id], more), _doors(chapter)]


def _doors(chapter: ChapterLine) -> Panel:
    """The links to everything a member of the chapter does in the field."""
    doors = [
        ("activities.index", _("Hoạt động")),
        ("sites.index", _("Tuyến phố, chợ")),
        ("voice.index", _("Tiếng loa thanh niên")),
    ]
    member = current_member()
    if is_inside(member, chapter.path):
        doors += [
            ("teams.index", _("Tổ công nghệ số, đội hình")),
            ("undertakings.index", _("Công trình, ý tưởng, thỏa thuận")),
        ]
    lines = tuple(Line(words, url_for(door, chapter_id=chapter.id)) for door, words in doors)
    return Panel(_("Phong trào ở cơ sở"), lines, order=60)


def _panel(chapter_ids: list[int], more: Line) -> list[Panel]:
    at = now()
    found = planning.of_chapters(chapter_ids, at, at + AHEAD, MOST)
    lines = tuple(
        Line(
            one.title,
            url_for("activities.show", public_id=one.public_id),
            f"{moment(one.starts_at)} · {one.place}" if one.place else moment(one.starts_at),
            _(ACTIVITIES[one.kind].name),
        )
        for one in found
    )
    return [Panel(_("Hoạt động sắp tới"), lines, more=more, order=25)] if lines else []


ON_ME, ON_CHAPTER = on_me, on_chapter
