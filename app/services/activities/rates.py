"""Attendance of a year, for the member and for the organisers of the chapter and those above: never public."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, select, tuple_
from sqlalchemy.orm import Session

from app.models.activities import Activity, Attendance
from app.models.engines import now_us
from app.models.people import Chapter, Member, on_the_list
from app.services.audit import audit_in
from app.services.commit import breathe, in_turns, reading, writing
from app.services.people.chapters import ids_of
from app.services.people.members import inside
from app.services.people.roles import ORGANISER, path_of_in, require_in
from quizzes.activities import rates
from quizzes.hours import DAY

KEPT = 730 * DAY
"""Twenty-four months after the activity nobody's coming is known any more."""
PIECE = 500
"""Members, or times somebody came, between two breaths."""


COLUMNS = (Member.id, Member.name, Member.code, Member.chapter_id, Member.path, Member.created_at)
"""Read as rows: a hundred thousand objects are walked through for garbage for half a second."""


@dataclass(frozen=True, slots=True)
class Line:
    """One member's year."""

    member_id: int
    name: str
    code: str
    chapter: str
    of: rates.Attendance


def year_bounds(year: int, zone: str) -> tuple[int, int]:
    """The first moment of a year where the people are, and of the next."""
    begins = (datetime(one, 1, 1, tzinfo=ZoneInfo(zone)).timestamp() for one in (year, year + 1))
    first, after = (int(one) * 1_000_000 for one in begins)
    return first, after


@dataclass(frozen=True)
class _Held:
    """The activities of a year that count: chapter -> activity -> its end, every end, and who came to which."""

    of_chapter: Mapping[int, Mapping[int, int]]
    ends: Mapping[int, int]
    came: Mapping[int, Collection[int]]

    def year_of(self, one: Any) -> rates.Attendance:
        """The year of one row of COLUMNS."""
        came = self.came.get(one.id, ())
        held = {number: at for chapter in ids_of(one.path) for number, at in self.of_chapter.get(chapter, {}).items()}
        return rates.attendance(held | {number: self.ends[number] for number in came}, came, one.created_at)


@reading
def mine(db: Session, member_id: int, year: int, zone: str) -> rates.Attendance:
    """The member's own year."""
    me = db.execute(select(*COLUMNS).where(Member.id == member_id)).one()
    return _held(db, year, zone, member_id).year_of(me)


def taken(actor_id: int, chapter_id: int, year: int, zone: str) -> Iterator[Line]:
    """Everybody of the chapter and below, for a file that an organiser takes; the audit log keeps that they did."""
    path = _noted(actor_id, chapter_id, year)
    return _everybody(path, _all_held(year, zone))


@writing
def _noted(db: Session, actor_id: int, chapter_id: int, year: int) -> str:
    """Keep who takes the file, before anything is read: nobody who writes waits for a hundred thousand rows."""
    path = path_of_in(db, chapter_id)
    require_in(db, actor_id, ORGANISER, path)
    audit_in(db, actor_id, "attendance.taken", chapter_id=chapter_id, year=year)
    return path


def _everybody(path: str, held: _Held) -> Iterator[Line]:
    """Read in pieces by key, so that no more than a piece of a province is in memory."""
    here, after, more = _inside(path), None, True
    while more:
        part = _piece(here, after)
        for one, chapter in part:
            yield Line(one.id, one.name, one.code, chapter, held.year_of(one))
        more = len(part) == PIECE
        after = (part[-1][0].sort_key, part[-1][0].id) if part else None
        breathe()


@reading
def _inside(db: Session, path: str) -> ColumnElement[bool]:
    return and_(inside(db, path), on_the_list())


@reading
def _piece(db: Session, these: ColumnElement[bool], after: tuple[str, int] | None) -> list[tuple[Any, str]]:
    """The next members of a subtree in the order of names, each with its chapter's name."""
    here = select(*COLUMNS, Member.sort_key).where(these)
    if after is not None:
        here = here.where(tuple_(Member.sort_key, Member.id) > after)
    rows = db.execute(here.order_by(Member.sort_key, Member.id).limit(PIECE)).all()
    names = _names(db, {one.chapter_id for one in rows})
    return [(one, names[one.chapter_id]) for one in rows]


@reading
def _all_held(db: Session, year: int, zone: str) -> _Held:
    return _held(db, year, zone)


def _held(db: Session, year: int, zone: str, member_id: int | None = None) -> _Held:
    """Activities and who came to them are read once, however many members there are; or what one member came to."""
    first, after = year_bounds(year, zone)
    ended = (Activity.ends_at >= max(first, now_us(db) - KEPT), Activity.ends_at < min(after, now_us(db)))
    counting = (*ended, Activity.counts.is_(True), Activity.cancelled_at.is_(None))
    of_chapter: dict[int, dict[int, int]] = defaultdict(dict)
    ends: dict[int, int] = {}
    for number, chapter, at in db.execute(select(Activity.id, Activity.chapter_id, Activity.ends_at).where(*counting)):
        of_chapter[chapter][number] = ends[number] = at
    came: dict[int, set[int]] = defaultdict(set)
    rows = select(Attendance.member_id, Attendance.activity_id).join(Activity, Activity.id == Attendance.activity_id)
    if member_id is not None:
        rows = rows.where(Attendance.member_id == member_id)
    for member, number in in_turns(db.execute(rows.where(*counting)), PIECE):
        came[member].add(number)
    return _Held(of_chapter, ends, came)


def _names(db: Session, chapters: Collection[int]) -> dict[int, str]:
    """The names of chapters, asked for some at a time: engines take only so many values in one question."""
    found: dict[int, str] = {}
    numbers = sorted(chapters)
    for start in range(0, len(numbers), PIECE):
        those = numbers[start : start + PIECE]
        found |= dict(db.execute(select(Chapter.id, Chapter.name).where(Chapter.id.in_(those))).all())
        breathe()
    return found
