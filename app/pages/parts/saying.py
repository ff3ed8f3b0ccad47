"""Sentences of the rules (quizzes.settings.said) in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import format_datetime, format_decimal, gettext, ngettext

from app.language import current, say
from app.services.people import chapters
from app.services.people.kinds import KINDS
from quizzes import hours
from quizzes.refusals import N_
from quizzes.settings.said import At, HalfPoints, Money, Named, Said, Seconds
from quizzes.settings.values import in_points

GROUPS = {
    "official": N_("Cán bộ, công chức, viên chức"),
    "citizen": N_("Người dân"),
    "pupil": N_("Học sinh"),
    "student": N_("Sinh viên"),
    "worker": N_("Công nhân, người lao động"),
    "soldier": N_("Lực lượng vũ trang"),
}
"""Names of groups people declare; another is shown as it is written."""
Topics = Mapping[str, Mapping[str, str]]


def sayer(topics: Topics) -> Callable[[Any], str]:
    """A function that writes a sentence; `topics` names the topics of the contest's banks."""

    def write(value: Any) -> str:
        if isinstance(value, Said):
            words = {name: write(one) for name, one in value.values.items()}
            return str(gettext(value.sentence) % words)
        if isinstance(value, tuple):
            return "; ".join(map(write, value))
        if isinstance(value, Named):
            return _named(value, topics)
        return _plain(value)

    return write


def _plain(value: Any) -> str:
    if isinstance(value, At):
        return at(value.at)
    if isinstance(value, Seconds):
        return duration(value.seconds)
    if isinstance(value, HalfPoints):
        return str(format_decimal(in_points(value.half)))
    if isinstance(value, Money):
        return str(gettext("%(dong)s đồng", dong=format_decimal(value.dong)))
    return say(dict(value)) if isinstance(value, Mapping) else str(value)


def at(moment: int) -> str:
    """A moment in Việt Nam time with its day of the week; "…" while it is not known."""
    if not moment:
        return "…"
    form = "HH:mm EEEE, d/M/y" if current() == "vi" else "HH:mm EEEE, d MMM y"
    return str(format_datetime(hours.local(moment), form, rebase=False))


def duration(seconds: int) -> str:
    if seconds % 60:
        return str(ngettext("%(num)s giây", "%(num)s giây", seconds))
    return str(ngettext("%(num)s phút", "%(num)s phút", seconds // 60))


def _named(value: Named, topics: Topics) -> str:
    if value.what == "chapter":
        one = chapters.chapter(int(value.key))
        return ", ".join(filter(None, (one.name, one.place))) if one else "?"
    if value.what == "topic":
        return say(dict(topics.get(str(value.key), {}))) or str(value.key)
    known = KINDS if value.what == "kind" else GROUPS
    return gettext(known[str(value.key)]) if value.key in known else str(value.key)
