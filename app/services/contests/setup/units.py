"""The chapters of a contest with their head-counts: counted, or declared by the organiser, locked at opening."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Row, delete, func, or_, select
from sqlalchemy.orm import Session

from app.models.contests import ContestUnit
from app.models.engines import insert
from app.models.people import Chapter, Member, on_the_list, under
from app.services.commit import in_turns, reading, writing
from app.services.contests.contests import rules_of
from app.services.contests.setup.drafts import draft_in
from app.services.people.chapters import ids_of
from app.services.people.roles import ORGANISER, path_of_in, require_in
from quizzes.contest.results.chapters import Unit
from quizzes.contest.setup.rules import Rules
from quizzes.refusals import Rejected

MOST_MEMBERS = 10_000_000  # members of a chapter, as typed
Found = Row[int, str, str, str, int | None, str]
"""A chapter by its `COLUMNS`."""
COLUMNS = (Chapter.id, Chapter.code, Chapter.name, Chapter.kind, Chapter.parent_id, Chapter.path)


@dataclass(frozen=True)
class Headcount:
    """A chapter before opening: members in our list, and what the organiser declared instead (None: nothing)."""

    id: int
    code: str
    name: str
    kind: str
    depth: int
    counted: int
    declared: int | None


@reading
def headcounts(db: Session, contest_id: int) -> list[Headcount]:
    """The chapters whose members may take part, from the top down."""
    contest = draft_in(db, contest_id)
    chapters = _chapters(db, path_of_in(db, contest.chapter_id), rules_of(contest.rules))
    declared = _declared(db, contest_id)
    counted = _rolled_up(chapters, _members(db, chapters), {})
    return [
        Headcount(one.id, one.code, one.name, one.kind, one.path.count("/") - 1, counted[one.id], declared.get(one.id))
        for one in in_turns(chapters)
    ]


@writing
def declare(db: Session, actor_id: int | None, contest_id: int, members: Mapping[int, int | None]) -> None:
    """Write the official head-counts of chapters; None takes one back. Rejected("not_now") once open."""
    contest = draft_in(db, contest_id)
    path = path_of_in(db, contest.chapter_id)
    require_in(db, actor_id, ORGANISER, path)
    if contest.opened_at is not None:
        raise Rejected("not_now")
    chapters = {one.id: one for one in _chapters(db, path, rules_of(contest.rules))}
    gone = [one for one, count in members.items() if count is None]
    db.execute(delete(ContestUnit).where(ContestUnit.contest_id == contest_id, ContestUnit.chapter_id.in_(gone)))
    for one, count in members.items():
        if count is None or one not in chapters:
            continue
        if not 0 <= count <= MOST_MEMBERS:
            raise Rejected("bad_headcount", field=f"members-{one}", most=MOST_MEMBERS)
        _put(db, contest_id, chapters[one], chapters[one].parent_id, count)


def _put(db: Session, contest_id: int, one: Found, parent: int | None, members: int) -> None:
    values = {"parent_id": parent, "kind": one.kind, "name": one.name, "members": members}
    query = insert(db, ContestUnit).values(contest_id=contest_id, chapter_id=one.id, **values)
    db.execute(query.on_conflict_do_update(index_elements=["contest_id", "chapter_id"], set_=values))


def units_in(db: Session, contest_id: int, home: str, rules: Rules) -> list[tuple[Unit, Found]]:
    """The chapters as they would be locked now."""
    chapters = _chapters(db, home, rules)
    totals = _rolled_up(chapters, _members(db, chapters), _declared(db, contest_id))
    inside = {one.id for one in chapters}
    return [
        (Unit(one.id, one.parent_id if one.parent_id in inside else None, one.kind, totals[one.id]), one)
        for one in in_turns(chapters)
    ]


def lock_units_in(db: Session, contest_id: int, units: Sequence[tuple[Unit, Found]]) -> None:
    db.execute(delete(ContestUnit).where(ContestUnit.contest_id == contest_id))
    rows = [
        {
            "contest_id": contest_id,
            "chapter_id": unit.id,
            "parent_id": unit.parent,
            "kind": unit.kind,
            "name": one.name,
            "members": unit.members,
        }
        for unit, one in units
    ]
    if rows:
        db.execute(ContestUnit.__table__.insert(), rows)  # type: ignore[attr-defined]


def _chapters(db: Session, home: str, rules: Rules) -> list[Found]:
    """The eligible subtrees and what lies between them and the contest's own chapter, from the top down."""
    tops = list(db.scalars(select(Chapter.path).where(Chapter.id.in_(rules.who.chapters))))
    between = {number for top in tops if top.startswith(home) for number in ids_of(top)} - set(ids_of(home)[:-1])
    subtrees = tops if rules.who.chapters else ["/"]
    wanted = or_(Chapter.id.in_(between), *(under(Chapter.path, top) for top in subtrees))
    query = select(*COLUMNS).where(wanted, Chapter.successor_id.is_(None)).order_by(Chapter.path)
    barred = list(db.scalars(select(Chapter.path).where(Chapter.id.in_(rules.barred.chapters))))
    return [one for one in in_turns(db.execute(query)) if not any(one.path.startswith(path) for path in barred)]


def _members(db: Session, chapters: Sequence[Found]) -> dict[int, int]:
    """The number of members whose home is each chapter, without those below it. Counted by path: there the index alone
    is enough."""
    query = select(Member.path, func.count()).where(on_the_list()).group_by(Member.path)
    if chapters:
        query = query.where(or_(*(under(Member.path, path) for path in _tops(chapters))))
    return {ids_of(path)[-1]: count for path, count in in_turns(db.execute(query))}


def _tops(chapters: Sequence[Found]) -> list[str]:
    found: list[str] = []
    for one in in_turns(chapters):  # from the top down
        if not any(one.path.startswith(top) for top in found):
            found.append(one.path)
    return found


def _declared(db: Session, contest_id: int) -> dict[int, int]:
    query = select(ContestUnit.chapter_id, ContestUnit.members).where(ContestUnit.contest_id == contest_id)
    return {chapter: members for chapter, members in in_turns(db.execute(query))}  # noqa: C416


def _rolled_up(chapters: Sequence[Found], own: Mapping[int, int], declared: Mapping[int, int]) -> dict[int, int]:
    """Each chapter's declared number, else its own members and those of the chapters below."""
    totals: dict[int, int] = {one.id: own.get(one.id, 0) for one in chapters}
    for one in in_turns(reversed(chapters)):
        totals[one.id] = declared.get(one.id, totals[one.id])
        if one.parent_id in totals:
            totals[one.parent_id] += totals[one.id]
    return totals
