"""Teams: made, changed, ended, their people, what their locality asks of them and what they lack."""

from __future__ import annotations

from sqlalchemy import delete, func, or_, select
from sqlalchemy.orm import Session

from app.models.engines import insert, now_us
from app.models.teams import Team, TeamPerson, TeamRules
from app.services.audit import audit_in
from app.services.commit import writing
from app.services.people.chapters import open_in
from app.services.people.power import organised_in
from app.services.people.roles import ORGANISER, path_of_in, require_in
from app.services.tokens import new_address_id
from quizzes.refusals import Rejected
from quizzes.teams.composition import PARTS, POSTS, Rules, from_data, to_data
from quizzes.text import fold, visible

MOST_PEOPLE = 100
"""People of one team."""


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
    return {
        "public_id": new_address_id(9),
        "chapter_id": chapter_id,
        "parent_id": above,
        "above": above or 0,
        "name": name,
        "fold": fold(name)[:200],
        "office": office,
    }


@writing
def end(db: Session, actor_id: int, public_id: str) -> None:
    """The team is no more; its squads go with it, its people are forgotten."""
    one = team_in(db, public_id)
    require_in(db, actor_id, ORGANISER, path_of_in(db, one.chapter_id))
    if one.ended_at is not None:
        return
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
    if member_id is not None:
        organised_in(db, actor_id, member_id)
    person = person_row(one.id, member_id, name, part, post, youth)
    query = insert(db, TeamPerson).values(**person)
    change = {key: query.excluded[key] for key in ("part", "post", "youth")}
    other = or_(*(getattr(TeamPerson, key) != value for key, value in change.items()))
    query = query.on_conflict_do_update(index_elements=["team_id", "fold"], set_=change, where=other)
    if db.scalar(query.returning(TeamPerson.id)) is not None:
        audit_in(db, actor_id, "team.changed", chapter_id=one.chapter_id, member_id=member_id)


def person_row(team_id: int, member_id: int | None, name: str, part: str, post: str, youth: bool) -> dict[str, object]:
    """A row of somebody, as it is written."""
    name = visible(name)[:120]
    if member_id is None and not (len(name) >= 2 and any(map(str.isalpha, name))):
        raise Rejected("person_name", field="name")
    key = f"#{member_id}" if member_id is not None else fold(name)[:150]
    return {
        "team_id": team_id,
        "member_id": member_id,
        "name": "" if member_id is not None else name,
        "fold": key,
        "part": part,
        "post": post,
        "youth": youth or member_id is not None,
    }


@writing
def take_out(db: Session, actor_id: int, public_id: str, number: int) -> None:
    """Take somebody out of the team."""
    one = team_in(db, public_id)
    require_in(db, actor_id, ORGANISER, path_of_in(db, one.chapter_id))
    this = (TeamPerson.id == number, TeamPerson.team_id == one.id)
    if db.scalar(delete(TeamPerson).where(*this).returning(TeamPerson.id)) is not None:
        audit_in(db, actor_id, "team.changed", chapter_id=one.chapter_id)


@writing
def set_rules(db: Session, actor_id: int, chapter_id: int, rules: Rules, source: str) -> None:
    """Sets the composition that this locality asks of its teams and of those below."""
    require_in(db, actor_id, ORGANISER, path_of_in(db, chapter_id))
    known = db.scalar(select(TeamRules).where(TeamRules.chapter_id == chapter_id))
    said, source = to_data(rules), visible(source)[:200]
    if known is not None and (from_data(known.rules), known.source) == (rules, source):
        return
    row = {"chapter_id": chapter_id, "rules": said, "source": source, "made_by": actor_id, "made_at": now_us(db)}
    query = insert(db, TeamRules).values(**row)
    change = {key: query.excluded[key] for key in ("rules", "source", "made_by", "made_at")}
    db.execute(query.on_conflict_do_update(index_elements=["chapter_id"], set_=change))
    audit_in(db, actor_id, "team.rules", chapter_id=chapter_id)


def team_in(db: Session, public_id: str) -> Team:
    found = db.scalar(select(Team).where(Team.public_id == public_id))
    if found is None:
        raise Rejected("not_found")
    return found
