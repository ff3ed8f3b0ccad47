"""Measures what a campaign taught: the same people before and after it, on different questions that are equally hard.

Questions are matched in pairs by topic, type and difficulty, one of the contest before, one of the contest after, and
only what stands in a pair counts. People who took both are compared with themselves. A chapter of fewer than `LEAST`
such people has no figure: chance would be louder than the campaign, and single people could be made out.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from quizzes.questions.contract import FULL, Question

LEAST = 20
"""The fewest people of a chapter that a figure is given for."""
ANSWERED = 3
"""The fewest pairs whose question a person was asked, in either of the two contests."""
SURE = 1.959964
"""The normal distribution's 97.5 per cent point: 95 of 100 intervals hold the truth."""


@dataclass(frozen=True)
class Gain:
    """Thousandths of questions that people answer rightly, and how many more or fewer.

    `low` to `high` is the interval of 95 per cent.
    """

    people: int
    before: int
    after: int
    gain: int
    low: int
    high: int


def matched(before: Mapping[str, Question], after: Mapping[str, Question]) -> list[tuple[str, str]]:
    """Pairs of questions of one topic, type and difficulty, the most alike in how many answer them first.

    A question that stands in both contests is in no pair: people may remember it.
    """
    kinds: dict[tuple[object, ...], tuple[list[str], list[str]]] = {}
    for side, asked in enumerate((before, after)):
        for name in sorted(asked.keys() - (before, after)[1 - side].keys()):
            one = asked[name]
            kinds.setdefault((one["topic"], one["type"], one["difficulty"]), ([], []))[side].append(name)
    found = []
    for mine, theirs in kinds.values():
        left = sorted(mine, key=lambda name: before[name].get("facility", -1))
        right = sorted(theirs, key=lambda name: after[name].get("facility", -1))
        found += list(zip(left, right, strict=False))
    return sorted(found)


def share(rights: Mapping[str, int], counted: Iterable[str]) -> float | None:
    """The share of these questions that one paper has right; None where it asked too few of them."""
    asked = [rights[name] == FULL for name in counted if name in rights]
    return sum(asked) / len(asked) if len(asked) >= ANSWERED else None


def gain(people: Sequence[tuple[float, float]]) -> Gain | None:
    """(share before, share after) of each person; None below the least number of them."""
    count = len(people)
    if count < LEAST:
        return None
    steps = [after - before for before, after in people]
    mean = sum(steps) / count
    deviation = math.sqrt(sum((step - mean) ** 2 for step in steps) / (count - 1))
    around = _student(count - 1) * deviation / math.sqrt(count)
    shares = (sum(one[side] for one in people) / count for side in (0, 1))
    return Gain(count, *(round(1000 * value) for value in (*shares, mean, mean - around, mean + around)))


def told(sizes: Mapping[int, int]) -> list[int]:
    """The chapters that a figure is given for, of all with so many people each.

    Where those left out are together fewer than `LEAST`, the smallest of the others is left out too: the figure of
    all people less those of the chapters would be theirs.
    """
    found = sorted((one for one, count in sizes.items() if count >= LEAST), key=lambda one: (-sizes[one], one))
    hidden = sum(count for count in sizes.values() if count < LEAST)
    while found and 0 < hidden < LEAST:
        hidden += sizes[found.pop()]
    return found


def _student(degrees: int) -> float:
    """The 97.5 per cent point of Student's distribution, by Cornish and Fisher; right to 0.01 from 19 degrees on."""
    return SURE + (SURE**3 + SURE) / (4 * degrees) + (5 * SURE**5 + 16 * SURE**3 + 3 * SURE) / (96 * degrees**2)
