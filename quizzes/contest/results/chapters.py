"""Tables of chapters at every level of the tree. A person counts once, in the chapter of the first try.

Rates use head-counts locked before the opening. A rate above 1 is cut and marked: somebody's list is wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from quizzes.ranking import fading_sum, rate


@dataclass(frozen=True)
class Unit:
    """A chapter as it was when the contest opened."""

    id: int
    parent: int | None
    kind: str
    members: int
    """Members of the whole subtree, locked before the opening; 0 is not declared."""


@dataclass(frozen=True)
class Entrant:
    """One person's part in the results of the chapters above."""

    member: int
    chapter: int | None
    score: int
    """Half-points, all waves together."""
    all_correct: bool
    prizes: int = 0
    unit_points: int = 0
    """Half-points that the person's prizes are converted to."""


@dataclass(frozen=True)
class UnitRow:
    unit: int
    depth: int
    """0 at the root."""
    entrants: int
    members: int
    rate: int
    """Millionths of the locked head-count."""
    too_many: bool
    """More entrants than members."""
    all_correct: int
    score: int
    average: int
    """Thousandths of a half-point for each entrant."""
    winners: int
    """People with a prize."""
    prize_points: int
    fading: int
    """Σ 0.95^i · score_i, thousandths of a half-point."""
    weighted: int
    """Rate in points plus prizes converted, thousandths of a half-point."""


def paths(units: Iterable[Unit]) -> dict[int, tuple[int, ...]]:
    """Unit -> itself and those above it, up to the root."""
    parents = {unit.id: unit.parent for unit in units}
    found: dict[int, tuple[int, ...]] = {}
    for unit in parents:
        path: list[int] = []
        at: int | None = unit
        while at is not None and at not in path:
            path.append(at)
            at = parents.get(at)
        found[unit] = tuple(path)
    return found


def table(units: Sequence[Unit], entrants: Iterable[Entrant], rate_points: int) -> list[UnitRow]:
    """Every chapter of the tree, by number. `rate_points`: half-points for a rate of 1."""
    above = paths(units)
    below: dict[int, list[Entrant]] = {unit.id: [] for unit in units}
    for one in entrants:
        for unit in above.get(one.chapter, ()) if one.chapter is not None else ():
            if unit in below:
                below[unit].append(one)
    ordered = sorted(units, key=lambda unit: unit.id)
    return [_row(unit, len(above[unit.id]) - 1, below[unit.id], rate_points) for unit in ordered]


def _row(unit: Unit, depth: int, people: Sequence[Entrant], rate_points: int) -> UnitRow:
    score = sum(one.score for one in people)
    part = rate(len(people), unit.members)
    converted = sum(one.unit_points for one in people)
    return UnitRow(
        unit=unit.id,
        depth=depth,
        entrants=len(people),
        members=unit.members,
        rate=part,
        too_many=0 < unit.members < len(people),
        all_correct=sum(one.all_correct for one in people),
        score=score,
        average=score * 1000 // len(people) if people else 0,
        winners=sum(one.prizes > 0 for one in people),
        prize_points=converted,
        fading=fading_sum(one.score for one in people),
        weighted=part * rate_points // 1000 + converted * 1000,
    )


def homes(chapters: Iterable[tuple[int, int, int | None]]) -> Mapping[int, int | None]:
    """(attempt number, member, chapter) -> the chapter of each member's first try."""
    found: dict[int, int | None] = {}
    for _, member, chapter in sorted(chapters, key=lambda one: one[:2]):
        found.setdefault(member, chapter)
    return found
