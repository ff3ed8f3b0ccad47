"""Chapter rankings over the balances: totals of whole subtrees, and points per head."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models.people import Chapter, Member
from app.models.points import ChapterBalance
from app.services.commit import reading
from app.services.points.balances import YEAR


@dataclass(frozen=True)
class ChapterLine:
    """One row of the chapter ranking. Points are whole points or halves; `rank` is shared by equals."""

    rank: int
    chapter_id: int
    name: str
    points: float
    people: int
    per_head: float


@reading
def chapter_ranking(db: Session, *, under: str = "/", kind: str | None = None, season: int,
                    by: str = "total", campaign_id: int = YEAR) -> list[ChapterLine]:
    """Chapters below the path `under`, each with the points of its whole subtree, by total or per head."""
    query = select(Chapter.id, Chapter.name, Chapter.path).where(Chapter.path.like(f"{under}%"))
    chapters = db.execute(query.where(Chapter.kind == kind) if kind else query).all()
    earned = _earned(db, season, campaign_id)
    people = _heads(db)
    lines = []
    for chapter in chapters:
        half = sum(points for path, points in earned if path.startswith(chapter.path))
        heads = sum(count for path, count in people if path.startswith(chapter.path))
        lines.append((chapter.id, chapter.name, half / 2, heads, half / 2 / heads if heads else 0.0))
    value = 2 if by == "total" else 4
    lines.sort(key=lambda line: (-line[value], line[1]))
    ranks = {amount: place for place, amount in reversed(list(enumerate((line[value] for line in lines), 1)))}
    return [ChapterLine(ranks[line[value]], *line) for line in lines]


def _earned(db: Session, season: int, campaign_id: int) -> list[tuple[str, int]]:
    here = (ChapterBalance.season == season, ChapterBalance.campaign_id == campaign_id)
    query = select(Chapter.path, ChapterBalance.half_points).join(
        Chapter, Chapter.id == ChapterBalance.chapter_id).where(*here)
    return [(row.path, row.half_points) for row in db.execute(query)]


def _heads(db: Session) -> list[tuple[str, int]]:
    query = select(Chapter.path, func.count(Member.id)).join(Member, Member.chapter_id == Chapter.id).where(
        Member.left_at.is_(None), Member.erased_at.is_(None)).group_by(Chapter.path)
    return [(path, count) for path, count in db.execute(query)]
