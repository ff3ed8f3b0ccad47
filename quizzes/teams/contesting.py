"""Teams in a contest: a team has the points of its best people, so many as the rules of the contest say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class TeamRow:
    """`score`: half-points of the best; `finished`: how many of the team have a result; equal teams share the rank."""

    team: int
    score: int
    finished: int
    rank: int


def ranked(results: Mapping[int, Sequence[int]], best: int) -> list[TeamRow]:
    """Every team, the best first. `results`: team -> half-points of each of its people who have a result."""
    sums = sorted((-sum(sorted(scores, reverse=True)[:best]), team) for team, scores in results.items())
    rows: list[TeamRow] = []
    for place, (score, team) in enumerate(sums, start=1):
        rank = rows[-1].rank if rows and rows[-1].score == -score else place
        rows.append(TeamRow(team, -score, len(results[team]), rank))
    return rows
