"""Computes what verified deeds earn their member, or the team that did them: the kind's points by the rules of the day,
within their caps."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from quizzes.deeds.kinds import Kind
from quizzes.ledger import Due, Owner, Source, member, sources
from quizzes.ledger.posting import TEAM
from quizzes.ledger.rules import Version


@dataclass(frozen=True)
class Done:
    """The facts about one deed that decide its points. `good`: verified and not taken back. `team`: the team it belongs
    to; 0: it is the member's own."""

    number: int
    member: int
    chapter: int
    kind: str
    step: str
    count: int
    day: date
    good: bool
    team: int = 0

    @property
    def owner(self) -> Owner:
        """The owner of the points: the member, or the team where the whole team did it; then once, however many went
        along."""
        return (TEAM, self.team) if self.team else member(self.member)


Book = Callable[[Done], tuple[int, Version]]
"""The campaign (0: the year) whose rules a deed is paid by, and the version in force."""


def dues(done: Iterable[Done], kinds: Mapping[str, Kind], book: Book) -> dict[Source, dict[Owner, Due]]:
    """The points each deed gives its owner, the earliest deed first. A deed that earns nothing has no owner here."""
    batch: dict[Source, dict[Owner, Due]] = {}
    entries: dict[tuple[Owner, date, str, str], int] = {}
    days: dict[tuple[Owner, date, int], int] = {}
    seasons: dict[tuple[Owner, int], int] = {}
    for one in sorted(done, key=lambda one: (one.day, one.number)):
        batch[sources.HELP, one.number] = {}
        kind = kinds.get(one.kind)
        if not one.good or kind is None:
            continue
        same = (one.owner, one.day, one.kind, one.step)
        entries[same] = entries.get(same, 0) + 1
        if entries[same] > kind.per_day:
            continue
        campaign, version = book(one)
        half = _halves(kind, one, version)
        day, season = (one.owner, one.day, campaign), (one.owner, campaign)
        half = min(half, _left(version.rules.deed_day_most, days.get(day, 0), half))
        half = min(half, _left(version.rules.deed_most, seasons.get(season, 0), half))
        days[day], seasons[season] = days.get(day, 0) + half, seasons.get(season, 0) + half
        if half:
            batch[sources.HELP, one.number] = {one.owner: Due(half, one.chapter, campaign, version.no)}
    return batch


def _halves(kind: Kind, one: Done, version: Version) -> int:
    step = kind.step(one.step)
    points = step.points * (one.count // kind.per) if step else 0
    return 2 * points * version.rules.deed_percent // 100


def _left(most: int, had: int, wanted: int) -> int:
    """The part of `wanted` that a cap in whole points still allows, in half-points; a cap of 0 allows all."""
    return max(0, 2 * most - had) if most else wanted
