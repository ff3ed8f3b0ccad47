"""How a question did where it was asked: from the answers of contests that are over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.services.banks.review_desk import Use
from app.services.contests.results import statistics
from quizzes.contest.desk.statistics import Item

ENOUGH = 30
"""From so many answers on a facility says how hard a question is."""
STEPS = (850, 700, 500, 300)
"""Thousandths right from which a question is of difficulty 1, 2, 3, 4; below the last of 5."""
MOST = 5


@dataclass(frozen=True)
class Real:
    """A question's own figures in the contests that asked it, and how hard it was over all of them (None: too few)."""

    asked_in: list[tuple[Use, Item]]
    difficulty: int | None
    answers: int


def real(uses: Iterable[Use], name: str) -> Real:
    """`name`: "<bank>/<key>" as contests know it. Figures that are still being made are there the next time."""
    over = [one for one in uses if one.kind == "contest" and one.over][:MOST]
    found = [(one, item) for one in over if (item := _item(one.contest_id, name))]
    answers = sum(item.asked for _, item in found)
    right = sum(item.asked * item.facility for _, item in found)
    return Real(found, level(right // answers) if answers >= ENOUGH else None, answers)


def level(facility: int) -> int:
    """Difficulty 1 to 5 of what so many thousandths answer rightly."""
    return 1 + sum(facility < step for step in STEPS)


def _item(contest_id: int, name: str) -> Item | None:
    found = statistics.ready(contest_id)
    return next((one for one in found.items if one.question == name), None) if found else None
