"""Targets on a member's first page and on a chapter's page: how many are reached, and what a member can say."""

from __future__ import annotations

from flask import url_for
from flask_babel import gettext as _

from app.language import ours
from app.pages.parts.frame import datum
from app.pages.parts.mine import Line, Panel
from app.services.people.chapters import ChapterLine, chapter
from app.services.people.sign_ins import CurrentMember
from app.services.targets import filling, looking
from quizzes.targets.shapes import DECLARATIONS, DECLARED

MOST = 4  # targets on the panel


def on_me(member: CurrentMember) -> list[Panel]:
    """Shows the declarations that the chapter's targets ask of a member, if there are any."""
    wanted = {one.declares for one in looking.targets(member.path) if DECLARED in one.ways}
    home = chapter(member.chapter_id)
    if not wanted or home is None:
        return []
    said = filling.declared(member.id)
    left = [key for key in DECLARATIONS if key in wanted - said]
    lines = tuple(
        Line(_(DECLARATIONS[key]), figure=_("đã khai"), good=True) for key in DECLARATIONS if key in wanted & said
    )
    step = Line(_("Khai những gì tôi đã có"), url_for("targets.mine")) if left else None
    more = Line(_("Chỉ tiêu của cơ sở"), url_for("targets.index", chapter_id=member.chapter_id))
    return [Panel(_("Chỉ tiêu"), lines, next=step, more=more, order=35)]


def on_chapter(of: ChapterLine) -> list[Panel]:
    """Shows the targets of the chapter; its progress is on the page behind."""
    those = looking.targets(of.path)
    if not those:
        return []
    shown = tuple(Line(ours(one.title), under=_("hạn %(day)s", day=datum(one.ends_on))) for one in those[:MOST])
    more = Line(_("Mọi chỉ tiêu"), url_for("targets.index", chapter_id=of.id))
    return [Panel(_("Chỉ tiêu"), shown, headline=str(len(those)), more=more, order=35)]


ON_ME, ON_CHAPTER = on_me, on_chapter
