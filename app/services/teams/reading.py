"""Teams as pages read them: those of a chapter, one team, its squads, its people, a member's own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models.people import Chapter, Member, under
from app.models.teams import Team, TeamPerson, TeamRules
from app.services.commit import reading
from app.services.people.chapters import ids_of
from app.services.rows import Numbered, OfChapter
from app.services.teams.teams import team_in
from quizzes.teams.composition import DA_NANG, FREE, PARTS, Lack, Person, Rules, from_data, lacks
from quizzes.text import sought


@dataclass(frozen=True)
class Held(OfChapter, Numbered):
    """A team as lists show it. `people`: how many stand in it; `squads`: how many are inside it."""

    parent_id: int | None
    name: str
    office: str
    ended: bool
    people: int
    squads: int
    lacks: tuple[Lack, ...]
    key: str
    """The key by which lists are sorted."""


@dataclass(frozen=True)
class Stands:
    """Somebody in a team."""

    id: int
    name: str
    code: str
    part: str
    post: str
    youth: bool


@reading
def rules_of(db: Session, path: str) -> tuple[Rules, str, int | None]:
    """(rules, their source, the chapter that said so) in force at a path: of the nearest chapter, else those of Đà
    Nẵng, which say the most."""
    return _rules_of(db, path)


def _rules_of(db: Session, path: str) -> tuple[Rules, str, int | None]:
    said = {one.chapter_id: one for one in db.scalars(select(TeamRules).where(TeamRules.chapter_id.in_(ids_of(path))))}
    for number in reversed(ids_of(path)):
        if number in said:
            return from_data(said[number].rules), said[number].source, number
    return DA_NANG, "", None


@reading
def of_chapter(
    db: Session, path: str, after: tuple[str, int] | None = None, limit: int = 50, words: str = ""
) -> list[Held]:
    """The living teams of a chapter and below, without squads: in Vietnamese order of name."""
    query = (
        select(Team, Chapter)
        .join(Chapter, Chapter.id == Team.chapter_id)
        .where(under(Chapter.path, path), Team.ended_at.is_(None), Team.parent_id.is_(None))
        .order_by(Team.fold, Team.id)
        .limit(limit)
    )
    for word in sought(words):
        query = query.where(Team.fold.contains(word, autoescape=True))
    if after is not None:
        query = query.where((Team.fold > after[0]) | ((Team.fold == after[0]) & (Team.id > after[1])))
    return _held(db, [(team, chapter) for team, chapter in db.execute(query)])


@reading
def team(db: Session, public_id: str) -> Held:
    """One team, or Rejected("not_found")."""
    one = team_in(db, public_id)
    return _held(db, [(one, db.get_one(Chapter, one.chapter_id))])[0]


@reading
def squads(db: Session, team_id: int, limit: int = 200) -> list[Held]:
    """The living squads inside a team."""
    query = select(Team, Chapter).join(Chapter, Chapter.id == Team.chapter_id)
    inside = (Team.parent_id == team_id, Team.ended_at.is_(None))
    return _held(db, [(one, of) for one, of in db.execute(query.where(*inside).order_by(Team.fold).limit(limit))])


@reading
def people(db: Session, team_id: int) -> list[Stands]:
    """The people of a team: leader, deputies, the others."""
    rows = db.execute(
        select(TeamPerson, Member.name, Member.code)
        .outerjoin(Member, Member.id == TeamPerson.member_id)
        .where(TeamPerson.team_id == team_id)
        .order_by(TeamPerson.id)
    )
    found = [Stands(one.id, name or one.name, code or "", one.part, one.post, one.youth) for one, name, code in rows]
    return sorted(found, key=lambda one: list(PARTS).index(one.part))


@reading
def of_member(db: Session, member_id: int) -> list[tuple[str, str, str]]:
    """(public number, name of the team, part) of everything a member stands in."""
    query = select(Team.public_id, Team.name, TeamPerson.part).join(Team, Team.id == TeamPerson.team_id)
    mine = (TeamPerson.member_id == member_id, Team.ended_at.is_(None))
    return [(row[0], row[1], row[2]) for row in db.execute(query.where(*mine).order_by(Team.fold))]


@reading
def sums(db: Session, path: str) -> tuple[int, int, int]:
    """(teams, squads, people) of a chapter and below."""
    living = (
        select(Team.id)
        .join(Chapter, Chapter.id == Team.chapter_id)
        .where(under(Chapter.path, path), Team.ended_at.is_(None))
    )
    teams = db.scalar(select(func.count()).select_from(living.where(Team.parent_id.is_(None)).subquery())) or 0
    inside = db.scalar(select(func.count()).select_from(living.where(Team.parent_id.is_not(None)).subquery())) or 0
    those = db.scalar(select(func.count()).select_from(TeamPerson).where(TeamPerson.team_id.in_(living))) or 0
    return teams, inside, those


def _held(db: Session, rows: Sequence[tuple[Team, Chapter]]) -> list[Held]:
    """People, squads and rules of all of them are read once each."""
    numbers = [team.id for team, _ in rows]
    stands: dict[int, list[Person]] = defaultdict(list)
    for one in db.scalars(select(TeamPerson).where(TeamPerson.team_id.in_(numbers))):
        stands[one.team_id].append(Person(one.part, one.post, one.youth))
    inside = select(Team.parent_id, func.count()).where(Team.parent_id.in_(numbers), Team.ended_at.is_(None))
    counts = {row[0]: row[1] for row in db.execute(inside.group_by(Team.parent_id))}
    rules = {path: _rules_of(db, path)[0] for path in {chapter.path for _, chapter in rows}}
    return [
        Held(
            team.id,
            team.public_id,
            team.chapter_id,
            chapter.name,
            chapter.path,
            team.parent_id,
            team.name,
            team.office,
            team.ended_at is not None,
            len(stands[team.id]),
            counts.get(team.id, 0),
            tuple(lacks(FREE if team.parent_id or team.office else rules[chapter.path], stands[team.id])),
            team.fold,
        )
        for team, chapter in rows
    ]
