"""The review queue: what looks odd is looked at by a person before it counts, with reasons only they read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import case, func, select, update
from sqlalchemy.orm import Session

from app.models.engines import lock
from app.models.movement import Campaign, CheckItem, Objection, Taught, Teaching
from app.models.people import Chapter, Member
from app.services.apart import apart
from app.services.audit import audit_in
from app.services.commit import in_turns, reading, writing
from app.services.movement.checking import count_listed_in, refuse_near_in
from app.services.movement.clock import now_us
from app.services.movement.confirming import PERSON
from app.services.movement.posting import post_in
from app.services.movement.teaching import signed_code, slot_column
from app.services.people.roles import ORGANISER, require_in
from app.services.rows import row_in
from quizzes.movement import odd, steps
from quizzes.refusals import Rejected

WAITING, CLEARED, REJECTED = "waiting", "cleared", "rejected"
WORDS = (10, 2000)
"""Length of an answer in characters: least, most."""


def look_through(campaign_id: int, now: int) -> int:
    """Look at the shape of a campaign's confirmations; how many got new reasons. What was cleared stays cleared for
    the reasons it was cleared of."""
    found = apart(odd.looked_through, _all_seen(campaign_id), now)
    return sum(_mark(number, sorted(reasons)) for number, reasons in sorted(found.items()))


@reading
def _all_seen(db: Session, campaign_id: int) -> list[odd.Seen]:
    rows: Any = db.execute(
        select(
            Teaching.id,
            Teaching.member_id,
            Teaching.chapter_id,
            Teaching.confirmed_at,
            Teaching.used_at,
            Teaching.taught_member_id,
            Teaching.code_used_at,
            case((Teaching.way == steps.OWN, func.coalesce(Teaching.address_digest, "")), else_=""),
        ).where(Teaching.campaign_id == campaign_id, Teaching.state == steps.CONFIRMED)
    )
    return [odd.Seen(*row) for row in in_turns(rows)]


@writing
def _mark(db: Session, number: int, reasons: list[str]) -> bool:
    one = db.scalar(select(Teaching).where(Teaching.id == number).with_for_update())
    if one is None or one.state != steps.CONFIRMED or one.taught_ok_at is not None:
        return False
    before = one.signs
    signed_code(one, *reasons)
    return one.signs != before


@dataclass(frozen=True)
class Odd:
    """One teaching in the queue."""

    id: int
    public_id: str
    member: str
    chapter: str
    name: str
    kind: str
    way: str
    confirmed_at: int
    reasons: tuple[str, ...]
    objection: str
    objection_id: int | None


@reading
def queue(db: Session, campaign_id: int, limit: int = 100) -> list[Odd]:
    """The teachings that wait for a reviewer, and objections that wait for an answer; the oldest first."""
    answered = select(Objection).where(Objection.answered_at.is_(None)).subquery()
    rows = db.execute(
        select(Teaching, Member.name, Chapter.name, Taught.name, answered.c.words, answered.c.id)
        .join(Member, Member.id == Teaching.member_id)
        .join(Chapter, Chapter.id == Teaching.chapter_id)
        .outerjoin(Taught, Taught.teaching_id == Teaching.id)
        .outerjoin(answered, answered.c.teaching_id == Teaching.id)
        .where(Teaching.campaign_id == campaign_id)
        .where((Teaching.review == WAITING) | answered.c.id.is_not(None))
        .order_by(Teaching.confirmed_at, Teaching.id)
        .limit(limit)
    )
    return [
        Odd(
            t.id,
            t.public_id,
            member,
            chapter,
            name or "",
            t.kind,
            t.way,
            t.confirmed_at or 0,
            tuple(one for one in t.signs.split(",") if one),
            words or "",
            number,
        )
        for t, member, chapter, name, words, number in rows
    ]


@writing
def decide(db: Session, actor_id: int, public_id: str, good: bool, answer: str = "") -> None:
    """A reviewer from outside the chapter says that it counts, or that it does not; an objection gets its answer."""
    one = row_in(db, Teaching, public_id)
    campaign = db.get_one(Campaign, one.campaign_id)
    require_in(db, actor_id, ORGANISER, db.get_one(Chapter, campaign.chapter_id).path)
    refuse_near_in(db, actor_id, one)
    open_ = (Objection.teaching_id == one.id, Objection.answered_at.is_(None))
    objected = db.scalar(select(Objection.id).where(*open_)) is not None
    if one.review != WAITING and not objected:
        raise Rejected("already_decided")
    if objected and len(answer.strip()) < WORDS[0]:
        raise Rejected("answer_needed", field="answer")
    lock(db, PERSON, one.member_id)  # a slot is taken by one, whoever brings it back or confirms meanwhile
    now = now_us(db)
    one.review, one.reviewed_at = CLEARED if good else REJECTED, now
    _free_or_fill(db, one, good, objected, now)
    db.execute(update(Objection).where(*open_).values(answer=answer.strip()[: WORDS[1]], answered_at=now))
    audit_in(db, actor_id, "teaching.reviewed", member_id=one.member_id, chapter_id=one.chapter_id, good=good)
    post_in(db, one.campaign_id, [one.member_id])


def _free_or_fill(db: Session, one: Teaching, good: bool, objected: bool, now: int) -> None:
    """Frees the slot of a rejected teaching. A teaching that an objection brings back takes its slot again, if it is
    free."""
    slot = slot_column(one.campaign_id, one.member_id, one.kind)
    if not good:
        one.slot = None
        return
    count_listed_in(db, one, now)
    if objected:
        one.taught_ok_at = one.taught_ok_at or now
        if one.used_at is not None:
            one.used_ok_at = one.used_ok_at or now
        if slot is not None and db.scalar(select(Teaching.id).where(Teaching.slot == slot)) is None:
            one.slot = slot


@writing
def object_to(db: Session, member_id: int, public_id: str, words: str) -> None:
    """The member's own words about a teaching that does not count; one at a time."""
    one = db.scalar(select(Teaching).where(Teaching.public_id == public_id, Teaching.member_id == member_id))
    if one is None:
        raise Rejected("not_found")
    words = " ".join(words.split())
    if not WORDS[0] <= len(words) <= WORDS[1]:
        raise Rejected("complaint_words", field="words")
    asked = db.scalar(select(Objection.id).where(Objection.teaching_id == one.id, Objection.answered_at.is_(None)))
    if one.review != REJECTED or one.state != steps.CONFIRMED or asked is not None:
        raise Rejected("not_now")
    db.add(Objection(teaching_id=one.id, member_id=member_id, words=words, at=now_us(db)))


@reading
def why_not(db: Session, teaching_id: int) -> list[str]:
    """The sentences a member is told about a teaching that was rejected: what failed, or what looked odd. Empty for any
    other: reasons are the reviewer's alone until they cost points."""
    one = db.get_one(Teaching, teaching_id)
    if one.review != REJECTED:
        return []
    checked = (CheckItem.teaching_id == teaching_id, CheckItem.outcome.in_(odd.CHECKED))
    failed = db.scalar(select(CheckItem.outcome).where(*checked).order_by(CheckItem.decided_at.desc()).limit(1))
    if failed is not None:
        return [odd.CHECKED[failed]]
    return [odd.REASONS[sign] for sign in one.signs.split(",") if sign]


@reading
def objections(db: Session, teaching_id: int) -> list[tuple[int, str, str]]:
    """(moment, words, answer or "") of a member about a teaching, the first one first."""
    rows = db.scalars(select(Objection).where(Objection.teaching_id == teaching_id).order_by(Objection.id))
    return [(one.at, one.words, one.answer) for one in rows]
