"""The entrance of a contest, before anybody has begun."""

from __future__ import annotations

from typing import Any

from flask_babel import format_decimal
from flask_babel import gettext as _

from app.pages.parts.saying import GROUPS
from app.services.contests.contests import Frozen
from app.services.contests.taking import decks, entrants
from quizzes.contest.setup.waves import hours_of
from quizzes.contest.taking import attempts as rules_of_taking
from quizzes.refusals import Rejected
from quizzes.settings.values import in_points


def hours(contest: Frozen, known: entrants.Known) -> list[tuple[int, int]]:
    """When each wave opens and closes for this person."""
    return [hours_of(one, known.person.chapters) for one in contest.rules.waves]


def brings(contest: Frozen) -> tuple[str, str] | None:
    """Points in the ledger for taking part and for each right answer; None where it brings none."""
    points = contest.rules.points
    if not (points.entry or points.per_wave or points.per_right):
        return None
    return format_decimal(in_points(points.entry + points.per_wave)), format_decimal(in_points(points.per_right))


def lengths(contest: Frozen) -> list[int]:
    """The lengths of papers, in questions: one number, or one for each division that differs."""
    keys = [one.key for one in contest.rules.divisions] or [""]
    return sorted({decks.length(contest, key) for key in keys})


def division(contest: Frozen, known: entrants.Known) -> Any:
    try:
        return rules_of_taking.admitted(contest.rules, known.person, contest.asked)
    except Rejected:
        return None


def groups(contest: Frozen) -> list[tuple[str, str]]:
    return [(name, _(GROUPS[name]) if name in GROUPS else name) for name in entrants.choosable(contest)]
