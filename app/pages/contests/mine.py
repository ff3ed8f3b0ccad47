"""Contests on a member's first page: those that wait, those that were taken; and those of a chapter."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import replace

from flask import url_for
from flask_babel import format_decimal
from flask_babel import gettext as _

from app import language
from app.pages.contests.overview import state_of
from app.pages.parts import saying
from app.pages.parts.mine import Line, Panel
from app.services.contests import lists
from app.services.contests.contests import ContestLine
from app.services.contests.publishing.own import OwnPlace, own_place
from app.services.people.chapters import ChapterLine
from app.services.people.sign_ins import CurrentMember
from quizzes.hours import DAY
from quizzes.refusals import N_

MOST = 6  # contests on the panel
WITH_PLACES = 2  # contests shown with the own place
LOOKED_BACK = 60 * DAY
"""How long a contest that is over is still shown, microseconds."""
STATES = {"open": N_("Đang mở"), "coming": N_("Sắp mở"), "between": N_("Chờ đợt sau"), "over": N_("Đã kết thúc")}


def on_me(member: CurrentMember) -> list[Panel]:
    """Shows the contests open for this member, those they have taken, and the one that can be taken now."""
    now = time.time_ns() // 1000
    found = lists.for_member(member.id, now, now - LOOKED_BACK)
    taken = lists.taken(member.id, [one.id for one in found])
    wanted = [one for one in found if (one.last_at or 0) > now or one.id in taken][:MOST]
    if not wanted:
        return []
    waits = next((one for one in wanted if state_of(one, now) == "open" and one.id not in taken), None)
    step = _line(waits, now, set()) if waits else None
    more = Line(_("Mọi cuộc thi"), url_for("contests.index"))
    places = {one.id: own_place(one.id, member.id, now) for one in _ended(wanted, now, taken)}
    lines = tuple(_with_place(_line(one, now, taken), one, places.get(one.id)) for one in wanted)
    return [Panel(_("Cuộc thi của tôi"), lines, next=step, more=more, order=10)]


def _ended(wanted: list[ContestLine], now: int, taken: set[int]) -> list[ContestLine]:
    """The contests whose places are looked up: a published table is large, so only of the newest."""
    return sorted(
        (one for one in wanted if one.id in taken and (one.last_at or 0) <= now), key=lambda one: -(one.last_at or 0)
    )[:WITH_PLACES]


def _with_place(line: Line, one: ContestLine, place: OwnPlace | None) -> Line:
    if place is None:
        return line
    said = (
        _("hạng %(rank)s trong %(of)s người", rank=format_decimal(place.rank), of=format_decimal(place.of))
        if place.official
        else _("tạm xếp hạng %(rank)s trong %(of)s người", rank=format_decimal(place.rank), of=format_decimal(place.of))
    )
    results = url_for("contest_results.one", public_id=one.public_id)
    return replace(line, href=results, figure=said, good=place.official)


def on_chapter(chapter: ChapterLine) -> list[Panel]:
    """The contests this chapter holds itself."""
    now = time.time_ns() // 1000
    found = lists.of_chapter(chapter.id, now - LOOKED_BACK)[:MOST]
    return [Panel(_("Cuộc thi của cơ sở"), _lines(found, now, set()), order=20)] if found else []


def _lines(found: Iterable[ContestLine], now: int, taken: set[int]) -> tuple[Line, ...]:
    return tuple(_line(one, now, taken) for one in found)


def _line(one: ContestLine, now: int, taken: set[int]) -> Line:
    state = state_of(one, now)
    when = (
        _("Mở lúc %(at)s", at=saying.at(one.first_at or 0))
        if state == "coming"
        else _("Đến %(at)s", at=saying.at(one.last_at or 0))
    )
    done = one.id in taken
    return Line(
        language.say(one.title),
        url_for("contests.one", public_id=one.public_id),
        when,
        _("bạn đã dự thi") if done else _(STATES.get(state, state)),
        good=done or state == "open",
    )


ON_ME, ON_CHAPTER = on_me, on_chapter
