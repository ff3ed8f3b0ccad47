"""The ledger's only writer. Posting means: make this source's sum for this member equal x.

It appends the difference with the next revision, so it may be repeated, and a corrected result is posted
by the same call. An entry keeps the member's chapter of that day; balances are written with it.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models.engines import insert, lock
from app.models.people import Chapter, Member
from app.models.points import ChapterBalance, Entry, MemberBalance
from app.services.commit import reading, writing

SOURCE_KIND = 2
CHAIN_LOCK = 3
VIETNAM = timedelta(hours=7)
START = "0" * 64


def season_of(at: int) -> int:
    """The season of a moment: the calendar year in Việt Nam."""
    return (datetime.fromtimestamp(at / 1_000_000, UTC) + VIETNAM).year


@writing
def post(db: Session, kind: str, source_id: int, sums: Mapping[int, int]) -> int:
    """Make the sum of this source equal `sums` (member -> half-points); members left out become 0.

    Returns how many entries were appended: 0 when everything was posted before.
    """
    return _post(db, kind, source_id, sums)


def _post(db: Session, kind: str, source_id: int, sums: Mapping[int, int]) -> int:
    lock(db, SOURCE_KIND, source_id)
    stands = {row.member_id: (row.total, row.last) for row in db.execute(
        select(Entry.member_id, func.sum(Entry.half_points).label("total"), func.max(Entry.revision).label("last"))
        .where(Entry.source_kind == kind, Entry.source_id == source_id).group_by(Entry.member_id))}
    wanted = {**dict.fromkeys(stands, 0), **sums}
    changes = {member: half - stands.get(member, (0, 0))[0] for member, half in wanted.items()}
    due = sorted(member for member, half in changes.items() if half)
    if not due:
        return 0
    lock(db, CHAIN_LOCK, 0)  # the chain is one order of all entries
    chapters = _chapters(db, due)
    chain, at = db.scalar(select(Entry.chain).order_by(Entry.id.desc()).limit(1)) or START, time.time_ns() // 1000
    for member in due:
        revision = stands.get(member, (0, 0))[1] + 1
        chain = link(chain, kind, source_id, member, revision, chapters[member], changes[member], at)
        db.add(Entry(source_kind=kind, source_id=source_id, member_id=member, revision=revision,
                     chapter_id=chapters[member], half_points=changes[member], at=at, chain=chain))
        _balance(db, member, chapters[member], season_of(at), changes[member])
    return len(due)


def link(chain: str, *entry: object) -> str:
    """The chain after an entry: SHA-256 over what was before and the entry's own numbers."""
    return hashlib.sha256("|".join([chain, *map(str, entry)]).encode()).hexdigest()


def _chapters(db: Session, members: list[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for start in range(0, len(members), 500):
        query = select(Member.id, Member.chapter_id).where(Member.id.in_(members[start:start + 500]))
        found |= {row.id: row.chapter_id for row in db.execute(query)}
    return found


def _balance(db: Session, member: int, chapter: int, season: int, half: int) -> None:
    is_first = db.scalar(select(func.count()).select_from(Entry).where(
        Entry.member_id == member, Entry.chapter_id == chapter)) == 0
    own = insert(db, MemberBalance).values(member_id=member, season=season, half_points=half)
    db.execute(own.on_conflict_do_update(
        index_elements=["member_id", "season"],
        set_={"half_points": MemberBalance.half_points + half}))
    all_ = insert(db, ChapterBalance).values(chapter_id=chapter, season=season, half_points=half, members=1)
    db.execute(all_.on_conflict_do_update(
        index_elements=["chapter_id", "season"],
        set_={"half_points": ChapterBalance.half_points + half,
              "members": ChapterBalance.members + (1 if is_first else 0)}))


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
                    by: str = "total") -> list[ChapterLine]:
    """Chapters below the path `under`, each with the points of its whole subtree, by total or per head."""
    query = select(Chapter.id, Chapter.name, Chapter.path).where(Chapter.path.like(f"{under}%"))
    chapters = db.execute(query.where(Chapter.kind == kind) if kind else query).all()
    earned = _earned(db, season)
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


def _earned(db: Session, season: int) -> list[tuple[str, int]]:
    query = select(Chapter.path, ChapterBalance.half_points).join(
        Chapter, Chapter.id == ChapterBalance.chapter_id).where(ChapterBalance.season == season)
    return [(row.path, row.half_points) for row in db.execute(query)]


def _heads(db: Session) -> list[tuple[str, int]]:
    query = select(Chapter.path, func.count(Member.id)).join(Member, Member.chapter_id == Chapter.id).where(
        Member.left_at.is_(None), Member.erased_at.is_(None)).group_by(Chapter.path)
    return [(path, count) for path, count in db.execute(query)]


@reading
def balance(db: Session, member_id: int, season: int) -> float:
    """A member's points in a season."""
    return (db.scalar(select(MemberBalance.half_points).where(
        MemberBalance.member_id == member_id, MemberBalance.season == season)) or 0) / 2


@reading
def verify(db: Session) -> list[str]:
    """What does not fit: broken links of the chain, balances that differ from the entries. Empty is right."""
    problems, chain = [], START
    for row in db.scalars(select(Entry).order_by(Entry.id)):
        chain = link(chain, row.source_kind, row.source_id, row.member_id, row.revision, row.chapter_id,
                     row.half_points, row.at)
        if chain != row.chain:
            problems.append(f"entry {row.id}: the chain is broken")
            chain = row.chain
    kept = {(row.member_id, row.season): row.half_points for row in db.scalars(select(MemberBalance))}
    told: dict[tuple[int, int], int] = {}
    for row in db.scalars(select(Entry)):
        key = (row.member_id, season_of(row.at))
        told[key] = told.get(key, 0) + row.half_points
    problems += [f"balance of member {key[0]} in {key[1]}" for key in kept.keys() | told.keys()
                 if kept.get(key, 0) != told.get(key, 0)]
    return problems
