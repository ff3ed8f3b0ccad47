"""One person's paper: drawn from the frozen snapshot with the contest's seed, so anyone can draw it again.

Within a cell the questions are put in order of how hard they are expected to be (equal ones in drawn
order) and taken by ordered pivotal sampling (Deville & Tillé 1998): every question has exactly the same
chance, and one comes from each stretch of the order, so that papers are about equally hard. Siblings give each
other away: first one of them is drawn, then it takes part for all of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quizzes.contest.setup.blueprint import Blueprint, narrow_first, pool, shortages
from quizzes.draws import Draws
from quizzes.questions import of
from quizzes.questions.contract import Question, Shown
from quizzes.refusals import Rejected
from quizzes.siblings import apart, unit

Snapshot = Mapping[str, Question]
"""Every question the contest may ask, by id, with its key: frozen when the contest opens."""

PRIOR = (900, 750, 600, 450, 300)
"""Expected share of right answers (thousandths) by difficulty 1 to 5, until real answers are known."""


@dataclass(frozen=True)
class Asked:
    """One question of a paper with its drawn option ids in shown order."""

    question: str
    shown: Shown


@dataclass(frozen=True)
class Paper:
    asked: tuple[Asked, ...]


def facility(question: Question) -> int:
    """Expected share right: `facility` of the frozen question where it was measured, else by difficulty."""
    known = question.get("facility")
    return known if isinstance(known, int) else PRIOR[question["difficulty"] - 1]


@dataclass(frozen=True)
class Deck:
    """A plan with its questions laid out: made once for a contest and division, kept while it is open."""

    plan: Blueprint
    snapshot: Snapshot
    piles: tuple[tuple[int, int, tuple[Question, ...]], ...]
    """(place of the cell in the plan, count, its questions by id), narrow cells first."""


def deck(plan: Blueprint, snapshot: Snapshot) -> Deck:
    """The piles that papers are drawn from. Rejected("too_few_questions") where the snapshot cannot fill a paper;
    opening.py says which cell."""
    bank = list(snapshot.values())
    if shortages(plan, bank) or not set(plan.fixed) <= set(snapshot):
        raise Rejected("too_few_questions")
    cells = ((place, plan.cells[place]) for place in narrow_first(plan.cells))
    piles = ((place, cell.count, tuple(pool(cell, bank, plan.fixed))) for place, cell in cells)
    return Deck(plan, snapshot, tuple(piles))


def draw(cards: Deck, seed: str, wave: int, member: int, try_no: int, pile: str = "paper") -> Paper:
    """The paper of a member's try; `pile` is "practice" for tries that do not count."""
    path: tuple[str | int, ...] = (pile, wave, member, try_no)
    ids = picked(cards, seed, path)
    if cards.plan.shuffle_questions:
        ids = Draws(seed, *path, "order").shuffled(ids)
    return Paper(tuple(Asked(one, _shown(cards.plan, cards.snapshot[one], seed, path)) for one in ids))


def picked(cards: Deck, seed: str, path: tuple[str | int, ...]) -> list[str]:
    """Question ids of a paper: the fixed ones, then in the order of the plan's cells."""
    taken = {unit(cards.snapshot[one]) for one in cards.plan.fixed}
    found: dict[int, list[str]] = {}
    for place, count, questions in cards.piles:
        left = apart(questions, Draws(seed, *path, "siblings", place), taken)
        found[place] = balanced(left, count, Draws(seed, *path, "cell", place))
        taken.update(unit(cards.snapshot[one]) for one in found[place])
    return list(cards.plan.fixed) + [one for place in sorted(found) for one in found[place]]


def balanced(questions: Sequence[Question], count: int, draws: Draws) -> list[str]:
    """`count` ids; each question with chance count/len, spread over the range of expected difficulty."""
    ordered = sorted(draws.shuffled(questions), key=facility)
    total = len(ordered)
    if count >= total:
        return [str(question["id"]) for question in ordered]
    chosen: list[str] = []
    carried, rest = "", 0
    stretch: list[str] = []
    for name in (str(question["id"]) for question in ordered):
        weight = rest + count * len(stretch)
        if weight + count < total:
            stretch.append(name)
            continue
        # `stretch` sends one question on with the weight of all: it or the next is chosen, the other is carried
        pick = draws.below(weight)
        waiting = carried if pick < rest else stretch[(pick - rest) // count]
        first = draws.below(2 * total - weight - count) < total - count
        chosen.append(waiting if first else name)
        carried, rest, stretch = (name if first else waiting), weight + count - total, []
    return chosen


def _shown(plan: Blueprint, question: Question, seed: str, path: tuple[str | int, ...]) -> Shown:
    shown = of(question).arrange(question, Draws(seed, *path, "options", str(question["id"])))
    if plan.shuffle_options or "shuffle" not in of(question).settings:  # elsewhere the written order is the key
        return shown
    ids = [one for one, _ in shown]
    return [[name, index] for name, index in zip(ids, sorted(index for _, index in shown), strict=True)]


def plan_for(blueprint: Blueprint, own: Blueprint | None) -> Blueprint:
    """A division's own plan where it has one."""
    return own if own is not None and (own.cells or own.fixed) else blueprint


def written(paper: Paper) -> list[list[Any]]:
    """The paper as JSON: [[question id, shown], ...]."""
    return [[one.question, [list(pair) for pair in one.shown]] for one in paper.asked]


def restored(stored: Sequence[Sequence[Any]]) -> Paper:
    return Paper(tuple(Asked(str(question), shown) for question, shown in stored))
