"""Chapter rankings over the balances: totals of whole subtrees, and points per head."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import Any

from sqlalchemy import func, not_, select
from sqlalchemy.orm import Session, aliased

from app.models.people import Chapter, Member, on_the_list
from app.models.people import under as inside
from app.models.points import ChapterBalance
from app.services.commit import in_turns, reading
from app.services.points.balances import YEAR

INVENTED = "MAU"
"""The code of the invented organisation's root."""
NOTHING = (0, 0)  # half-points, people


@dataclass(frozen=True)
class ChapterLine:
    """One row of the chapter ranking. Points are whole points or halves; `rank` is shared by equals."""

    rank: int
    chapter_id: int
    name: str
    points: float
    people: int
    per_head: float
    parent: str = ""
    """The chapter above it: chapters of one name are told apart by it."""


Ranked = tuple[int, int, str, float, int, float]
"""rank, chapter, name, points, people, points per head."""


@reading
def chapter_ranking(
    db: Session,
    *,
    under: str = "/",
    kind: str | None = None,
    season: int,
    by: str = "total",
    top: int | None = None,
    campaign_id: int = YEAR,
    own: int | None = None,
) -> list[ChapterLine]:
    """Chapters below the path `under`, each with the points of its whole subtree, by total or per head; the first
    `top` of them, and behind them `own`, wherever it stands. Equals stand in the order of names."""
    return _first(db, _ranked(db, under, kind, season, by, campaign_id), top, own)


@reading
def whole_ranking(db: Session, *, under: str, kind: str | None, season: int, by: str) -> list[Ranked]:
    """The place of every chapter of a subtree in a season: what takes long. `first` says what of it is shown."""
    return _ranked(db, under, kind, season, by, YEAR)


@reading
def first(db: Session, ranked: Sequence[Ranked], top: int | None, own: int | None) -> list[ChapterLine]:
    """The first `top` of a ranking, and behind them `own`, wherever it stands."""
    return _first(db, ranked, top, own)


def _ranked(db: Session, under: str, kind: str | None, season: int, by: str, campaign_id: int) -> list[Ranked]:
    chapters = list(in_turns(_chapters(db, under)))
    earned = dict(in_turns(_earned(db, season, campaign_id)))
    heads = dict(in_turns(_heads(db, under)))
    sums = _whole(chapters, earned, heads)
    lines = [
        (number, name, half / 2, people, half / 2 / people if people else 0.0)
        for number, _parent, _path, name, its in in_turns(chapters)
        if kind is None or its == kind
        for half, people in [sums[number]]
    ]
    value = 2 if by == "total" else 4
    lines.sort(key=lambda line: -line[value])
    ranks = {amount: place for place, amount in reversed(list(enumerate((line[value] for line in lines), 1)))}
    return [(ranks[line[value]], *line) for line in lines]


def _whole(chapters: Sequence[Any], earned: Mapping[int, int], heads: Mapping[str, int]) -> dict[int, tuple[int, int]]:
    """Chapter -> half-points and people of its whole subtree: the lowest first, each is added to the one above it."""
    sums: dict[int, tuple[int, int]] = {}
    below: dict[int, tuple[int, int]] = {}
    for number, parent, path, _name, _kind in in_turns(sorted(chapters, key=itemgetter(2), reverse=True)):
        half, people = below.get(number, NOTHING)
        half, people = sums[number] = half + earned.get(number, 0), people + heads.get(path, 0)
        if half or people:
            others = below.get(parent, NOTHING)
            below[parent] = others[0] + half, others[1] + people
    return sums


def _first(db: Session, ranked: Sequence[Ranked], top: int | None, own: int | None) -> list[ChapterLine]:
    lines = [ChapterLine(*line) for line in ranked[:top]]
    if own is not None and own not in {line.chapter_id for line in lines}:
        lines += [ChapterLine(*line) for line in ranked if line[1] == own]
    parents = _parents(db, [line.chapter_id for line in lines])
    return [replace(line, parent=parents.get(line.chapter_id, "")) for line in lines]


def _parents(db: Session, chapter_ids: list[int]) -> dict[int, str]:
    """Chapter -> the name of the one above it."""
    above = aliased(Chapter)
    query = select(Chapter.id, above.name).join(above, above.id == Chapter.parent_id)
    return {row[0]: row[1] for row in db.execute(query.where(Chapter.id.in_(chapter_ids)))}


def _chapters(db: Session, path: str) -> Iterable[Any]:
    """(number, parent, path, name, kind) of a subtree in the order of names."""
    columns = (Chapter.id, Chapter.parent_id, Chapter.path, Chapter.name, Chapter.kind)
    query = select(*columns).where(inside(Chapter.path, path)).order_by(Chapter.sort_key, Chapter.id)
    invented = db.scalar(select(Chapter.path).where(Chapter.code == INVENTED))
    if invented is not None and not path.startswith(invented):  # it is never ranked beside real chapters
        query = query.where(not_(inside(Chapter.path, invented)))
    return db.execute(query)


def _earned(db: Session, season: int, campaign_id: int) -> Iterable[Any]:
    query = select(ChapterBalance.chapter_id, ChapterBalance.half_points)
    return db.execute(query.where(ChapterBalance.season == season, ChapterBalance.campaign_id == campaign_id))


def _heads(db: Session, path: str) -> Iterable[Any]:
    """(path, people) of every chapter of a subtree that has some. An erased member has left, too, so the index of paths
    alone tells who counts."""
    query = select(Member.path, func.count()).where(on_the_list(), inside(Member.path, path)).group_by(Member.path)
    return db.execute(query)
