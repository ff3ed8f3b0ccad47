"""Decides who speaks for a team: its leader and its deputies, asked each time; and who is in one team with whom."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from app.models.people import Member
from app.models.teams import Team, TeamPerson
from app.services.commit import reading
from quizzes.refusals import Rejected
from quizzes.teams.composition import DEPUTY, LEADER

SPEAK = (LEADER, DEPUTY)


def led_in(db: Session, member_id: int, public_id: str) -> Team:
    """The living team, for who leads it now; else Rejected("team_lead")."""
    found: Team | None = db.scalar(_led(member_id).where(Team.public_id == public_id))
    if found is None:
        raise Rejected("team_lead", field="team")
    return found


@reading
def led(db: Session, member_id: int) -> list[tuple[str, str]]:
    """(public number, name) of every living team that a member leads or deputises for."""
    return [(one.public_id, one.name) for one in db.scalars(_led(member_id).order_by(Team.fold, Team.id))]


def _led(member_id: int):  # type: ignore[no-untyped-def]
    speaks = (TeamPerson.member_id == member_id, TeamPerson.part.in_(SPEAK), Team.ended_at.is_(None))
    member = (Member.id == member_id, Member.left_at.is_(None), Member.confirmed_at.is_not(None))
    return (
        select(Team)
        .join(TeamPerson, TeamPerson.team_id == Team.id)
        .where(*speaks, select(Member.id).where(*member).exists())
    )


def refuse_teammates_in(db: Session, actor_id: int, members: Iterable[int], teams: Iterable[int | None] = ()) -> None:
    """Refuse whoever stands in a team with one of these, or in one of these teams: they cannot verify each other."""
    mine, theirs = aliased(TeamPerson), aliased(TeamPerson)
    with_them = select(mine.team_id).join(theirs, theirs.team_id == mine.team_id).join(Team, Team.id == mine.team_id)
    shared = (mine.member_id == actor_id, Team.ended_at.is_(None), theirs.member_id.in_(set(members) - {actor_id}))
    of = {one for one in teams if one is not None}
    inside = select(TeamPerson.id).where(TeamPerson.member_id == actor_id, TeamPerson.team_id.in_(of)).limit(1)
    if db.scalar(with_them.where(*shared).limit(1)) is not None or (of and db.scalar(inside) is not None):
        raise Rejected("own_team")
