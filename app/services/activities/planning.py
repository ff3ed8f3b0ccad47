"""Activities as they are planned: made, changed, cancelled, written up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.models.activities import Activity, ActivityPart
from app.models.engines import now_us
from app.models.people import Chapter, Member
from app.services.audit import audit_in
from app.services.commit import reading, writing
from app.services.people.chapters import open_in
from app.services.people.roles import ORGANISER, path_of_in, require_in
from app.services.rows import Numbered, OfChapter
from app.services.same import same_in
from app.services.tokens import new_address_id
from quizzes.activities.kinds import ACTIVITIES
from quizzes.hours import DAY
from quizzes.refusals import Rejected
from quizzes.text import visible

LONGEST = 31 * DAY
"""How long an activity may last, microseconds."""
MOST_TEXT = 10_000
"""Characters of the plan."""
MOST_POINTS = 100
"""Whole points for coming."""
MOST_PARTS = 30
"""Parts of the programme."""
QUIZ = re.compile(r"(?:https?://[^/\s]+)?(/contests/[A-Za-z0-9_-]{1,40})(?:[/?#]\S*)?")


@dataclass(frozen=True)
class Draft:
    """The content of an activity's form. Moments are microseconds; `quiz` is the address of one of our contests."""

    kind: str
    title: str
    starts_at: int
    ends_at: int
    place: str = ""
    plan: str = ""
    quiz: str = ""
    counts: bool = True
    points: int = 0


@dataclass(frozen=True)
class Held(OfChapter, Numbered):
    """An activity as pages show it. `path`: of its chapter."""

    kind: str
    title: str
    place: str
    plan: str
    minutes: str
    quiz: str
    starts_at: int
    ends_at: int
    counts: bool
    points: int
    posted_at: int | None
    cancelled: bool


@dataclass(frozen=True)
class Part:
    """One person's task in an activity."""

    member_id: int
    name: str
    part: str


@writing
def plan(db: Session, actor_id: int, chapter_id: int, draft: Draft) -> str:
    """Make an activity; its public number. Rejected: forbidden, chapter_closed, activity_*, bad_dates."""
    chapter = open_in(db, chapter_id)
    require_in(db, actor_id, ORGANISER, chapter.path)
    new = Activity(public_id=new_address_id(9), chapter_id=chapter_id, made_by=actor_id, made_at=now_us(db), minutes="")
    _fill(new, draft)
    known = same_in(db, new, "kind", "title", "starts_at", "ends_at", "place", cancelled_at=None)
    if known is not None:
        return known.public_id
    db.add(new)
    audit_in(db, actor_id, "activity.planned", chapter_id=chapter_id)
    return new.public_id


@writing
def change(db: Session, actor_id: int, public_id: str, draft: Draft) -> None:
    """Correct the plan. Other points or hours are posted anew by the clock."""
    one = activity_in(db, public_id)
    require_over_in(db, actor_id, one)
    _fill(one, draft)
    if not db.is_modified(one):
        return
    one.posted_at = None
    audit_in(db, actor_id, "activity.changed", chapter_id=one.chapter_id)


@writing
def write_up(db: Session, actor_id: int, public_id: str, minutes: str) -> None:
    """Keep the minutes: what was said and decided."""
    one = activity_in(db, public_id)
    require_over_in(db, actor_id, one)
    if len(minutes) > MOST_TEXT:
        raise Rejected("text_too_long", field="minutes", most=MOST_TEXT)
    one.minutes = minutes.strip()


@writing
def cancel(db: Session, actor_id: int, public_id: str) -> None:
    """Call it off: it counts for nobody, and its points are taken back."""
    one = activity_in(db, public_id)
    require_over_in(db, actor_id, one)
    if one.cancelled_at is None:
        one.cancelled_at, one.posted_at = now_us(db), None
        audit_in(db, actor_id, "activity.cancelled", chapter_id=one.chapter_id)


@writing
def give_part(db: Session, actor_id: int, public_id: str, member_id: int, part: str) -> None:
    """Somebody does something in it; an empty part takes it back."""
    one = activity_in(db, public_id)
    require_over_in(db, actor_id, one)
    part = visible(part)[:120]
    db.execute(delete(ActivityPart).where(ActivityPart.activity_id == one.id, ActivityPart.member_id == member_id))
    if not part:
        return
    member = db.get(Member, member_id)
    if member is None or member.erased_at is not None or not member.path.startswith(path_of_in(db, one.chapter_id)):
        raise Rejected("no_such_member", field="member")
    held = db.scalars(select(ActivityPart.member_id).where(ActivityPart.activity_id == one.id)).all()
    if len(held) >= MOST_PARTS:
        raise Rejected("too_many_rows", field="member", most=MOST_PARTS)
    db.add(ActivityPart(activity_id=one.id, member_id=member_id, part=part))


def _fill(one: Activity, draft: Draft) -> None:
    title, place = visible(draft.title), visible(draft.place)[:160]
    if not 2 <= len(title) <= 160:
        raise Rejected("activity_title", field="title")
    if draft.kind not in ACTIVITIES:
        raise Rejected("activity_kind", field="kind")
    if not draft.starts_at < draft.ends_at <= draft.starts_at + LONGEST:
        raise Rejected("bad_dates", field="ends")
    if len(draft.plan) > MOST_TEXT:
        raise Rejected("text_too_long", field="plan", most=MOST_TEXT)
    if not 0 <= draft.points <= MOST_POINTS:
        raise Rejected("activity_points", field="points", most=MOST_POINTS)
    found = QUIZ.fullmatch(draft.quiz.strip()) if draft.quiz.strip() else None
    if draft.quiz.strip() and found is None:
        raise Rejected("activity_quiz", field="quiz")
    one.kind, one.title, one.place, one.plan = draft.kind, title, place, draft.plan.strip()
    one.starts_at, one.ends_at, one.counts, one.points = draft.starts_at, draft.ends_at, draft.counts, draft.points
    one.quiz = found[1] if found else ""


def activity_in(db: Session, public_id: str) -> Activity:
    found = db.scalar(select(Activity).where(Activity.public_id == public_id))
    if found is None:
        raise Rejected("not_found")
    return found


def require_over_in(db: Session, actor_id: int, one: Activity) -> None:
    require_in(db, actor_id, ORGANISER, path_of_in(db, one.chapter_id))


@reading
def activity(db: Session, public_id: str) -> Held:
    """One activity, or Rejected("not_found")."""
    one = activity_in(db, public_id)
    return _held(one, db.get_one(Chapter, one.chapter_id))


@reading
def of_chapters(db: Session, chapter_ids: Sequence[int], since: int, until: int, limit: int = 50) -> list[Held]:
    """The activities of these chapters between two moments, the earliest first; cancelled ones are left out."""
    rows = db.execute(
        select(Activity, Chapter)
        .join(Chapter, Chapter.id == Activity.chapter_id)
        .where(
            Activity.chapter_id.in_(chapter_ids),
            Activity.ends_at >= since,
            Activity.starts_at < until,
            Activity.cancelled_at.is_(None),
        )
        .order_by(Activity.starts_at, Activity.id)
        .limit(limit)
    )
    return [_held(one, chapter) for one, chapter in rows]


@reading
def of_chapter(db: Session, chapter_id: int, limit: int = 200) -> list[Held]:
    """A chapter's own activities, the newest first, also those called off."""
    chapter = db.get_one(Chapter, chapter_id)
    mine = select(Activity).where(Activity.chapter_id == chapter_id)
    return [_held(one, chapter) for one in db.scalars(mine.order_by(Activity.starts_at.desc()).limit(limit))]


@reading
def parts(db: Session, activity_id: int) -> list[Part]:
    """The parts of an activity with the names of those who have them."""
    rows = db.execute(
        select(ActivityPart.member_id, Member.name, ActivityPart.part)
        .join(Member, Member.id == ActivityPart.member_id)
        .where(ActivityPart.activity_id == activity_id)
        .order_by(Member.sort_key, Member.id)
    )
    return [Part(*row) for row in rows]


def _held(one: Activity, chapter: Chapter) -> Held:
    return Held(
        one.id,
        one.public_id,
        one.chapter_id,
        chapter.name,
        chapter.path,
        one.kind,
        one.title,
        one.place,
        one.plan,
        one.minutes,
        one.quiz,
        one.starts_at,
        one.ends_at,
        one.counts,
        one.points,
        one.posted_at,
        one.cancelled_at is not None,
    )
