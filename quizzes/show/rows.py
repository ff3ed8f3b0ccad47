"""Rows of a show's state: the changes that hosts made to it, and where its teams stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from quizzes import line_up
from quizzes.show.table import Table


@dataclass(frozen=True)
class Change:
    """One change, found by the number of its event."""

    seq: int
    at: int
    what: str
    data: Mapping[str, Any] = field(default_factory=dict)

    @property
    def has_reason(self) -> bool:
        return self.data.get("reason_ref") is not None or "why" in self.data


@dataclass(frozen=True)
class TeamRow:
    """`score` in half-points: exact, also where it is an average."""

    team: int
    score: Fraction
    right: Fraction
    seats: int
    rank: int


def ranked(table: Table, teams: Mapping[int, int], way: str) -> tuple[TeamRow, ...]:
    """Every team, the best first: by points, then by right answers; equal ones share the rank."""
    half: Counter[int] = Counter()
    right: Counter[int] = Counter()
    members: Counter[int] = Counter()
    for seat, team in teams.items():
        if seat not in table.kicked:
            row = table.totals.get(seat, (0, 0, 0))
            half[team], right[team], members[team] = half[team] + row[0], right[team] + row[1], members[team] + 1
    by = {team: members[team] if way == line_up.AVERAGE else 1 for team in members}
    keyed = sorted(((-Fraction(half[team], by[team]), -Fraction(right[team], by[team])), team) for team in members)
    rows: list[TeamRow] = []
    for place, (key, team) in enumerate(keyed, start=1):
        shared = rows and (-rows[-1].score, -rows[-1].right) == key
        rows.append(TeamRow(team, -key[0], -key[1], members[team], rows[-1].rank if shared else place))
    return tuple(rows)
