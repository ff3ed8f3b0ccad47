"""Pairs of papers written side by side: the same questions answered in the same seconds, or in the same drawn order.

Two people who do not talk answer a question at the same moment (within `NEAR`) with the chance 2·NEAR / (the time both
were writing); two papers shuffled apart put the same question next with the chance 1 / (the questions both have left).
The chance of at least as many agreements (Poisson-binomial tail, as in likeness.py), times the number of pairs that
were compared, is what chance alone would give. Papers in one fixed order, or with a clock for each question, agree by
design: they are not compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from quizzes.contest.desk.likeness import tail
from quizzes.engine import SECOND

NEAR = 3 * SECOND
"""Two answers this close together count as at the same moment, microseconds."""
LEAST_TOGETHER = 6
"""The fewest questions answered at the same moment, or next to each other, that make a signal."""
NEIGHBOURS = 20
"""How many papers that began next in the same chapter, device or address each paper is compared with."""


@dataclass(frozen=True)
class Path:
    """When each question of a paper was first answered, microseconds; `groups` as in likeness.Sheet."""

    attempt: int
    member: int
    started_at: int
    answered_at: Mapping[str, int]
    groups: tuple[str, ...] = ()

    @property
    def order(self) -> list[str]:
        """The questions in the order of their answers."""
        return sorted(self.answered_at, key=lambda name: (self.answered_at[name], name))


@dataclass(frozen=True)
class Together:
    """A pair: `count` of `shared` questions agree, which chance alone gives `expected` times in this contest."""

    kind: str
    """"in_step" (the same moments) or "same_path" (the same order)."""
    one: Path
    other: Path
    shared: int
    count: int
    expected: float


def together(paths: Sequence[Path], most_expected: float) -> list[Together]:
    """The pairs that chance explains less often than `most_expected`, the strangest first."""
    compared = list(dict.fromkeys(_candidates(paths)))
    by_attempt = {path.attempt: path for path in paths}
    found: list[Together | None] = []
    for one, other in compared:
        pair = (by_attempt[one], by_attempt[other])
        found += [_in_step(*pair, len(compared)), _same_path(*pair, len(compared))]
    strange = [one for one in found if one is not None and one.expected <= most_expected]
    return sorted(strange, key=lambda one: (one.expected, one.one.attempt, one.other.attempt, one.kind))


def _candidates(paths: Sequence[Path]) -> Iterator[tuple[int, int]]:
    groups: dict[str, list[Path]] = {}
    for path in sorted(paths, key=lambda one: (one.started_at, one.attempt)):
        for name in path.groups:
            groups.setdefault(name, []).append(path)
    for members in groups.values():
        for index, one in enumerate(members):
            for other in members[index + 1 : index + 1 + NEIGHBOURS]:
                if one.member != other.member:
                    yield min(one.attempt, other.attempt), max(one.attempt, other.attempt)


def _in_step(one: Path, other: Path, compared: int) -> Together | None:
    shared = one.answered_at.keys() & other.answered_at.keys()
    near = sum(abs(one.answered_at[name] - other.answered_at[name]) <= NEAR for name in shared)
    if near < LEAST_TOGETHER:
        return None
    both = [path.answered_at[name] for path in (one, other) for name in shared]
    chance = min(1.0, 2 * NEAR / max(max(both) - min(both), 2 * NEAR))
    return Together("in_step", one, other, len(shared), near, tail([chance] * len(shared), near) * compared)


def _same_path(one: Path, other: Path, compared: int) -> Together | None:
    shared = one.answered_at.keys() & other.answered_at.keys()
    mine, theirs = ([name for name in path.order if name in shared] for path in (one, other))
    steps = set(pairwise(mine)) & set(pairwise(theirs))
    if len(steps) < LEAST_TOGETHER:
        return None
    chances = [1 / left for left in range(2, len(shared) + 1)]
    return Together("same_path", one, other, len(shared), len(steps), tail(chances, len(steps)) * compared)


def clusters(pairs: Sequence[tuple[int, int]], least: int = 3) -> list[tuple[int, ...]]:
    """Attempts that hang together by pairs, the biggest first: a room that worked as one."""
    root: dict[int, int] = {}

    def top(at: int) -> int:
        while root.setdefault(at, at) != at:
            at = root[at]
        return at

    for one, other in pairs:
        root[top(one)] = top(other)
    groups: dict[int, list[int]] = {}
    for at in list(root):
        groups.setdefault(top(at), []).append(at)
    return sorted(
        (tuple(sorted(group)) for group in groups.values() if len(group) >= least), key=lambda one: (-len(one), one)
    )
