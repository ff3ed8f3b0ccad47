"""The record of a question where it was asked: from the answers of contests and shows that are over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app import language
from app.services.banks.question_results import ENOUGH, level
from app.services.banks.review_desk import Use
from app.services.contests.results import statistics
from app.services.people import chapters
from app.services.shows.item_figures import Shown, shown_in
from quizzes.contest.desk.statistics import Item

MOST = 5  # contests listed


@dataclass(frozen=True)
class Real:
    """A question's own figures in the contests that asked it, and how hard it was over all of them (None: too few)."""

    asked_in: list[tuple[Use, Item]]
    difficulty: int | None
    answers: int
    shown_in: list[tuple[Use, Shown]]
    """The same for shows."""
    chapters: Mapping[int, str]
    """Names of the chapters of the figures."""


def real(uses: Sequence[Use], name: str) -> Real:
    """`name`: "<bank>/<key>" as contests know it. Figures that are still being made are there the next time."""
    over = [one for one in uses if one.kind == "contest" and one.over][:MOST]
    found = [(one, item) for one in over if (item := _item(one.contest_id, name))]
    answers = sum(item.asked for _, item in found)
    right = sum(item.asked * item.facility for _, item in found)
    shown = _shown(uses, name)
    told = [*(one.chapters for _, one in found), *(one.chapters for _, one in shown)]
    names = chapters.names_of({chapter for one in told for chapter in one})
    return Real(found, level(right // answers) if answers >= ENOUGH else None, answers, shown, names)


def _shown(uses: Sequence[Use], name: str) -> list[tuple[Use, Shown]]:
    over = [one for one in uses if one.kind == "show" and one.over][:MOST]
    key, lang = name.partition("/")[2], language.current()
    return [(one, found) for one in over if (found := shown_in(one.public_id, key, lang))]


def _item(contest_id: int, name: str) -> Item | None:
    found = statistics.ready(contest_id)
    return next((one for one in found.items if one.question == name), None) if found else None
