"""Attendance of a year, for the member and for the organisers of the chapter and those above: never public."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.activities import Activity, Attendance
from app.models.engines import now_us
from app.models.people import Chapter, Member, on_the_list, under
from app.services.audit import audit_in
from app.services.commit import breathe, in_turns, reading, writing
from app.services.people.chapters import ids_of
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


@reading
def mine(db: Session, member_id: int, year: int, zone: str) -> rates.Attendance:
    """The member's own year."""
    (line,) = _lines(db, [db.execute(select(*COLUMNS).where(Member.id == member_id)).one()], year, zone)
    return line.of


def taken(actor_id: int, chapter_id: int, year: int, zone: str) -> list[Line]:
    """Everybody of the chapter and below, for a file that an organiser takes; the audit log keeps that they did."""
    return _of_chapter(_noted(actor_id, chapter_id, year), year, zone)


@writing
def _noted(db: Session, actor_id: int, chapter_id: int, year: int) -> str:
    """Keep who takes the file, before anything is read: nobody who writes waits for a hundred thousand rows."""
    path = path_of_in(db, chapter_id)
    require_in(db, actor_id, ORGANISER, path)
    audit_in(db, actor_id, "attendance.taken", chapter_id=chapter_id, year=year)
    return path


@reading
def _of_chapter(db: Session, path: str, year: int, zone: str) -> list[Line]:
    here = select(*COLUMNS).where(under(Member.path, path), on_the_list())
    rows = db.execute(here.order_by(Member.sort_key, Member.id).execution_options(yield_per=PIECE))
    return _lines(db, in_turns(rows, PIECE), year, zone)


def _lines(db: Session, members: Iterable[Any], year: int, zone: str) -> list[Line]:
    """Activities, who came and the names of chapters are read once each, however many members there are."""
    first, after = year_bounds(year, zone)
    ended = (Activity.ends_at >= max(first, now_us(db) - KEPT), Activity.ends_at < min(after, now_us(db)))
    counting = (*ended, Activity.counts.is_(True), Activity.cancelled_at.is_(None))
    of_chapter: dict[int, dict[int, int]] = defaultdict(dict)
    ends: dict[int, int] = {}
    for number, chapter, at in db.execute(select(Activity.id, Activity.chapter_id, Activity.ends_at).where(*counting)):
        of_chapter[chapter][number] = ends[number] = at
    came: dict[int, set[int]] = defaultdict(set)
    people = list(members)
    those = {one.id for one in in_turns(people, PIECE)}
    rows = select(Attendance.member_id, Attendance.activity_id).join(Activity, Activity.id == Attendance.activity_id)
    if len(people) == 1:
        rows = rows.where(Attendance.member_id == people[0].id)
    for member, number in in_turns(db.execute(rows.where(*counting)), PIECE):
        if member in those:
            came[member].add(number)
    names = _names(db, {one.chapter_id for one in people})
    found = []
    for one in in_turns(people, PIECE):
        held = {number: at for chapter in ids_of(one.path) for number, at in of_chapter.get(chapter, {}).items()}
        held |= {number: ends[number] for number in came.get(one.id, ())}
        year_of = rates.attendance(held, came.get(one.id, ()), one.created_at)
        found.append(Line(one.id, one.name, one.code, names[one.chapter_id], year_of))
    return found


def _names(db: Session, chapters: Collection[int]) -> dict[int, str]:
    """The names of chapters, asked for some at a time: engines take only so many values in one question."""
    found: dict[int, str] = {}
    numbers = sorted(chapters)
    for start in range(0, len(numbers), PIECE):
        those = numbers[start : start + PIECE]
        found |= dict(db.execute(select(Chapter.id, Chapter.name).where(Chapter.id.in_(those))).all())
        breathe()
    return found
