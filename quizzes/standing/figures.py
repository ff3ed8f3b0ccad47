"""The figures of a chapter for standings: counts of its whole subtree. Counts of two chapters that merge are added."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass, fields
from typing import Any

from quizzes.ranking import rolled_up


@dataclass(frozen=True)
class Figures:
    """Points are half-points. `both`: members whose two places of 1+2 are verified. `used` of `asked` people still use
    what they were taught. `deeds`: verified help outside 1+2. `reached` of `wanted`: targets, added up. `entrants`:
    members who took part in a contest. `..._visits`: those of them that a witness saw; of `both`, members one of
    whose two people was seen so. A snapshot that was frozen before a figure was counted has 0 of it."""

    people: int = 0
    points: int = 0
    contests: int = 0
    shows: int = 0
    both: int = 0
    used: int = 0
    asked: int = 0
    deeds: int = 0
    reached: int = 0
    wanted: int = 0
    entrants: int = 0
    used_visits: int = 0
    asked_visits: int = 0
    deeds_visits: int = 0
    both_visits: int = 0

    def __add__(self, other: Figures) -> Figures:
        return Figures(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))


NAMES = tuple(one.name for one in fields(Figures))


@dataclass(frozen=True)
class Candidate:
    """A chapter that is compared. `group`: its cụm or khối, "" where all stand together.

    `fading`: its members' points by `quizzes.ranking.fading_sum`, thousandths of half-points; the one figure of a
    merged chapter that is not the sum of two.
    """

    number: int
    figures: Figures
    fading: int = 0
    group: str = ""


def heirs_of(paths: Mapping[int, str], successors: Mapping[int, int]) -> dict[str, str]:
    """The path of each merged chapter, with that of the last of its successors; one that went elsewhere has none."""
    found: dict[str, str] = {}
    for number in successors:
        heir, seen = number, set[int]()
        while heir in successors and heir not in seen:
            seen.add(heir)
            heir = successors[heir]
        if number in paths and heir in paths and heir != number:
            found[paths[number]] = paths[heir]
    return found


Pairs = Iterable[tuple[str, int]]
"""Paths of chapters, each with a count."""


def inherited(own: Mapping[str, Pairs], heirs: Mapping[str, str]) -> Mapping[str, Pairs]:
    """The pairs with the figures of merged chapters at their successors, where their members are now."""
    if not heirs:
        return own
    return {name: [(heirs.get(path, path), count) for path, count in pairs] for name, pairs in own.items()}


def gathered(own: Mapping[str, Iterable[tuple[str, int]]]) -> dict[int, Figures]:
    """Chapter -> figures of its subtree, from the (path, count) pairs of each figure, in any order."""
    sums = {name: rolled_up(pairs) for name, pairs in own.items()}
    numbers = {number for counts in sums.values() for number in counts}
    return {one: Figures(**{name: counts.get(one, 0) for name, counts in sums.items()}) for one in numbers}


def as_data(one: Candidate) -> list[Any]:
    """A candidate as a frozen standing keeps it."""
    return [one.number, one.group, one.fading, *astuple(one.figures)]


def from_data(data: list[Any]) -> Candidate:
    number, group, fading, *counts = data
    return Candidate(number, Figures(*counts), fading, group)
