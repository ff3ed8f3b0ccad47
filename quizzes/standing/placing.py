"""Placing chapters by the rules of a standing. Integers only, and nothing depends on the order of the rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import mul
from typing import NamedTuple

from quizzes.ranking import MILLION, rate
from quizzes.standing.figures import Candidate, Figures
from quizzes.standing.rules import FADING, TOTAL, Rules, weights

FULL = 10_000
"""The best that a part can be: 100 with two decimals."""


def _per_head(count: Callable[[Figures], int]) -> Callable[[Figures], int]:
    return lambda of: max(count(of), 0) * MILLION // of.people if of.people > 0 else 0


PER_HEAD: Mapping[str, Callable[[Figures], int]] = {
    "points": _per_head(lambda of: of.points),
    "contests": _per_head(lambda of: of.contests),
    "shows": _per_head(lambda of: of.shows),
    "deeds": _per_head(lambda of: of.deeds),
}
"""A figure compared with the best of the group, which has 100, in millionths."""
RATES: Mapping[str, Callable[[Figures], int]] = {
    "both": lambda of: rate(of.both, of.people),
    "using": lambda of: rate(of.used, of.asked),
    "targets": lambda of: rate(of.reached, of.wanted),
}
"""A share of its own, in millionths: 100 when all have done it."""


class Placed(NamedTuple):
    """A chapter in its group. `rank` 0: below the least size, so it stands behind without a rank.

    `score`: hundredths of 100 by weights, half-points by the total, thousandths of half-points by the fading sum.
    `parts`: what each part of `weights(rules)` came to, in hundredths of 100.
    """

    number: int
    group: str
    rank: int
    score: int
    parts: tuple[int, ...] = ()

    @property
    def earned(self) -> int:
        """The rank as people read it: 0 for who has nothing, as nobody is first with no point."""
        return self.rank if self.score > 0 else 0


def placed(rules: Rules, candidates: Iterable[Candidate]) -> list[Placed]:
    """Every candidate, group by group, the best first; equal scores share a rank and are listed by number."""
    groups: dict[str, list[Candidate]] = {}
    for one in candidates:
        groups.setdefault(one.group, []).append(one)
    return [row for name in sorted(groups) for row in _in_group(rules, groups[name])]


def _in_group(rules: Rules, candidates: Sequence[Candidate]) -> list[Placed]:
    small = [one.figures.people < rules.least for one in candidates]
    parts, scores = _scored(rules, candidates, small)
    rows = zip(small, (-score for score in scores), candidates, parts, strict=True)
    found: list[Placed] = []
    for place, (behind, score, one, its) in enumerate(sorted(rows, key=lambda row: (row[0], row[1], row[2].number)), 1):
        rank = found[-1].rank if found and found[-1].score == -score else place
        found.append(Placed(one.number, one.group, 0 if behind else rank, -score, its))
    return found


def _scored(
    rules: Rules, candidates: Sequence[Candidate], small: Sequence[bool]
) -> tuple[list[tuple[int, ...]], list[int]]:
    """The parts and the score of each; part after part, as a province has 5,000 chapters. What is too small sets no
    mark."""
    weighing = weights(rules)
    if not weighing:
        total = rules.formula == TOTAL
        scores = [one.figures.points if total else one.fading if rules.formula == FADING else 0 for one in candidates]
        return [()] * len(candidates), scores
    parts = list(zip(*(_column(name, candidates, small) for name in weighing), strict=True))
    weigh, whole = tuple(weighing.values()), sum(weighing.values())
    return parts, [sum(map(mul, weigh, its)) // whole for its in parts]


def _column(name: str, candidates: Sequence[Candidate], small: Sequence[bool]) -> list[int]:
    """One part of every candidate, in hundredths of 100."""
    if name in RATES:
        share = RATES[name]
        return [share(one.figures) * FULL // MILLION for one in candidates]
    per_head = PER_HEAD[name]
    measured = [per_head(one.figures) for one in candidates]
    best = max((value for value, too_small in zip(measured, small, strict=True) if not too_small), default=0)
    return [min(value * FULL // best, FULL) if best else 0 for value in measured]


def shown(rules: Rules, score: int) -> float:
    """A score as people read it: 87.5 of 100, or points."""
    return score / {TOTAL: 2, FADING: 2000}.get(rules.formula, 100)


@dataclass(frozen=True)
class Change:
    """The change of one chapter's rank, made by new rules or by a week. 0: without a rank."""

    number: int
    before: int
    after: int

    @property
    def up(self) -> int:
        """The number of ranks it rose; 0 where one of the two is missing."""
        return self.before - self.after if self.before and self.after else 0


def changes(before: Mapping[int, int], rows: Iterable[Placed]) -> list[Change]:
    """Those whose rank differs, the largest climb or fall first."""
    found = [Change(row.number, before.get(row.number, 0), row.rank) for row in rows]
    moved = [one for one in found if one.before != one.after]
    return sorted(moved, key=lambda one: (-abs(one.up), one.after or MILLION, one.number))


def around(rows: Sequence[Placed], number: int, reach: int = 2) -> list[Placed]:
    """A chapter and its neighbours in its group."""
    mine = next((row for row in rows if row.number == number), None)
    if mine is None:
        return []
    group = [row for row in rows if row.group == mine.group]
    at = group.index(mine)
    return group[max(0, at - reach) : at + reach + 1]
