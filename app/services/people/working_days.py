"""The calendar of working days: the days shipped, and those that the administrators have decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.models.engines import insert
from app.models.rights import CalendarDay
from app.services.audit import audit_in
from app.services.commit import reading, writing
from app.services.people.roles import ADMIN, require_in
from quizzes.holidays import DAYS, Calendar, number_of
from quizzes.refusals import Rejected

EVERYWHERE = "/"
NAME = (2, 80)  # characters of a day's name: least, most


@dataclass(frozen=True)
class Day:
    """One day that is not as its weekday is. `own`: decided here, so that it can be taken back."""

    day: int
    works: bool
    name: str
    own: bool


@reading
def days(db: Session, since: int) -> list[Day]:
    """Shipped and own days from this one on; an own one stands in the place of a shipped one."""
    found = {day: Day(day, works, name, False) for day, (works, name) in DAYS.items() if day >= since}
    for one in db.scalars(select(CalendarDay).where(CalendarDay.day >= since)):
        found[one.day] = Day(one.day, one.works, one.name, True)
    return [found[day] for day in sorted(found)]


def calendar_in(db: Session) -> Calendar:
    """The calendar by which deadlines are counted."""
    return Calendar({one.day: one.works for one in db.scalars(select(CalendarDay))})


@writing
def decide(db: Session, actor_id: int, day: date | None, works: bool, name: str) -> None:
    """Say of a day whether it is worked; saying it again changes it."""
    require_in(db, actor_id, ADMIN, EVERYWHERE)
    said = " ".join(name.split())
    if day is None or not 2000 <= day.year <= 2200:
        raise Rejected("bad_dates", field="day")
    if not NAME[0] <= len(said) <= NAME[1]:
        raise Rejected("day_name", field="name")
    number = number_of(day)
    new = {"works": works, "name": said}
    query = insert(db, CalendarDay).values(day=number, **new)
    db.execute(query.on_conflict_do_update(index_elements=["day"], set_=new))
    audit_in(db, actor_id, "calendar.decided", day=number, works=works)


@writing
def take_back(db: Session, actor_id: int, number: int) -> None:
    """The day is again what is shipped, or what its weekday is."""
    require_in(db, actor_id, ADMIN, EVERYWHERE)
    if not db.execute(delete(CalendarDay).where(CalendarDay.day == number)).rowcount:  # type: ignore[attr-defined]
        raise Rejected("not_found")
    audit_in(db, actor_id, "calendar.taken_back", day=number)
