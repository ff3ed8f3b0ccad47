"""Compares the papers of a blueprint with each other: expected scores of simulated papers, and shared questions."""

from __future__ import annotations

from dataclasses import dataclass

from quizzes.contest.setup.blueprint import Blueprint, chances, size
from quizzes.contest.taking.paper import Snapshot, deck, facility, picked

PAPERS = 200  # papers simulated


@dataclass(frozen=True)
class Evenness:
    """The difficulty of simulated papers, in thousandths of a right answer (12,400: 12.4 questions right on
    average)."""

    papers: int
    mean: int
    deviation: int
    least: int
    most: int

    @property
    def widest(self) -> int:
        """The difference in expected right answers between the easiest and the hardest paper."""
        return self.most - self.least


@dataclass(frozen=True)
class Overlap:
    """The questions that two people's papers share on average: thousandths of a question, and per mille of the
    paper."""

    questions: int
    share: int


def simulate(plan: Blueprint, snapshot: Snapshot, papers: int = PAPERS) -> Evenness:
    """Picks the questions of papers as they will be drawn and adds up how many answers are expected to be right."""
    cards = deck(plan, snapshot)
    sums = sorted(
        sum(facility(snapshot[name]) for name in picked(cards, "spread", (number,))) for number in range(papers)
    )
    mean = sum(sums) // papers
    deviation = (sum((value - mean) ** 2 for value in sums) / papers) ** 0.5
    return Evenness(papers, mean, round(deviation), sums[0], sums[-1])


def overlap(plan: Blueprint, snapshot: Snapshot) -> Overlap:
    """The exact expectation: two papers share a question with the square of its chance of being drawn."""
    found = chances(plan, snapshot.values())
    shared = sum((chance * chance for chance in found.values()), start=0 * next(iter(found.values()), 0))
    length = max(size(plan), 1)
    return Overlap(int(shared * 1000), int(shared * 1000 / length))
