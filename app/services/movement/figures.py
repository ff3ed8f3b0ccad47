"""Figures of a campaign: how many were taught, and above all how many still use it. Numbers, never names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session, aliased

from app.models.engines import insert
from app.models.movement import COUNTED, WITNESSED, Reminder, Teaching
from app.models.people import Chapter, Member, on_the_list, under
from app.services.commit import reading_aside, writing
from app.services.movement.campaigns import Held
from app.services.people.public_names import is_child
from quizzes.movement import milestones, steps
from quizzes.movement.spread import LEAST, Mark, Node
from quizzes.namesakes import told_apart


@dataclass(frozen=True)
class Figures:
    """The headline and what stands under it. `asked`: whose time for the second step is over, or who took it.
    `..._visits`: those of them that a witness saw; of `both`, members one of whose two people was seen so."""

    taught: int
    own: int
    visits: int
    children: int
    used: int
    used_own: int
    used_visits: int
    asked: int
    both: int
    members: int
    both_visits: int = 0

    @property
    def still_using(self) -> int | None:
        """The share that still uses it, in percent; None while nobody's time has come."""
        return round(100 * self.used / self.asked) if self.asked else None


@reading_aside
def figures(db: Session, campaign: Held, now: int) -> Figures:
    """The figures of a whole campaign, told apart by the way it was confirmed."""
    mine = (Teaching.campaign_id == campaign.id, COUNTED)
    columns = (WITNESSED, Teaching.child, Teaching.used_at.is_not(None), Teaching.confirmed_at <= now - steps.USE_UNTIL)
    rows = db.execute(select(*columns, func.count()).where(*mine).group_by(*columns)).all()

    def count(witnessed: bool | None = None, used: bool | None = None) -> int:
        return sum(
            row[4]
            for row in rows
            if not row[1] and witnessed in (None, bool(row[0])) and (used is None or bool(row[2]) == used)
        )

    asked = sum(row[4] for row in rows if not row[1] and (row[2] or row[3]))
    done = _complete(db, mine)
    people = (
        db.scalar(select(func.count()).select_from(Member).where(under(Member.path, campaign.path), on_the_list())) or 0
    )
    children = sum(row[4] for row in rows if row[1])
    return Figures(
        count() + children,
        count(False),
        count(True),
        children,
        count(used=True),
        count(False, used=True),
        count(True, used=True),
        asked,
        len(done),
        people,
        sum(done),
    )


def _complete(db: Session, mine: Sequence[ColumnElement[bool]]) -> list[int]:
    """A 1 for each member both of whose people use it, where a witness saw one of them, and a 0 for each other."""
    seen = func.max(case((WITNESSED, 1), else_=0))
    both = select(seen).where(*mine, Teaching.kind.in_(steps.SLOTS), Teaching.used_at.is_not(None))
    return list(db.scalars(both.group_by(Teaching.member_id).having(func.count(Teaching.kind.distinct()) == 2)))


@dataclass(frozen=True)
class ChapterLine:
    """One chapter of a campaign. `used` and `asked` as in the headline; `visits` and `used_visits` are those of them
    that a witness confirmed."""

    chapter_id: int
    name: str
    taught: int
    used: int
    asked: int
    visits: int
    used_visits: int


@reading_aside
def by_chapter(db: Session, campaign: Held, now: int) -> list[ChapterLine]:
    """Chapters with at least five taught, those with the most first; smaller ones would tell of single people."""
    over = Teaching.confirmed_at <= now - steps.USE_UNTIL
    columns = (Teaching.chapter_id, Chapter.name, WITNESSED, Teaching.used_at.is_not(None), over, Teaching.child)
    rows = db.execute(
        select(*columns, func.count())
        .join(Chapter, Chapter.id == Teaching.chapter_id)
        .where(Teaching.campaign_id == campaign.id, COUNTED)
        .group_by(*columns)
    )
    counts: dict[tuple[int, str], Counter[str]] = {}
    for chapter, name, visit, did, late, child, count in rows:
        mine = counts.setdefault((chapter, name), Counter())
        mine.update(taught=count, visits=count if visit else 0)
        if not child:
            mine.update(
                used=count if did else 0, asked=count if did or late else 0, used_visits=count if did and visit else 0
            )
    shown = {chapter: name for (chapter, name), mine in counts.items() if mine["taught"] >= LEAST}
    told = told_apart(shown, _above(db, shown))
    found = [
        ChapterLine(
            of[0], told[of[0]], mine["taught"], mine["used"], mine["asked"], mine["visits"], mine["used_visits"]
        )
        for of, mine in counts.items()
        if mine["taught"] >= LEAST
    ]
    return sorted(found, key=lambda line: (-line.used, -line.taught, line.name))


def _above(db: Session, chapters: Iterable[int]) -> dict[int, str]:
    """Chapter -> the name of the one above it."""
    over = aliased(Chapter)
    rows = db.execute(
        select(Chapter.id, over.name).join(over, over.id == Chapter.parent_id).where(Chapter.id.in_(list(chapters)))
    )
    return {row[0]: row[1] for row in rows}


@reading_aside
def nodes(db: Session, campaign: Held) -> tuple[list[Node], dict[int, str]]:
    """The teachings of a campaign for the spread map, and names of chapters. No person's name leaves this function,
    and no child is among them."""
    rows = db.execute(
        select(
            Teaching.id,
            Teaching.member_id,
            Teaching.chapter_id,
            Teaching.kind,
            Teaching.taught_member_id,
            Teaching.used_at.is_not(None),
            WITNESSED,
        )
        .where(Teaching.campaign_id == campaign.id, COUNTED, Teaching.child.is_(False))
        .order_by(Teaching.id)
    )
    found = [Node(row[0], row[1], row[2], Mark(row[3]), row[4], bool(row[5]), bool(row[6])) for row in rows]
    names = db.execute(select(Chapter.id, Chapter.name).where(Chapter.id.in_({one.chapter for one in found})))
    return found, {row[0]: row[1] for row in names}


@dataclass(frozen=True)
class Milestone:
    """The last round number of people that was passed (0: none yet), when, and the next one (0: none any more).
    `visits`: how many of those who made it were seen by a witness; `children`: how many were under 16."""

    count: int
    passed: int
    passed_at: int
    following: int
    visits: int = 0
    children: int = 0


@reading_aside
def milestone(db: Session, campaign: Held) -> Milestone:
    """The place of a campaign among its milestones."""
    mine = (Teaching.campaign_id == campaign.id, COUNTED)
    count = db.scalar(select(func.count()).select_from(Teaching).where(*mine)) or 0
    passed = milestones.passed(count)
    columns = (Teaching.confirmed_at, WITNESSED.label("witnessed"), Teaching.child)
    first = select(*columns).where(*mine).order_by(Teaching.confirmed_at, Teaching.id).limit(passed).subquery()
    last, visits, children = db.execute(
        select(
            func.max(first.c.confirmed_at),
            func.sum(case((first.c.witnessed & ~first.c.child, 1), else_=0)),
            func.sum(case((first.c.child, 1), else_=0)),
        )
    ).one()
    return Milestone(count, passed, last or 0, milestones.following(count), visits or 0, children or 0)


MOST_REMINDERS = 2
"""Reminders of one slot in all."""
APART = 10 * steps.DAY
"""Time between two reminders, microseconds."""
NEVER = 0
"""The moment of a reminder that has not been sent yet."""


@writing
def remind(db: Session, member_id: int, campaign_id: int, kind: str, now: int) -> bool:
    """Counts a reminder and returns True when this member is to be reminded of this slot now: twice in all, ten days
    apart, nobody under 16."""
    born = db.scalar(select(Member.birth_year).where(Member.id == member_id))
    if is_child(born) or kind not in steps.SLOTS:
        return False
    key = {"campaign_id": campaign_id, "member_id": member_id, "kind": kind}
    db.execute(insert(db, Reminder).values(**key, count=0, last_at=NEVER).on_conflict_do_nothing())
    told = db.scalars(select(Reminder).filter_by(**key).with_for_update()).one()
    if told.count and now < told.last_at + steps.DAY:
        return True  # the same reminder, seen again on its day
    if told.count >= MOST_REMINDERS or (told.count and now < told.last_at + APART):
        return False
    told.count, told.last_at = told.count + 1, now
    return True
