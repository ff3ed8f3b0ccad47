"""The ledger's only writer. Posting means: make this source's sum for this member equal x.

What to append and how entries are chained is said by `quizzes.ledger`; here it is read, written, and added
to the balances. Entries are numbered without gaps under one lock, so the chain is one order of all of them.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models.engines import insert, lock
from app.models.people import Chapter, Member
from app.models.people import under as inside
from app.models.points import ChapterBalance, Entry, MemberBalance
from app.services.commit import in_turns, reading, writing
from quizzes import ledger
from quizzes.ledger import Due, Posted, Posting
from quizzes.ranking import rolled_up

SOURCE_KIND = 2
CHAIN_LOCK = 8
VIETNAM = timedelta(hours=7)
SLICE = 500


def season_of(at: int) -> int:
    """The season of a moment: the calendar year in Việt Nam."""
    return (datetime.fromtimestamp(at / 1_000_000, UTC) + VIETNAM).year


def slices(members: Sequence[int]) -> Iterator[Sequence[int]]:
    """So many at a time that no statement or transaction gets long."""
    return (members[start : start + SLICE] for start in range(0, len(members), SLICE))


@writing
def post(db: Session, kind: str, source_id: int, due: Mapping[int, Due]) -> int:
    """Make the ledger say what this source's result says; members left out become 0.

    A `Due` without a chapter goes to the member's chapter of today. Returns how many entries were
    appended: 0 when everything was posted before.
    """
    return _post(db, kind, source_id, due)


def post_in_slices(kind: str, source_id: int, due: Mapping[int, Due]) -> int:
    """The same for big results: a transaction for each 500 members. Stopped in between, it goes on next time."""
    members = sorted({*due, *_members_posted(kind, source_id)})
    return sum(_post_some(kind, source_id, due, part) for part in slices(members))


@reading
def sums(db: Session, kind: str, source_id: int) -> dict[int, int]:
    """Member -> half-points the ledger holds of a source, corrections added up."""
    mine = (Entry.source_kind == kind, Entry.source_id == source_id)
    rows = db.execute(select(Entry.member_id, func.sum(Entry.half_points)).where(*mine).group_by(Entry.member_id))
    return {row[0]: int(row[1]) for row in rows}


@reading
def _members_posted(db: Session, kind: str, source_id: int) -> list[int]:
    mine = (Entry.source_kind == kind, Entry.source_id == source_id)
    return list(db.scalars(select(Entry.member_id).where(*mine).distinct()))


@writing
def _post_some(db: Session, kind: str, source_id: int, due: Mapping[int, Due], members: Sequence[int]) -> int:
    return _post(db, kind, source_id, {one: due[one] for one in members if one in due}, members)


def _post(
    db: Session, kind: str, source_id: int, due: Mapping[int, Due], among: Sequence[int] | None = None
) -> int:
    lock(db, SOURCE_KIND, source_id)
    new = ledger.differences(due, _posted(db, kind, source_id, among))
    if not new:
        return 0
    lock(db, CHAIN_LOCK, 0)  # the chain is one order of all entries
    homes = _chapters(db, [one.member for one in new if one.chapter is None])
    homes |= {one.member: one.chapter for one in new if one.chapter is not None}
    at = time.time_ns() // 1000
    _balance(db, new, homes, season_of(at))
    _append(db, (kind, source_id), new, homes, at)
    return len(new)


def _posted(db: Session, kind: str, source_id: int, among: Sequence[int] | None) -> dict[int, Posted]:
    mine = [Entry.source_kind == kind, Entry.source_id == source_id]
    if among is not None:
        mine.append(Entry.member_id.in_(among))
    found: dict[int, Posted] = {}
    for row in db.scalars(select(Entry).where(*mine).order_by(Entry.revision)):
        first = found.get(row.member_id, Posted(0, 0, row.chapter_id))
        found[row.member_id] = Posted(first.points + row.half_points, row.revision, first.chapter)
    return found


def _append(
    db: Session, source: tuple[str, int], new: Iterable[Posting], homes: Mapping[int, int], at: int
) -> None:
    last = db.execute(select(Entry.id, Entry.chain).order_by(Entry.id.desc()).limit(1)).first()
    number, chain = (last.id, last.chain) if last else (0, ledger.GENESIS)
    for one in new:
        number += 1
        entry = ledger.Entry(number, *source, one.member, one.revision, one.points, homes[one.member], at)
        chain = ledger.link(chain, entry)
        db.add(Entry(
            id=number, source_kind=entry.source_kind, source_id=entry.source_id, member_id=entry.member,
            revision=entry.revision, chapter_id=homes[one.member], half_points=entry.points, at=at, chain=chain,
        ))  # fmt: skip
    db.flush()


def _chapters(db: Session, members: Sequence[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for part in slices(members):
        query = select(Member.id, Member.chapter_id).where(Member.id.in_(part))
        found |= {row.id: row.chapter_id for row in db.execute(query)}
    return found


def _balance(db: Session, new: Sequence[Posting], homes: Mapping[int, int], season: int) -> None:
    """Add entries that are not written yet to the balances of their members and chapters."""
    own = [{"member_id": one.member, "season": season, "half_points": one.points} for one in new]
    _add(db, MemberBalance, own)
    known = _known(db, [one.member for one in new])
    points: Counter[int] = Counter()
    people: Counter[int] = Counter()
    for one in new:
        chapter = homes[one.member]
        points[chapter] += one.points
        people[chapter] += (one.member, chapter) not in known
    both = [
        {"chapter_id": chapter, "season": season, "half_points": points[chapter], "members": people[chapter]}
        for chapter in sorted(points)
    ]
    _add(db, ChapterBalance, both)


def _add(db: Session, table: type[MemberBalance] | type[ChapterBalance], rows: list[dict[str, int]]) -> None:
    sums = [name for name in ("half_points", "members") if name in rows[0]]
    new = insert(db, table)
    keys = [column.name for column in table.__table__.primary_key]
    more = {name: getattr(table, name) + new.excluded[name] for name in sums}
    db.execute(new.on_conflict_do_update(index_elements=keys, set_=more), rows)


def _known(db: Session, members: Sequence[int]) -> set[tuple[int, int]]:
    """(member, chapter) pairs that have an entry already."""
    found: set[tuple[int, int]] = set()
    for part in slices(members):
        query = select(Entry.member_id, Entry.chapter_id).where(Entry.member_id.in_(part)).distinct()
        found |= {(row.member_id, row.chapter_id) for row in db.execute(query)}
    return found


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
                    by: str = "total", top: int | None = None) -> list[ChapterLine]:
    """Chapters below the path `under`, each with the points of its whole subtree, by total or per head; the first
    `top` of them. Equals stand in the order of names."""
    earned, heads = rolled_up(in_turns(_earned(db, season))), rolled_up(in_turns(_heads(db)))
    lines = [
        (chapter.id, chapter.name, half / 2, people, half / 2 / people if people else 0.0)
        for chapter in in_turns(_named(db, under, kind))
        for half, people in [(earned.get(chapter.id, 0), heads.get(chapter.id, 0))]
    ]
    value = 2 if by == "total" else 4
    lines.sort(key=lambda line: -line[value])
    ranks = {amount: place for place, amount in reversed(list(enumerate((line[value] for line in lines), 1)))}
    return [ChapterLine(ranks[line[value]], *line) for line in lines[:top]]


def _named(db: Session, path: str, kind: str | None) -> Iterable[Any]:
    query = select(Chapter.id, Chapter.name).where(inside(Chapter.path, path)).order_by(Chapter.sort_key, Chapter.id)
    return db.execute(query.where(Chapter.kind == kind) if kind else query)


def _earned(db: Session, season: int) -> Iterable[Any]:
    query = select(Chapter.path, ChapterBalance.half_points).join(
        Chapter, Chapter.id == ChapterBalance.chapter_id).where(ChapterBalance.season == season)
    return db.execute(query)


def _heads(db: Session) -> Iterable[Any]:
    """Who is erased has left too, so the index of paths tells it alone."""
    query = select(Member.path, func.count()).where(Member.left_at.is_(None)).group_by(Member.path)
    return db.execute(query)


@reading
def balance(db: Session, member_id: int, season: int) -> float:
    """A member's points in a season."""
    return (db.scalar(select(MemberBalance.half_points).where(
        MemberBalance.member_id == member_id, MemberBalance.season == season)) or 0) / 2


@reading
def verify(db: Session) -> list[str]:
    """What does not fit: broken links of the chain, balances that differ from the entries. Empty is right."""
    rows = list(db.scalars(select(Entry).order_by(Entry.id)))
    found = ledger.breaks((_entry(row), row.chain) for row in rows)
    problems = [f"entry {one.no}: {one.code}" for one in found]
    kept = {(row.member_id, row.season): row.half_points for row in db.scalars(select(MemberBalance))}
    told: dict[tuple[int, int], int] = {}
    for row in rows:
        key = (row.member_id, season_of(row.at))
        told[key] = told.get(key, 0) + row.half_points
    problems += [
        f"balance of member {key[0]} in {key[1]}"
        for key in sorted(kept.keys() | told.keys())
        if kept.get(key, 0) != told.get(key, 0)
    ]
    return problems


def _entry(row: Entry) -> ledger.Entry:
    return ledger.Entry(
        no=row.id, source_kind=row.source_kind, source_id=row.source_id, member=row.member_id,
        revision=row.revision, points=row.half_points, chapter=row.chapter_id, at=row.at,
    )  # fmt: skip
