"""A person's data in teams: their places in them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.models.teams import ContestTeam, ContestTeamPerson, Team, TeamPerson
from app.services.personal import Part


def _copy_standing(db: Session, member_id: int) -> list[dict[str, Any]]:
    query = select(Team.name, TeamPerson.part, TeamPerson.post).join(Team, Team.id == TeamPerson.team_id)
    rows = db.execute(query.where(TeamPerson.member_id == member_id).order_by(TeamPerson.id))
    return [{"team": name, "part": part, "post": post} for name, part, post in rows]


def _erase_standing(db: Session, member_id: int) -> None:
    db.execute(delete(TeamPerson).where(TeamPerson.member_id == member_id))


def _copy_made(db: Session, member_id: int) -> list[dict[str, Any]]:
    return [
        {"team": name, "at": at}
        for name, at in db.execute(select(Team.name, Team.made_at).where(Team.made_by == member_id))
    ]


def _copy_contests(db: Session, member_id: int) -> list[dict[str, Any]]:
    query = select(ContestTeamPerson.contest_id, Team.name).join(Team, Team.id == ContestTeamPerson.team_id)
    rows = db.execute(query.where(ContestTeamPerson.member_id == member_id).order_by(ContestTeamPerson.contest_id))
    return [{"contest": contest, "team": name} for contest, name in rows]


def _copy_entered(db: Session, member_id: int) -> list[dict[str, Any]]:
    query = select(ContestTeam.contest_id, Team.name, ContestTeam.entered_at).join(Team, Team.id == ContestTeam.team_id)
    rows = db.execute(query.where(ContestTeam.entered_by == member_id).order_by(ContestTeam.entered_at))
    return [{"contest": contest, "team": name, "at": at} for contest, name, at in rows]


PARTS = [
    Part("team_people", _copy_standing, _erase_standing, tables=("team_person",)),
    Part("teams", _copy_made, tables=("team", "team_rules")),
    Part("teams_entered", _copy_entered, tables=("contest_team",)),
    Part("contests_for_a_team", _copy_contests, tables=("contest_team_person",)),
]
