"""Figures for organisers. All integers: shares in thousandths, times in microseconds."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from quizzes.contest.results.grading import Line, Marks
from quizzes.hours import HOUR, hour_of
from quizzes.questions.contract import FULL

ENOUGH = 30
"""Fewer answers say little about a question."""
EASY, HARD, WEAK = 950, 200, 100
SURELY = 2000
"""Two standard errors of a correlation (1 / sqrt(n)), thousandths: good people really miss the question."""


@dataclass(frozen=True)
class Funnel:
    """How far people came. Each step is part of the one before."""

    eligible: int
    started: int
    answered: int
    """Saved at least one answer."""
    finished: int
    counted: int


def funnel(eligible: int, tries: Iterable[tuple[int, int, bool]], counted: Iterable[Line]) -> Funnel:
    """`tries`: (member, answers saved, finished), practice left out."""
    rows = list(tries)
    return Funnel(
        eligible=eligible,
        started=len({member for member, _, _ in rows}),
        answered=len({member for member, answers, _ in rows if answers}),
        finished=len({member for member, answers, done in rows if answers and done}),
        counted=len({line.member for line in counted}),
    )


def by_hour(times: Iterable[int]) -> list[tuple[int, int]]:
    """(start of the hour, how many), every hour from the first to the last; empty hours too."""
    counts = Counter(hour_of(at) for at in times)
    if not counts:
        return []
    hours = range(min(counts), max(counts) + 1, HOUR)
    return [(hour, counts[hour]) for hour in hours]


def histogram(values: Sequence[int], least: int, most: int, bars: int = 10) -> list[tuple[int, int, int]]:
    """(from, before, how many); the last bar takes in `most`."""
    width = max(-(-(most - least + 1) // bars), 1)
    starts = range(least, most + 1, width)
    counts = Counter((value - least) // width for value in values)
    return [(start, start + width, counts[index]) for index, start in enumerate(starts)]


@dataclass(frozen=True)
class Summary:
    count: int
    mean: int
    deviation: int
    least: int
    median: int
    most: int


def summary(values: Iterable[int]) -> Summary:
    found = sorted(values)
    if not found:
        return Summary(0, 0, 0, 0, 0, 0)
    mean = sum(found) / len(found)
    deviation = (sum((value - mean) ** 2 for value in found) / len(found)) ** 0.5
    return Summary(len(found), round(mean), round(deviation), found[0], found[len(found) // 2], found[-1])


@dataclass(frozen=True)
class Item:
    """One question over all papers that had it."""

    question: str
    asked: int
    facility: int
    """Share wholly right."""
    discrimination: int | None
    """Point-biserial correlation with the rest of the paper, thousandths; None where nothing varies."""
    choices: Mapping[str, int]
    """What was chosen, as `likeness.comparable` writes it."""
    note: str
    """"", "check_key", "weak", "easy" or "hard": worth a look."""


def items(papers: Iterable[tuple[Marks, Mapping[str, str]]]) -> list[Item]:
    """For every question the marks of counted attempts with their comparable answers."""
    seen: dict[str, list[tuple[bool, float]]] = {}
    said: dict[str, Counter[str]] = {}
    for found, answers in papers:
        total = sum(found.rights.values())
        others = len(found.rights) - 1
        for name, share in found.rights.items():
            rest = (total - share) / others if others else 0.0
            seen.setdefault(name, []).append((share == FULL, rest))
            said.setdefault(name, Counter())[answers.get(name, "")] += 1
    return [_item(name, seen[name], said[name]) for name in sorted(seen)]


def _item(name: str, pairs: Sequence[tuple[bool, float]], choices: Mapping[str, int]) -> Item:
    facility = sum(right for right, _ in pairs) * 1000 // len(pairs)
    found = point_biserial(pairs)
    return Item(name, len(pairs), facility, found, dict(choices), _note(len(pairs), facility, found))


def point_biserial(pairs: Sequence[tuple[bool, float]]) -> int | None:
    """r = (mean of the right - mean of the wrong) / deviation * sqrt(p q), thousandths."""
    right = [rest for ok, rest in pairs if ok]
    wrong = [rest for ok, rest in pairs if not ok]
    mean = sum(rest for _, rest in pairs) / len(pairs)
    deviation = math.sqrt(sum((rest - mean) ** 2 for _, rest in pairs) / len(pairs))
    if not right or not wrong or deviation < 1e-9:
        return None
    p = len(right) / len(pairs)
    gap = sum(right) / len(right) - sum(wrong) / len(wrong)
    return round(gap / deviation * math.sqrt(p * (1 - p)) * 1000)


def _note(asked: int, facility: int, discrimination: int | None) -> str:
    if asked < ENOUGH:
        return ""
    if discrimination is not None and discrimination * math.sqrt(asked) < -SURELY:
        return "check_key"
    if facility > EASY:
        return "easy"
    if facility < HARD:
        return "hard"
    return "weak" if discrimination is not None and discrimination < WEAK else ""
