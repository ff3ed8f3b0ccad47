# ruff: noqa: RUF009  (fields declare themselves by calls)
"""The plan of a paper: how many questions of which topics and difficulties, and which are in every paper.

Cells may nest (5 of any topic besides 3 of one topic) but not cross: then drawing narrow cells first
always succeeds where the counts fit, and every question of a cell keeps the same chance.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from quizzes.questions.contract import Question
from quizzes.refusals import N_
from quizzes.settings.fields import Span, flag, names, parts, span, whole
from quizzes.siblings import unit


@dataclass(frozen=True)
class Cell:
    """`count` questions out of those of the topics (none named: any) and difficulties."""

    topics: tuple[str, ...] = names(N_("Chủ đề"))
    difficulty: Span = span(N_("Độ khó"), 1, 5)
    count: int = whole(10, 1, 200, N_("Số câu"))


@dataclass(frozen=True)
class Blueprint:
    cells: tuple[Cell, ...] = parts(Cell, N_("Ma trận đề"), 50)
    fixed: tuple[str, ...] = names(N_("Câu hỏi có trong mọi đề"))
    shuffle_questions: bool = flag(True, N_("Đảo thứ tự câu hỏi"))
    shuffle_options: bool = flag(True, N_("Đảo thứ tự phương án"))


def size(plan: Blueprint) -> int:
    """Questions in a paper."""
    return len(plan.fixed) + sum(cell.count for cell in plan.cells)


def practice_plan(plan: Blueprint) -> Blueprint:
    """Practice has the shape of the real paper, without its fixed questions."""
    return replace(plan, fixed=())


def levels(cell: Cell) -> range:
    low, high = cell.difficulty
    return range(low or 1, (high or 5) + 1)


def fits(cell: Cell, question: Question) -> bool:
    difficulty: Any = question.get("difficulty")
    return (not cell.topics or question.get("topic") in cell.topics) and difficulty in levels(cell)


def within(inner: Cell, outer: Cell) -> bool:
    """True when every question that fits `inner` also fits `outer`."""
    topics = not outer.topics or (bool(inner.topics) and set(inner.topics) <= set(outer.topics))
    return topics and set(levels(inner)) <= set(levels(outer))


def cross(one: Cell, other: Cell) -> bool:
    """True when some questions may fit both, and neither lies within the other."""
    topics = not one.topics or not other.topics or bool(set(one.topics) & set(other.topics))
    shared = topics and bool(set(levels(one)) & set(levels(other)))
    return shared and not within(one, other) and not within(other, one)


def narrow_first(cells: Sequence[Cell]) -> list[int]:
    """The places of the cells in an order in which each comes after those within it."""
    left = list(range(len(cells)))
    ordered: list[int] = []
    while left:
        place = next(one for one in left if not any(_inner(cells[other], cells[one]) for other in left))
        left.remove(place)
        ordered.append(place)
    return ordered


def _inner(one: Cell, outer: Cell) -> bool:
    return within(one, outer) and not within(outer, one)


def pool(cell: Cell, snapshot: Iterable[Question], fixed: Iterable[str]) -> list[Question]:
    """The questions of a cell, by id, without the fixed ones."""
    given = set(fixed)
    found = [question for question in snapshot if question["id"] not in given and fits(cell, question)]
    return sorted(found, key=lambda question: str(question["id"]))


@dataclass(frozen=True)
class Shortage:
    """A cell that cannot be filled: `need` counts what the cells within it take from the same questions, `have` the
    questions it surely has, of siblings one."""

    cell: Cell
    need: int
    have: int


def shortages(plan: Blueprint, snapshot: Iterable[Question]) -> list[Shortage]:
    bank = list(snapshot)
    fixed = {unit(question) for question in bank if question["id"] in plan.fixed}
    units = {cell: {unit(one) for one in pool(cell, bank, plan.fixed)} - fixed for cell in plan.cells}
    found = []
    for cell in dict.fromkeys(plan.cells):
        need = sum(other.count for other in plan.cells if within(other, cell))
        have = len(units[cell]) - _lost(plan, cell, units)
        if have < need:
            found.append(Shortage(cell, need, have))
    return found


def _lost(plan: Blueprint, cell: Cell, units: Mapping[Cell, set[str]]) -> int:
    """The most units that cells beside this one may take from it first: siblings may lie in both."""
    beside = (
        plan.cells[place]
        for place in _earlier(plan.cells, cell)
        if not within(plan.cells[place], cell) and not within(cell, plan.cells[place])
    )
    return sum(min(other.count, len(units[other] & units[cell])) for other in beside)


def _earlier(cells: Sequence[Cell], cell: Cell) -> list[int]:
    """The places of the cells that are drawn before the last one that equals `cell`."""
    order = narrow_first(cells)
    last = max(at for at, place in enumerate(order) if cells[place] == cell)
    return order[:last]


def chances(plan: Blueprint, snapshot: Iterable[Question]) -> dict[str, Fraction]:
    """Question -> its chance of being in a paper. It is exact, except where siblings lie in cells beside each other:
    there the number that is left varies, and its mean is taken."""
    bank = list(snapshot)
    fixed = [question for question in bank if question["id"] in plan.fixed]
    chance = {str(question["id"]): Fraction(1) for question in fixed}
    taken = {unit(question): Fraction(1) for question in fixed}
    for cell in (plan.cells[place] for place in narrow_first(plan.cells)):
        members: dict[str, list[str]] = {}
        for question in pool(cell, bank, plan.fixed):
            members.setdefault(unit(question), []).append(str(question["id"]))
        left = sum((1 - taken.get(one, Fraction(0)) for one in members), start=Fraction(0))
        share = min(cell.count / left, Fraction(1)) if left > 0 else Fraction(0)
        for one, keys in members.items():
            won = (1 - taken.get(one, Fraction(0))) * share
            taken[one] = taken.get(one, Fraction(0)) + won
            chance |= {name: chance.get(name, Fraction(0)) + won / len(keys) for name in keys}
    return chance
