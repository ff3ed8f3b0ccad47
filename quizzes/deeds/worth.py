"""What verified deeds earn their member: points of the kind by the rules of the day, within its caps."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from quizzes.deeds.kinds import Kind
from quizzes.ledger import Due, Owner, Source, member, sources
from quizzes.ledger.rules import Version


@dataclass(frozen=True)
class Done:
    """What the rules need to know of one deed. `good`: verified and not taken back."""

    number: int
    member: int
    chapter: int
    kind: str
    step: str
    count: int
    day: date
    good: bool


Book = Callable[[Done], tuple[int, Version]]
"""The campaign (0: the year) whose rules a deed is paid by, and the version in force."""


def dues(done: Iterable[Done], kinds: Mapping[str, Kind], book: Book) -> dict[Source, dict[Owner, Due]]:
    """What each deed has to say of its member, the earliest first; one that earns nothing (any more) names nobody."""
    batch: dict[Source, dict[Owner, Due]] = {}
    entries: dict[tuple[int, date, str, str], int] = {}
    days: dict[tuple[int, date, int], int] = {}
    seasons: dict[tuple[int, int], int] = {}
    for one in sorted(done, key=lambda one: (one.day, one.number)):
        batch[sources.HELP, one.number] = {}
        kind = kinds.get(one.kind)
        if not one.good or kind is None:
            continue
        same = (one.member, one.day, one.kind, one.step)
        entries[same] = entries.get(same, 0) + 1
        if entries[same] > kind.per_day:
            continue
        campaign, version = book(one)
        half = _halves(kind, one, version)
        day, season = (one.member, one.day, campaign), (one.member, campaign)
        half = min(half, _left(version.rules.deed_day_most, days.get(day, 0), half))
        half = min(half, _left(version.rules.deed_most, seasons.get(season, 0), half))
        days[day], seasons[season] = days.get(day, 0) + half, seasons.get(season, 0) + half
        if half:
            batch[sources.HELP, one.number] = {member(one.member): Due(half, one.chapter, campaign, version.no)}
    return batch


def _halves(kind: Kind, one: Done, version: Version) -> int:
    step = kind.step(one.step)
    points = step.points * (one.count // kind.per) if step else 0
    return 2 * points * version.rules.deed_percent // 100


def _left(most: int, had: int, wanted: int) -> int:
    """What a cap in whole points leaves, in half-points; 0 is no cap."""
    return max(0, 2 * most - had) if most else wanted
