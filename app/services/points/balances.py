"""Balances: what the entries add up to, by season and by campaign, written with them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.engines import insert
from app.models.points import Balance, ChapterBalance
from app.services.commit import reading
from quizzes.ledger import Owner, Posting
from quizzes.ledger.posting import MEMBER

VIETNAM = timedelta(hours=7)
YEAR = 0
"""The number of no campaign: balances of a season."""


def season_of(at: int) -> int:
    """The season of a moment: the calendar year in Việt Nam."""
    return (datetime.fromtimestamp(at / 1_000_000, UTC) + VIETNAM).year


def season_bounds(season: int) -> tuple[int, int]:
    """The first moment of a season and the first after it."""
    begin, end = (datetime(year, 1, 1, tzinfo=UTC) - VIETNAM for year in (season, season + 1))
    return int(begin.timestamp()) * 1_000_000, int(end.timestamp()) * 1_000_000


@reading
def balance(db: Session, member_id: int, season: int, campaign_id: int = YEAR) -> float:
    """A member's points in a season; in a campaign, with season 0."""
    return balance_in(db, (MEMBER, member_id), season, campaign_id)


def balance_in(db: Session, owner: Owner, season: int, campaign_id: int = YEAR) -> float:
    found = db.get(Balance, (*owner, campaign_id, season))
    return found.half_points / 2 if found else 0.0


@reading
def earned_by_chapters(db: Session, season: int, campaign_id: int = YEAR) -> dict[int, int]:
    """Chapter -> half-points earned for it itself."""
    query = select(ChapterBalance.chapter_id, ChapterBalance.half_points)
    rows = db.execute(query.where(ChapterBalance.season == season, ChapterBalance.campaign_id == campaign_id))
    return {row[0]: row[1] for row in rows}


def add_up_in(db: Session, new: Sequence[Posting], homes: Mapping[Owner, int], at: int) -> None:
    """Add entries that were just appended to the balances of their owners and chapters."""
    owners: Counter[tuple[str, int, int, int]] = Counter()
    chapters: Counter[tuple[int, int, int]] = Counter()
    for one in new:
        home = homes[one.owner] if one.chapter is None else one.chapter
        for campaign, season in {(YEAR, season_of(at)), (one.campaign, 0 if one.campaign else season_of(at))}:
            owners[(*one.owner, campaign, season)] += one.points
            chapters[home, campaign, season] += one.points
    _add(db, Balance, ("owner_kind", "owner_id", "campaign_id", "season"), owners)
    _add(db, ChapterBalance, ("chapter_id", "campaign_id", "season"), chapters)


Table = type[Balance] | type[ChapterBalance]


def _add(db: Session, table: Table, names: Sequence[str], more: Mapping[Any, int]) -> None:
    rows = [dict(zip(names, key, strict=True), half_points=more[key]) for key in sorted(more)]
    new = insert(db, table)
    change = {"half_points": table.half_points + new.excluded.half_points}
    db.execute(new.on_conflict_do_update(index_elements=list(names), set_=change), rows)
