"""Order among people, seats or chapters, whatever they are ranked by.

A published ranking must not depend on the order in which rows are read, so everything here sorts by the
measures, then by a number of the row itself; equal measures share a rank (1, 2, 2, 4) unless lots decide.
All numbers are integers. A missing measure stands behind every present one, in either direction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from quizzes.draws import Draws

Row = TypeVar("Row")

MILLION = 1_000_000
"""Rates are counted in millionths, so that they stay whole numbers."""
LOT_BITS = 62
"""The bits of a drawn lot."""
BIAS = 1 << 63
"""Added to a signed number so that its bytes sort as it does."""
FADING = 95
"""Per cent of the weight that each further result keeps: Σ 0.95^i · points_i (DMOJ's formula)."""


@dataclass(frozen=True)
class Key:
    """One thing to rank by. `most_first`: more is better."""

    name: str
    title: str
    most_first: bool


@dataclass(frozen=True)
class Place(Generic[Row]):
    rank: int
    row: Row


Order = tuple[tuple[int, int], ...]


def order(measures: Mapping[str, int | None], keys: Sequence[Key]) -> Order:
    """Smaller is better: what to sort by. One (missing, value) pair for each key."""
    return tuple(_pair(measures[key.name], key.most_first) for key in keys)


def _pair(value: int | None, most_first: bool) -> tuple[int, int]:
    return (1, 0) if value is None else (0, -value if most_first else value)


def packed(found: Order) -> bytes:
    """The order as bytes that compare alike: for an index in a database. 9 bytes for each key."""
    return b"".join(bytes([missing]) + (value + BIAS).to_bytes(8, "big") for missing, value in found)


def ranked(rows: Iterable[Row], order_of: Callable[[Row], Order], number_of: Callable[[Row], int]) -> list[Place[Row]]:
    """Best first. Equal orders share a rank and are listed by number."""
    ordered = sorted(((order_of(row), number_of(row), row) for row in rows), key=lambda item: item[:2])
    places: list[Place[Row]] = []
    before: Order | None = None
    rank = 0
    for count, (found, _, row) in enumerate(ordered, 1):
        rank = rank if found == before else count
        before = found
        places.append(Place(rank, row))
    return places


def lot(seed: str, number: int) -> int:
    """The lot of a row, smallest first: only of the seed and its own number.

    So taking one row out never changes how others stand to each other, and anyone can check a lot.
    """
    return Draws(seed, "lot", number).below(1 << LOT_BITS)


def rolled_up(own: Iterable[tuple[str, int]]) -> dict[int, int]:
    """Node -> the sum of its whole subtree, from (path, own amount) pairs in any order, in one pass.

    A path `/1/7/23/` names every node from the root to its own.
    """
    sums: dict[int, int] = {}
    for path, amount in own:
        for node in map(int, path.strip("/").split("/")):
            sums[node] = sums.get(node, 0) + amount
    return sums


def rate(part: int, whole: int) -> int:
    """Millionths, rounded down; at most the whole; 0 where there is nobody."""
    return min(part * MILLION // whole, MILLION) if whole > 0 else 0


def fading_sum(points: Iterable[int]) -> int:
    """Σ 0.95^i · points_i, best first, in thousandths: more results always add, each one less.

    A big chapter cannot win by size alone: everything after the 60th result weighs under 5 %.
    """
    weight = 10**15
    total = 0
    for worth in sorted(points, reverse=True):
        total += worth * weight
        weight = weight * FADING // 100
        if not weight:  # after some 670 results nothing is left
            break
    return total // 10**12
