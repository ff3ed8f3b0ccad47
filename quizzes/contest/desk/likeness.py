"""Pairs of papers that are wrong alike, and how often chance alone makes such a pair.

Good people agree where they are right; that says nothing. So only questions on which both are wrong are
looked at: there two independent people choose the same wrong answer with the chance Σ share(option)²,
measured on everybody's wrong answers in this contest. The chance of at least as many agreements
(Poisson-binomial tail), times the number of pairs compared, is what chance alone would give.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quizzes.questions import of
from quizzes.questions.contract import FULL, Choice, Question, Shown, canonical

LEAST_ALIKE = 4
"""The fewest common wrong answers that make a signal."""
NEIGHBOURS = 20
"""How many papers that began next in the same chapter, device or address each paper is compared with."""
BUCKET = 50
"""The same for a group of papers that share all their wrong answers."""


@dataclass(frozen=True)
class Sheet:
    """An attempt's answers in a form that compares between papers (`comparable`), and which are right."""

    attempt: int
    member: int
    started_at: int
    answers: Mapping[str, str]
    rights: Mapping[str, int]
    groups: tuple[str, ...] = ()
    """The traits it shares with other attempts: "chapter:7", "device:..", "source:.."."""

    def wrong(self) -> frozenset[tuple[str, str]]:
        return frozenset((name, said) for name, said in self.answers.items() if self.rights.get(name, FULL) < FULL)


@dataclass(frozen=True)
class Pair:
    one: Sheet
    other: Sheet
    shared: int
    """The number of questions that both answered."""
    same: int
    both_wrong: int
    same_wrong: int
    expected: float
    """The number of such pairs that chance alone would give in this contest."""


def comparable(question: Question, shown: Shown, choice: Choice) -> str:
    """The choice with the options' own numbers in place of this paper's drawn ids."""
    numbers = {str(name): f"#{index}" for name, index in shown}

    def plain(value: Any) -> Any:
        if isinstance(value, str):
            return numbers.get(value, value)
        if isinstance(value, Mapping):
            return {numbers.get(str(name), str(name)): plain(one) for name, one in value.items()}
        return [plain(one) for one in value] if isinstance(value, (list, tuple)) else value

    found = plain(choice)
    return canonical(sorted(found) if of(question).is_set else found)


def pairs(sheets: Sequence[Sheet], most_expected: float) -> list[Pair]:
    """The pairs that chance explains less often than `most_expected`, the strangest first."""
    said = {sheet.attempt: sheet.wrong() for sheet in sheets}
    agree = agreement(said.values())
    compared = dict.fromkeys(_candidates(sheets, said))
    by_attempt = {sheet.attempt: sheet for sheet in sheets}
    found = []
    for one, other in compared:
        if len(said[one] & said[other]) >= LEAST_ALIKE:
            pair = _pair(by_attempt[one], by_attempt[other], said[one], said[other], agree, len(compared))
            if pair.expected <= most_expected:
                found.append(pair)
    return sorted(found, key=lambda pair: (pair.expected, pair.one.attempt, pair.other.attempt))


def agreement(wrong: Iterable[frozenset[tuple[str, str]]]) -> dict[str, float]:
    """Question -> the chance that two independent wrong answers are the same."""
    counts: dict[str, Counter[str]] = {}
    for answers in wrong:
        for name, said in answers:
            counts.setdefault(name, Counter())[said] += 1
    return {name: sum((n / found.total()) ** 2 for n in found.values()) for name, found in counts.items()}


def _candidates(sheets: Sequence[Sheet], said: Mapping[int, frozenset[tuple[str, str]]]) -> Iterator[tuple[int, int]]:
    groups: dict[object, list[Sheet]] = {}
    for sheet in sorted(sheets, key=lambda one: (one.started_at, one.attempt)):
        for name in sheet.groups:
            groups.setdefault(name, []).append(sheet)
        if len(said[sheet.attempt]) >= LEAST_ALIKE:
            groups.setdefault(said[sheet.attempt], []).append(sheet)
    for key, members in groups.items():
        reach = NEIGHBOURS if isinstance(key, str) else BUCKET
        for index, one in enumerate(members):
            for other in members[index + 1 : index + 1 + reach]:
                if one.member != other.member:
                    yield min(one.attempt, other.attempt), max(one.attempt, other.attempt)


def _pair(
    one: Sheet,
    other: Sheet,
    wrong: frozenset[tuple[str, str]],
    others: frozenset[tuple[str, str]],
    agree: Mapping[str, float],
    compared: int,
) -> Pair:
    shared = one.answers.keys() & other.answers.keys()
    both = {name for name, _ in wrong} & {name for name, _ in others}
    alike = len(wrong & others)
    chance = tail([agree[name] for name in sorted(both)], alike)
    same = sum(one.answers[name] == other.answers[name] for name in shared)
    return Pair(one, other, len(shared), same, len(both), alike, chance * compared)


def tail(chances: Sequence[float], least: int) -> float:
    """The chance that at least `least` of independent events happen."""
    exactly = [1.0]
    for chance in chances:
        after = [0.0] * (len(exactly) + 1)
        for count, before in enumerate(exactly):
            after[count] += before * (1 - chance)
            after[count + 1] += before * chance
        exactly = after
    return sum(exactly[least:])
