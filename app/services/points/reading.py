"""The entries of one owner in the ledger, in the words a member reads."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models.activities import Activity, Undertaking
from app.models.contests import Contest
from app.models.people import Chapter, Member, under
from app.models.points import Balance, ChapterBalance, Entry
from app.models.shows import Show
from app.services.commit import reading
from app.services.people.consent import RANKING, given_in
from app.services.points.balances import YEAR, balance_in, season_bounds
from quizzes.ledger import sources
from quizzes.ledger.posting import MEMBER


@dataclass(frozen=True)
class Line:
    """One entry of a member: where it came from, in the sentence of its kind and the title that stands in it."""

    no: int
    at: int
    kind: str
    sentence: str
    titles: dict[str, str]
    points: float
    revision: int
    campaign_id: int


@reading
def total(db: Session, member_id: int, season: int, campaign_id: int = YEAR) -> float:
    """A member's points in a season; of a campaign, with season 0."""
    return balance_in(db, (MEMBER, member_id), season, campaign_id)


@reading
def lines(db: Session, member_id: int, limit: int = 50) -> list[Line]:
    """A member's entries, the newest first."""
    mine = (Entry.owner_kind == MEMBER, Entry.owner_id == member_id)
    rows = list(db.scalars(select(Entry).where(*mine).order_by(Entry.id.desc()).limit(limit)))
    titles = _titles(db, [(one.source_kind, one.source_id) for one in rows])
    return [
        Line(
            one.id,
            one.at,
            one.source_kind,
            sources.SENTENCES[one.source_kind],
            titles.get((one.source_kind, one.source_id), {}),
            one.half_points / 2,
            one.revision,
            one.campaign_id,
        )
        for one in rows
    ]


@reading
def by_source(db: Session, member_id: int, season: int, campaign_id: int = YEAR) -> list[tuple[str, float]]:
    """(kind, points) of a member in a season or a campaign, in the order the kinds are declared."""
    query = select(Entry.source_kind, func.sum(Entry.half_points)).where(
        Entry.owner_kind == MEMBER, Entry.owner_id == member_id
    )
    if campaign_id:
        query = query.where(Entry.campaign_id == campaign_id)
    else:
        begin, end = season_bounds(season)
        query = query.where(Entry.at >= begin, Entry.at < end)
    sums = {row[0]: int(row[1]) for row in db.execute(query.group_by(Entry.source_kind))}
    return [(kind, sums[kind] / 2) for kind in sources.SENTENCES if sums.get(kind)]


@reading
def chapter_total(db: Session, path: str, season: int, campaign_id: int = YEAR) -> tuple[float, int]:
    """(points, members) of a chapter with everything below it."""
    earned = select(func.sum(ChapterBalance.half_points)).join(Chapter, Chapter.id == ChapterBalance.chapter_id)
    wanted = (ChapterBalance.season == season, ChapterBalance.campaign_id == campaign_id)
    here = (Member.left_at.is_(None), under(Member.path, path))
    people = db.scalar(select(func.count()).select_from(Member).where(*here)) or 0
    return (db.scalar(earned.where(*wanted, under(Chapter.path, path))) or 0) / 2, people


@dataclass(frozen=True)
class Neighbour:
    """A place near one's own in the chapter."""

    place: int
    name: str
    points: float
    mine: bool


@reading
def neighbours(db: Session, member_id: int, season: int, around: int = 2) -> list[Neighbour]:
    """The neighbours above and below in the own chapter. Asked only for a member whose name may stand in rankings,
    and naming only members who agreed to that. Empty without consent."""
    if RANKING not in given_in(db, member_id):
        return []
    chapter = db.scalar(select(Member.chapter_id).where(Member.id == member_id))
    rows = db.execute(
        select(Member.id, Member.public_name, Member.name, func.coalesce(Balance.half_points, 0))
        .outerjoin(
            Balance,
            (Balance.owner_id == Member.id)
            & (Balance.owner_kind == MEMBER)
            & (Balance.season == season)
            & (Balance.campaign_id == YEAR),
        )
        .where(Member.chapter_id == chapter, Member.left_at.is_(None), Member.public_name == Member.name)
        .order_by(func.coalesce(Balance.half_points, 0).desc(), Member.sort_key, Member.id)
    ).all()
    here = next((number for number, row in enumerate(rows) if row[0] == member_id), None)
    if here is None:
        return []
    halves = [row[3] for row in rows]
    near = range(max(0, here - around), min(len(rows), here + around + 1))
    return [Neighbour(halves.index(halves[n]) + 1, rows[n][1], halves[n] / 2, n == here) for n in near]


def _titles(db: Session, found: Iterable[tuple[str, int]]) -> dict[tuple[str, int], dict[str, str]]:
    """Titles of the shows, contests, activities and undertakings among these sources."""
    told: dict[tuple[str, int], dict[str, str]] = {}
    for kind, table in ((sources.SHOW, Show), (sources.CONTEST, Contest)):
        numbers = {number for of, number in found if of == kind}
        rows = db.execute(select(table.id, table.title).where(table.id.in_(numbers)))
        told |= {(kind, number): json.loads(title) for number, title in rows}
    for kind, plain in ((sources.ATTENDED, Activity), (sources.ACHIEVED, Undertaking)):
        numbers = {number for of, number in found if of == kind}
        held = db.execute(select(plain.id, plain.title).where(plain.id.in_(numbers)))
        told |= {(kind, number): {"vi": title} for number, title in held}
    return told


@reading
def chapter_names(db: Session, numbers: Iterable[int]) -> dict[int, str]:
    """Chapter -> name."""
    return {row[0]: row[1] for row in db.execute(select(Chapter.id, Chapter.name).where(Chapter.id.in_(set(numbers))))}


@reading
def public_names(db: Session, numbers: Iterable[int]) -> dict[int, str]:
    """Member -> what strangers may read."""
    query = select(Member.id, Member.public_name).where(Member.id.in_(set(numbers)))
    return {row[0]: row[1] for row in db.execute(query)}
