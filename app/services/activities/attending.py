"""People who came. They scan the code on the screen, or an organiser ticks them on a phone that may be offline."""

from __future__ import annotations

import hmac
import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app.models.activities import Activity, Attendance
from app.models.engines import insert, now_us
from app.models.people import Chapter, Member, on_the_list, under
from app.services.activities.planning import activity_in, require_over_in
from app.services.audit import audit_in
from app.services.commit import reading, writing
from app.services.movement.codes import codes
from app.services.people.roles import path_of_in
from quizzes.activities import codes as rules
from quizzes.hours import DAY
from quizzes.refusals import Rejected

BEFORE = 3600 * 1_000_000
"""How long before its begin people may come in, microseconds."""
LATE = 7 * DAY
"""How long after the end an organiser's phone may still send the notes it kept, microseconds."""
KEY = re.compile(r"[0-9A-Za-z-]{8,40}")
MOST_LINES = 500  # lines of one message
LISTED = 2000  # people of a list


@dataclass(frozen=True)
class Came:
    """Somebody who came, as the organiser sees it."""

    member_id: int
    name: str
    code: str
    chapter: str
    way: str
    at: int


@dataclass(frozen=True)
class Expected:
    """A line of the organiser's phone."""

    id: int
    name: str
    code: str
    chapter: str
    here: bool


def _key() -> bytes:
    return codes.keyed("check-in").encode()


@reading
def shown(db: Session, public_id: str) -> tuple[str, int]:
    """The code on the screen now, and in how many microseconds the next one comes."""
    now = now_us(db)
    return rules.code_of(_key(), public_id, rules.step_at(now)), rules.CHANGES - now % rules.CHANGES


@reading
def scan(db: Session, public_id: str, code: str, device: str) -> str:
    """A code was scanned: what the same browser shows when its person has signed in. Rejected: code_old."""
    activity_in(db, public_id)
    now = now_us(db)
    if not rules.is_fresh(_key(), public_id, code, now):
        raise Rejected("code_old")
    return f"{now:x}.{codes.keyed(f'scan {public_id} {now:x} {device}')}"


@writing
def check_in(db: Session, member_id: int, public_id: str, scanned: str, device: str) -> bool:
    """The member is here; False where that was known. Rejected: code_old, not_open_yet, activity_over, one_phone,
    not_invited."""
    one, now = activity_in(db, public_id), now_us(db)
    said, _, mac = scanned.partition(".")
    ours = hmac.compare_digest(mac.encode(), codes.keyed(f"scan {public_id} {said} {device}").encode())
    if not ours or not 0 <= now - int(said, 16) <= rules.TO_SIGN_IN:
        raise Rejected("code_old")
    _when_over(db, one, now)
    if one.cancelled_at is not None or now - rules.TO_SIGN_IN > one.ends_at:
        raise Rejected("activity_over")
    if now < one.starts_at - BEFORE:
        raise Rejected("not_open_yet")
    member = db.get_one(Member, member_id)
    if not member.path.startswith(path_of_in(db, one.chapter_id)):
        raise Rejected("not_invited")
    if _came(db, one.id, member_id):
        return False
    mark = codes.keyed(f"device {public_id} {device}")
    if not _note(db, one, member, "code", now, device=mark):
        if _came(db, one.id, member_id):
            return False
        raise Rejected("one_phone")
    return True


@writing
def note(db: Session, actor_id: int, public_id: str, lines: Sequence[tuple[str, int]], later: bool) -> list[str]:
    """Stores the notes of an organiser's phone, each (its key, member). Returns the settled keys, those settled earlier
    among them; a line about somebody outside the chapter is left out. `later`: the phone was offline meanwhile."""
    one, now = activity_in(db, public_id), now_us(db)
    require_over_in(db, actor_id, one)
    _when_over(db, one, now)
    if one.cancelled_at is not None or not one.starts_at - BEFORE <= now <= one.ends_at + LATE:
        raise Rejected("activity_over" if now > one.starts_at else "not_open_yet")
    if len(lines) > MOST_LINES or not all(KEY.fullmatch(key) for key, _ in lines):
        raise Rejected("bad_request")
    path = path_of_in(db, one.chapter_id)
    wanted = select(Member).where(
        Member.id.in_({number for _, number in lines}), under(Member.path, path), on_the_list()
    )
    members = {member.id: member for member in db.scalars(wanted)}
    new = 0
    for key, number in lines:
        if number in members:
            new += _note(db, one, members[number], "later" if later else "door", now, key=key, by_id=actor_id)
    if new:
        audit_in(db, actor_id, "attendance.noted", chapter_id=one.chapter_id, activity=one.id, people=new)
    return [key for key, number in lines if number in members]


def _note(db: Session, one: Activity, member: Member, way: str, now: int, **more: object) -> bool:
    row = {"activity_id": one.id, "member_id": member.id, "chapter_id": member.chapter_id, "way": way, "at": now}
    query = insert(db, Attendance).values(**row, **more).on_conflict_do_nothing().returning(Attendance.id)
    if db.scalar(query) is None:
        return False
    one.posted_at = None
    return True


def _when_over(db: Session, one: Activity, now: int) -> None:
    """Its points may be posted at this moment: wait, so that nobody who is noted now is left out."""
    if now > one.ends_at:
        db.refresh(one, with_for_update=True)


def _came(db: Session, activity_id: int, member_id: int) -> bool:
    mine = (Attendance.activity_id == activity_id, Attendance.member_id == member_id)
    return db.scalar(select(Attendance.id).where(*mine)) is not None


@writing
def remove(db: Session, actor_id: int, public_id: str, member_id: int, reason: str) -> None:
    """It was a mistake: this person did not come. Its points are taken back."""
    one = activity_in(db, public_id)
    require_over_in(db, actor_id, one)
    if not reason.strip():
        raise Rejected("reason_needed", field="reason")
    this = (Attendance.activity_id == one.id, Attendance.member_id == member_id)
    if db.scalar(delete(Attendance).where(*this).returning(Attendance.id)) is None:
        return
    one.posted_at = None
    audit_in(db, actor_id, "attendance.removed", member_id=member_id, chapter_id=one.chapter_id, reason=reason)


@reading
def is_here(db: Session, activity_id: int, member_id: int) -> bool:
    """True when this person's attendance is noted."""
    return _came(db, activity_id, member_id)


@reading
def how_many(db: Session, activity_id: int) -> int:
    """The number of people noted as present."""
    return db.scalar(select(func.count()).select_from(Attendance).where(Attendance.activity_id == activity_id)) or 0


@reading
def came(db: Session, activity_id: int) -> list[Came]:
    """The members who came, by name; for organisers."""
    rows = db.execute(
        select(Member.id, Member.name, Member.code, Chapter.name, Attendance.way, Attendance.at)
        .join(Member, Member.id == Attendance.member_id)
        .join(Chapter, Chapter.id == Attendance.chapter_id)
        .where(Attendance.activity_id == activity_id)
        .order_by(Member.sort_key, Member.id)
    )
    return [Came(*row) for row in rows]


@reading
def expected(db: Session, activity_id: int, path: str) -> list[Expected]:
    """Everybody of the chapter and below, for the organiser's phone; at most 2,000."""
    here = select(Attendance.member_id).where(Attendance.activity_id == activity_id)
    known = set(db.scalars(here))
    rows = db.execute(
        select(Member.id, Member.name, Member.code, Chapter.name)
        .join(Chapter, Chapter.id == Member.chapter_id)
        .where(under(Member.path, path), on_the_list())
        .order_by(Member.sort_key, Member.id)
        .limit(LISTED)
    )
    return [Expected(*row, row[0] in known) for row in rows]
