"""Verifies the ledger: the chain link by link, the balances against the sums of the entries.

Read in pieces in the order of the numbers, so that a million entries take no more memory than a thousand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from app.models.points import Balance, ChapterBalance, Entry
from app.services.commit import breathe, reading
from app.services.points.balances import YEAR, season_bounds, season_of
from quizzes import ledger
from quizzes.ledger.chain import walk

PIECE = 1000
"""Rows checked between two turns that are given away."""
MOVED = (
    Entry.id,
    Entry.source_kind,
    Entry.source_id,
    Entry.owner_kind,
    Entry.owner_id,
    Entry.revision,
    Entry.half_points,
)
"""The columns that say what an entry moved: its number, its source, its owner, its revision and the half-points."""
CHAINED = (
    *MOVED,
    Entry.chapter_id,
    Entry.at,
    Entry.note_digest,
    Entry.campaign_id,
    Entry.rules_version,
    Entry.link_version,
    Entry.chain,
)
"""The columns of an entry in the order of `quizzes.ledger.Entry`, and its stored head."""
MOST_TOLD = 100
"""Faults told of one run."""


def verify(most: int = MOST_TOLD) -> list[str]:
    """The first mismatches: broken links, balances that differ from the entries. An empty list is right."""
    found: list[str] = []
    for one in problems():
        found.append(one)
        if len(found) == most:
            break
    return found


def problems() -> Iterator[str]:
    """Yields every mismatch, one after the other."""
    for one in walk(chained()):
        yield f"entry {one.no}: {one.code}"
    for season in _seasons():
        yield from _unequal(season)


def chained(after: int = 0, upto: int | None = None) -> Iterator[tuple[ledger.Entry, str]]:
    """(entry, stored head) in the order of the chain. Each piece is a short reading of its own."""
    while rows := _piece(after, upto):
        yield from rows
        after = rows[-1][0].no
        breathe()


@reading
def _piece(db: Session, after: int, upto: int | None) -> list[tuple[ledger.Entry, str]]:
    query = select(*CHAINED).where(Entry.id > after)
    if upto is not None:
        query = query.where(Entry.id <= upto)
    rows: Iterable[Any] = db.execute(query.order_by(Entry.id).limit(PIECE))
    return [(ledger.Entry(*row[:-1]), row[-1]) for row in rows]


@reading
def _seasons(db: Session) -> list[tuple[int, int]]:
    """(campaign, season) of everything that has entries or balances."""
    first, last = db.execute(select(func.min(Entry.at), func.max(Entry.at))).one()
    years = set(range(season_of(first), season_of(last) + 1)) if first is not None else set()
    years |= set(db.scalars(select(Balance.season).where(Balance.campaign_id == YEAR).distinct()))
    campaigns = set(db.scalars(select(Entry.campaign_id).distinct()))
    campaigns |= set(db.scalars(select(Balance.campaign_id).distinct()))
    return sorted({(YEAR, year) for year in years} | {(one, 0) for one in campaigns - {YEAR}})


@reading
def _unequal(db: Session, of: tuple[int, int]) -> list[str]:
    campaign, season = of
    counted = _counted(campaign, season)
    said = f"campaign {campaign}" if campaign else str(season)
    told = _differing(
        db.execute(counted(Entry.owner_kind, Entry.owner_id).execution_options(yield_per=PIECE)),
        db.execute(
            select(Balance.owner_kind, Balance.owner_id, Balance.half_points)
            .where(Balance.campaign_id == campaign, Balance.season == season)
            .order_by(Balance.owner_kind, Balance.owner_id)
            .execution_options(yield_per=PIECE)
        ),
    )
    found = [f"balance of {kind} {number} in {said}" for kind, number in told]
    told = _differing(
        db.execute(counted(Entry.chapter_id).execution_options(yield_per=PIECE)),
        db.execute(
            select(ChapterBalance.chapter_id, ChapterBalance.half_points)
            .where(ChapterBalance.campaign_id == campaign, ChapterBalance.season == season)
            .order_by(ChapterBalance.chapter_id)
            .execution_options(yield_per=PIECE)
        ),
    )
    return found + [f"points earned for chapter {number} in {said}" for (number,) in told]


def _counted(campaign: int, season: int) -> Any:
    """A query of the sums by some columns, in their order."""

    def query(*keys: Any) -> Select[Any]:
        found = select(*keys, func.sum(Entry.half_points)).group_by(*keys).order_by(*keys)
        if campaign:
            return found.where(Entry.campaign_id == campaign)
        begin, end = season_bounds(season)
        return found.where(Entry.at >= begin, Entry.at < end)

    return query


def _differing(counted: Iterable[Any], kept: Iterable[Any]) -> list[tuple[Any, ...]]:
    """The keys whose two figures differ; both sides come in the order of the key. A figure that is missing is 0."""
    left, right = iter(counted), iter(kept)
    a, b = next(left, None), next(right, None)
    found: list[tuple[Any, ...]] = []
    while (a is not None or b is not None) and len(found) < MOST_TOLD:
        key = min(tuple(row[:-1]) for row in (a, b) if row is not None)
        figures = [int(row[-1]) if row is not None and tuple(row[:-1]) == key else 0 for row in (a, b)]
        if figures[0] != figures[1]:
            found.append(key)
        a = next(left, None) if a is not None and tuple(a[:-1]) == key else a
        b = next(right, None) if b is not None and tuple(b[:-1]) == key else b
    return found
