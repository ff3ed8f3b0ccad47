"""Deeds on a member's first page, and a chapter's figures of them."""

from __future__ import annotations

from flask import url_for
from flask_babel import format_decimal
from flask_babel import gettext as _

from app.pages.parts.mine import Line, Panel
from app.services.deeds import kinds, looking
from app.services.deeds.sums import GOOD, WAITING
from app.services.people.chapters import ChapterLine
from app.services.people.sign_ins import CurrentMember
from quizzes.deeds.kinds import of_counted
from quizzes.deeds.sums import along

MOST = 5  # kinds on the panel


def on_me(member: CurrentMember) -> list[Panel]:
    """Shows how many deeds are verified and how many wait; noting one is the next step."""
    counts = looking.mine(member.id)
    lines = [Line(_("Đã xác minh"), figure=str(counts.get(GOOD, 0)), good=bool(counts.get(GOOD)))]
    if counts.get(WAITING):
        lines.append(Line(_("Chờ xác minh"), figure=str(counts[WAITING])))
    return [
        Panel(_("Việc làm giúp dân"), tuple(lines), next=Line(_("Ghi việc vừa làm"), url_for("deeds.index")), order=30)
    ]


def on_chapter(chapter: ChapterLine) -> list[Panel]:
    """Shows the kinds of deeds done most, verified and old figures together; nobody is named."""
    own = looking.own_sums(chapter.path)
    sums: dict[str, int] = {}
    for name in {name for of in own.values() for name in of}:
        counts = {path: of[name].good + of[name].old for path, of in own.items() if name in of}
        sums[name] = along(counts).get(chapter.path, 0)
    known, total = kinds.all_kinds(), sum(sums.values())
    most = sorted((name for name in sums if sums[name]), key=lambda name: (-sums[name], name))[:MOST]
    if not most:
        return []
    lines = []
    for name in most:
        kind, step = of_counted(name)
        words = known[kind].step(step) if kind in known else None
        if words:
            lines.append(Line(_(known[kind].name), under=_(words.words), figure=format_decimal(sums[name])))
    headline = _("%(n)s việc", n=format_decimal(total))
    return [Panel(_("Việc làm giúp dân"), tuple(lines), headline=headline, order=40)]


ON_ME, ON_CHAPTER = on_me, on_chapter
