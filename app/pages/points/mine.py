"""Points on a member's first page, as a sum that explains itself, and on a chapter's."""

from __future__ import annotations

import time

from flask import url_for
from flask_babel import format_decimal
from flask_babel import gettext as _

from app import language
from app.pages.parts.frame import day
from app.pages.parts.mine import Line, Panel
from app.services import points
from app.services.people import chapters
from app.services.people.chapters import ChapterLine
from app.services.people.sign_ins import CurrentMember
from app.services.points import reading
from quizzes.ledger.sources import MANY

LATEST = 5  # entries on the panel


def _season() -> int:
    return points.season_of(time.time_ns() // 1000)


def on_me(member: CurrentMember) -> list[Panel]:
    """10 + 2 + 20 = 32, for the chapter that gets them, and the latest reasons."""
    season = _season()
    total, parts = reading.total(member.id, season), reading.by_source(member.id, season)
    home = chapters.chapter(member.chapter_id)
    figures = {"figure": format_decimal(total), "chapter": home.name if home else ""}
    sums = " + ".join(format_decimal(half) for _kind, half in parts).replace("+ -", "− ")
    text = (
        _("%(sum)s = %(figure)s, cho %(chapter)s", sum=sums, **figures)
        if len(parts) > 1
        else _("%(figure)s điểm, cho %(chapter)s", **figures)
    )
    lines = [Line(_(MANY[kind]), figure=format_decimal(half)) for kind, half in parts] if len(parts) > 1 else []
    lines += [
        Line(
            _(one.sentence, title=language.say(one.titles)) if one.titles else _(MANY[one.kind]),
            under=day(one.at),
            figure=("+" if one.points > 0 else "") + format_decimal(one.points),
        )
        for one in reading.lines(member.id, LATEST)
    ]
    more = Line(_("Điểm từ đâu ra"), url_for("my_points.index"))
    return [
        Panel(
            _("Điểm của tôi, năm %(season)s", season=season),
            tuple(lines),
            text=text,
            headline=format_decimal(total),
            more=more,
            order=30,
        )
    ]


def on_chapter(chapter: ChapterLine) -> list[Panel]:
    """Shows the points of the chapter's members, and its rank among chapters of its level."""
    earned, people = reading.chapter_total(chapter.path, _season())
    more = Line(_("Xem bảng xếp hạng"), url_for("ranking.index", kind=chapter.kind) + f"#c{chapter.id}")
    each = format_decimal(round(earned / people, 2)) if people else "0"
    text = _("%(n)s điểm mỗi đoàn viên", n=each)
    return [
        Panel(
            _("Điểm năm %(season)s", season=_season()), headline=format_decimal(earned), text=text, more=more, order=30
        )
    ]


ON_ME, ON_CHAPTER = on_me, on_chapter
