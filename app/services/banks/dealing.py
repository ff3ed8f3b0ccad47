"""Dealing a bank's questions out to the rows of a plan: as many rows as can be are filled, no question counts twice.

A row that two kinds of question fit takes the kind that no other row needs; what was given is moved on where it helps.
Rows dealt to earlier keep what they have, whichever kinds it is made of.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Mapping, Sequence
from typing import TypeVar

Kind = TypeVar("Kind")


def deal(fitting: Sequence[Sequence[Kind]], needs: Sequence[int], stock: Mapping[Kind, int]) -> list[int]:
    """How many questions each row gets. `fitting`: the kinds that fit each row; rows are served in their order."""
    left = Counter(stock)
    given: list[Counter[Kind]] = [Counter() for _ in fitting]
    for row, need in enumerate(needs):
        while (want := need - given[row].total()) > 0:
            if not _add(row, want, fitting, given, left):
                break
    return [one.total() for one in given]


def _add(
    row: int, want: int, fitting: Sequence[Sequence[Kind]], given: list[Counter[Kind]], left: Counter[Kind]
) -> bool:
    """Give a row more, moving other rows to other kinds where it must be; False where nothing is left for it."""
    came: dict[int, tuple[int, Kind]] = {}
    waiting, seen = deque([row]), {row}
    while waiting:
        here = waiting.popleft()
        free = next((kind for kind in fitting[here] if left[kind] > 0), None)
        if free is not None:
            _shift(row, here, free, want, came, given, left)
            return True
        for other, has in enumerate(given):
            held = next((kind for kind in fitting[here] if has[kind] > 0), None)
            if other not in seen and held is not None:
                seen.add(other)
                came[other] = here, held
                waiting.append(other)
    return False


def _shift(
    row: int,
    last: int,
    free: Kind,
    want: int,
    came: Mapping[int, tuple[int, Kind]],
    given: list[Counter[Kind]],
    left: Counter[Kind],
) -> None:
    """Hand the free kind to the last row found, whose own goes to the one before it, and so on back to `row`."""
    path, here = [], last
    while here != row:
        before, held = came[here]
        path.append((here, before, held))
        here = before
    count = min([want, left[free], *(given[one][held] for one, _, held in path)])
    left[free] -= count
    given[last][free] += count
    for one, before, held in path:
        given[one][held] -= count
        given[before][held] += count
