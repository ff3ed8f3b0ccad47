"""Places in a whole tournament: the last match first, then those who went no further than each stage before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Lines = Sequence[tuple[str, int, bool]]
"""A match: name, place in it (0: none), True where it went on."""


@dataclass(frozen=True)
class Place:
    """The place of an entrant at the end. `stage` and `match` count from 0: where it played last."""

    rank: int
    name: str
    stage: int
    match: int


def ranked(stages: Sequence[Sequence[Lines]]) -> list[Place]:
    """Everybody, the winner first. In the last stage places count and a lot between equals; those who ended in an
    earlier stage share a rank."""
    found: list[Place] = []
    for number in reversed(range(len(stages))):
        last = number + 1 == len(stages)
        rows = [(name, place, on, at) for at, match in enumerate(stages[number]) for name, place, on in match]
        out = [row for row in rows if last or not row[2]]
        keys = {row: (not row[2], row[1] or len(rows)) if last else () for row in out}
        before = len(found)
        for row in sorted(out, key=lambda one: (keys[one], one[0])):
            better = sum(keys[other] < keys[row] for other in out)
            found.append(Place(before + better + 1, row[0], number, row[3]))
    return found
