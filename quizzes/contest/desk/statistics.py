"""Figures for organisers. All integers: shares in thousandths, times in microseconds."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from statistics import median
from typing import Any

from quizzes.contest.results.grading import Line, Marks
from quizzes.hours import HOUR, hour_of
from quizzes.questions.contract import FULL, localized

ENOUGH = 30
"""The fewest answers that say something about a question."""
EASY, HARD, WEAK = 950, 200, 100
"""Bounds in thousandths: a question easier than EASY, harder than HARD, or telling people apart less than WEAK is
noted."""
SURELY = 2000
"""The size, in standard errors (1 / sqrt(n)) and thousandths, from which a correlation below 0 is no chance: good
people really miss the question."""


@dataclass(frozen=True)
class Funnel:
    """How many people came how far. Each step is part of the one before."""

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
    """The choice made for each question, in the form of `likeness.comparable`."""
    note: str
    """"", "check_key", "weak", "easy" or "hard": worth a look."""
    slope: int | None = None
    """Two-parameter model, thousandths: how sharply it tells the able apart."""
    place: int | None = None
    """Thousandths of a deviation from the middle: the ability at which half answer it rightly."""
    time_us: int | None = None
    """Median time from the answer before, microseconds."""
    chapters: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    """Chapter -> (takers, share wholly right), of chapters with at least FEW takers."""


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


FEW = 5
"""The fewest takers of a chapter for a figure: fewer are single persons."""


@dataclass(frozen=True)
class Taken:
    """A paper beside its marks: the chapter of who wrote it, and how long each question took."""

    chapter: int | None
    times: Mapping[str, int]


def steps(started_at: int, answered_at: Mapping[str, int]) -> dict[str, int]:
    """Question -> microseconds since the answer before, the first since the start."""
    names = sorted(answered_at, key=lambda name: (answered_at[name], name))
    before = [started_at, *(answered_at[name] for name in names)]
    return {name: max(answered_at[name] - at, 0) for name, at in zip(names, before, strict=False)}


def with_takers(found: Sequence[Item], papers: Iterable[tuple[Marks, Taken]]) -> list[Item]:
    """The same with the time that each question took and how it did in the chapters of its takers."""
    times: dict[str, list[int]] = {}
    rights: dict[str, dict[int, list[bool]]] = {}
    for marked, taken in papers:
        for name, share in marked.rights.items():
            if name in taken.times:
                times.setdefault(name, []).append(taken.times[name])
            if taken.chapter is not None:
                rights.setdefault(name, {}).setdefault(taken.chapter, []).append(share == FULL)
    return [
        replace(
            one,
            time_us=int(median(times[one.question])) if one.question in times else None,
            chapters={
                chapter: (len(all_), sum(all_) * 1000 // len(all_))
                for chapter, all_ in rights.get(one.question, {}).items()
                if len(all_) >= FEW
            },
        )
        for one in found
    ]


FLAT = 350
"""Thousandths of slope below which a question hardly tells anybody apart."""


def with_curves(found: Sequence[Item], curves: Mapping[str, tuple[int, int]]) -> list[Item]:
    """The same with what the two-parameter model says; a flat question without a note is weak."""
    return [one if one.question not in curves else _curved(one, *curves[one.question]) for one in found]


def _curved(one: Item, slope: int, place: int) -> Item:
    note = one.note or ("weak" if slope < FLAT else "")
    return replace(one, slope=slope, place=place, note=note)


def shares(question: Mapping[str, Any], found: Item, lang: str = "vi") -> list[tuple[str, int, bool]]:
    """(what was chosen, how often, whether it is right) of a question with options, in their order."""
    options = question.get("options") or []
    counts = [0] * len(options)
    for said, count in found.choices.items():
        for number in set(re.findall(r"#(\d+)", said)):
            if int(number) < len(counts):
                counts[int(number)] += count
    answer = question["answer"]
    right = set(answer) if isinstance(answer, list) else {answer}
    return (
        [
            (localized(one.get("text"), lang), count, at in right)
            for at, (one, count) in enumerate(zip(options, counts, strict=True))
        ]
        if question["type"] in ("single", "multiple")
        else []
    )


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
