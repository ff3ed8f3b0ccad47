"""Teams: made, changed, ended, their people, what their locality asks of them and what they lack."""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app.models.engines import insert, now_us
from app.models.people import Chapter, Member, under
from app.models.teams import Team, TeamPerson, TeamRules
from app.services.audit import audit_in
from app.services.commit import reading, writing
from app.services.people.chapters import ids_of, open_in
from app.services.people.roles import ORGANISER, path_of_in, require_in
from quizzes.refusals import Rejected
from quizzes.teams.composition import DA_NANG, FREE, PARTS, POSTS, Lack, Person, Rules, from_data, lacks, to_data
from quizzes.text import fold, visible

MOST_PEOPLE = 100


@dataclass(frozen=True)
class Held:
    """A team as lists show it. `people`: how many stand in it; `squads`: how many are inside it."""

    id: int
    public_id: str
    chapter_id: int
    chapter: str
    path: str
    parent_id: int | None
    name: str
    office: str
    ended: bool
    people: int
    squads: int
    lacks: tuple[Lack, ...]
    key: str
    """Where it stands in lists."""


@dataclass(frozen=True)
class Stands:
    """Somebody in a team."""

    id: int
    name: str
    code: str
    part: str
    post: str
    youth: bool


@writing
def make(db: Session, actor_id: int, chapter_id: int, name: str, office: str = "", parent: str = "") -> str:
    """A team, or a squad inside the team `parent`; its public number. Rejected: activity_title, team_known,
    squad_of_squad."""
    chapter = open_in(db, chapter_id)
    require_in(db, actor_id, ORGANISER, chapter.path)
    above = team_in(db, parent) if parent else None
    if above is not None and (above.parent_id is not None or above.chapter_id != chapter_id):
        raise Rejected("squad_of_squad", field="name")
    row = _row(name, office, chapter_id, above.id if above else None) | {"made_by": actor_id, "made_at": now_us(db)}
    query = insert(db, Team).values(**row).on_conflict_do_nothing().returning(Team.id)
    if db.scalar(query) is None:
        raise Rejected("team_known", field="name")
    audit_in(db, actor_id, "team.made", chapter_id=chapter_id)
    return str(row["public_id"])


def _row(name: str, office: str, chapter_id: int, above: int | None) -> dict[str, object]:
    name, office = visible(name), visible(office)[:160]
    if not 2 <= len(name) <= 160:
        raise Rejected("activity_title", field="name")
    return {"public_id": secrets.token_urlsafe(9), "chapter_id": chapter_id, "parent_id": above, "above": above or 0,
            "name": name, "fold": fold(name)[:200], "office": office}  # fmt: skip


@writing
def end(db: Session, actor_id: int, public_id: str) -> None:
    """The team is no more; its squads go with it, its people are forgotten."""
    one = team_in(db, public_id)
    require_in(db, actor_id, ORGANISER, path_of_in(db, one.chapter_id))
    now = now_us(db)
    for team in [one, *db.scalars(select(Team).where(Team.parent_id == one.id))]:
        if team.ended_at is None:
            team.ended_at, team.fold = now, f"{team.fold[:170]} {team.public_id}"  # its name is free again
        db.execute(delete(TeamPerson).where(TeamPerson.team_id == team.id))
    audit_in(db, actor_id, "team.ended", chapter_id=one.chapter_id)


@writing
def put(
    db: Session, actor_id: int, public_id: str, member_id: int | None, name: str, part: str, post: str, youth: bool
) -> None:
    """Somebody stands in the team, or in another part of it. A member by number, a resident by name."""
    one = team_in(db, public_id)
    path = path_of_in(db, one.chapter_id)
    require_in(db, actor_id, ORGANISER, path)
    if part not in PARTS or post not in POSTS:
        raise Rejected("bad_request", field="part")
    count = db.scalar(select(func.count()).where(TeamPerson.team_id == one.id)) or 0
    if count >= MOST_PEOPLE:
        raise Rejected("too_many_rows", most=MOST_PEOPLE)
    person = person_row(one.id, member_id, name, part, post, youth)
    query = insert(db, TeamPerson).values(**person)
    change = {key: query.excluded[key] for key in ("part", "post", "youth")}
    db.execute(query.on_conflict_do_update(index_elements=["team_id", "fold"], set_=change))
    audit_in(db, actor_id, "team.changed", chapter_id=one.chapter_id, member_id=member_id)


def person_row(team_id: int, member_id: int | None, name: str, part: str, post: str, youth: bool) -> dict[str, object]:
    """A row of somebody, as it is written."""
    name = visible(name)[:120]
    if member_id is None and not (len(name) >= 2 and any(map(str.isalpha, name))):
        raise Rejected("person_name", field="name")
    key = f"#{member_id}" if member_id is not None else fold(name)[:150]
    return {"team_id": team_id, "member_id": member_id, "name": "" if member_id is not None else name, "fold": key,
            "part": part, "post": post, "youth": youth or member_id is not None}  # fmt: skip


@writing
def take_out(db: Session, actor_id: int, public_id: str, number: int) -> None:
    """Somebody stands in the team no more."""
    one = team_in(db, public_id)
    require_in(db, actor_id, ORGANISER, path_of_in(db, one.chapter_id))
    db.execute(delete(TeamPerson).where(TeamPerson.id == number, TeamPerson.team_id == one.id))
    audit_in(db, actor_id, "team.changed", chapter_id=one.chapter_id)


@writing
def set_rules(db: Session, actor_id: int, chapter_id: int, rules: Rules, source: str) -> None:
    """What this locality asks of the teams in it and below."""
    require_in(db, actor_id, ORGANISER, path_of_in(db, chapter_id))
    row = {"chapter_id": chapter_id, "rules": to_data(rules), "source": visible(source)[:200], "made_by": actor_id,
           "made_at": now_us(db)}  # fmt: skip
    query = insert(db, TeamRules).values(**row)
    change = {key: query.excluded[key] for key in ("rules", "source", "made_by", "made_at")}
    db.execute(query.on_conflict_do_update(index_elements=["chapter_id"], set_=change))
    audit_in(db, actor_id, "team.rules", chapter_id=chapter_id)


def team_in(db: Session, public_id: str) -> Team:
    found = db.scalar(select(Team).where(Team.public_id == public_id))
    if found is None:
        raise Rejected("not_found")
    return found


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
        select(Team, Chapter).join(Chapter, Chapter.id == Team.chapter_id)
        .where(under(Chapter.path, path), Team.ended_at.is_(None), Team.parent_id.is_(None))
        .order_by(Team.fold, Team.id).limit(limit)
    )  # fmt: skip
    for word in fold(words).split():
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
    """Who stands in a team: leader, deputies, the others."""
    rows = db.execute(
        select(TeamPerson, Member.name, Member.code).outerjoin(Member, Member.id == TeamPerson.member_id)
        .where(TeamPerson.team_id == team_id).order_by(TeamPerson.id)
    )  # fmt: skip
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
    living = select(Team.id).join(Chapter, Chapter.id == Team.chapter_id).where(
        under(Chapter.path, path), Team.ended_at.is_(None)
    )  # fmt: skip
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
        Held(team.id, team.public_id, team.chapter_id, chapter.name, chapter.path, team.parent_id, team.name,
             team.office, team.ended_at is not None, len(stands[team.id]), counts.get(team.id, 0),
             tuple(lacks(FREE if team.parent_id or team.office else rules[chapter.path], stands[team.id])), team.fold)
        for team, chapter in rows
    ]  # fmt: skip
