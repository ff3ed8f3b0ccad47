"""The contests a member may take part in, as far as is known before they declare anything."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.models.contests import Attempt, Contest
from app.models.people import Chapter, Member
from app.services.commit import reading
from app.services.contests.contests import ContestLine, contest_line, contest_lines
from app.services.people.chapters import ids_of
from quizzes import hours
from quizzes.contest.setup.eligibility import Person, unmet
from quizzes.contest.setup.rules import Rules

MOST = 40
"""Contests in one list."""


@reading
def for_member(db: Session, member_id: int, now: int, ended_since: int) -> list[ContestLine]:
    """Opened contests that end after `ended_since` and are for people like this member; running ones first.

    Groups are declared at the entrance, so a contest for a group is shown to everybody it might be for.
    """
    member = db.get(Member, member_id)
    if member is None:
        return []
    above = ids_of(member.path)
    kinds = frozenset(db.scalars(select(Chapter.kind).where(Chapter.id.in_(above))))
    person = Person(member_id, tuple(above), kinds, member.birth_year)
    shown = (Contest.opened_at.is_not(None), Contest.cancelled_at.is_(None), Contest.last_at > ended_since)
    near = or_(Contest.chapter_id.in_(above), Chapter.parent_id.is_(None))
    order = (Contest.last_at <= now, Contest.last_at, Contest.id)
    query = contest_lines().where(*shown, near).order_by(*order).limit(MOST)
    lines = [contest_line(*row) for row in db.execute(query)]
    return [one for one in lines if maybe_for(one.rules, person)]


@reading
def taken(db: Session, member_id: int, contest_ids: Sequence[int]) -> set[int]:
    """Those of the contests in which this member has made a try that stands."""
    mine = (Attempt.member_id == member_id, Attempt.contest_id.in_(contest_ids), Attempt.cancelled.is_(False))
    return set(db.scalars(select(Attempt.contest_id).where(*mine).distinct()))


@reading
def of_chapter(db: Session, chapter_id: int, ended_since: int) -> list[ContestLine]:
    """The opened contests of one chapter that end after `ended_since`, the last to end first."""
    shown = (Contest.opened_at.is_not(None), Contest.cancelled_at.is_(None), Contest.last_at > ended_since)
    query = contest_lines().where(*shown, Contest.chapter_id == chapter_id).order_by(Contest.last_at.desc()).limit(MOST)
    return [contest_line(*row) for row in db.execute(query)]


def maybe_for(rules: Rules, person: Person) -> bool:
    """True when nothing known of the person so far keeps them out."""
    year = hours.local(rules.waves[0].opens_at).year if rules.waves else 0
    if set(rules.barred.chapters) & set(person.chapters) or person.member in rules.barred.members:
        return False

    def able(who: object) -> bool:
        refusal = unmet(who, person, year)  # type: ignore[arg-type]
        return refusal is None or refusal.part == "groups" or refusal.code == "birth_year_needed"

    return able(rules.who) and (not rules.divisions or any(able(one.who) for one in rules.divisions))
