"""Carries teams over when two members turn out to be one person."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.teams import ContestTeamPerson, TeamPerson
from app.services.carried import Rows


class Standing:
    """The teams somebody stands in; of a team both stand in, the row of the one who is kept."""

    def carry(self, db: Session, kept: int, gone: int) -> list[int]:
        held = set(db.scalars(select(TeamPerson.team_id).where(TeamPerson.member_id == kept)))
        rows = [
            one for one in db.scalars(select(TeamPerson).where(TeamPerson.member_id == gone)) if one.team_id not in held
        ]
        _hand_over(db, rows, kept)
        return [one.id for one in rows]

    def give_back(self, db: Session, kept: int, gone: int, moved: Any) -> None:
        mine = (TeamPerson.id.in_(moved), TeamPerson.member_id == kept)
        _hand_over(db, list(db.scalars(select(TeamPerson).where(*mine))), gone)


def _hand_over(db: Session, rows: list[TeamPerson], to: int) -> None:
    for one in rows:
        one.member_id, one.fold = to, f"#{to}"
    db.flush()


CARRIED = {
    "team_person": Standing(),
    "contest_team_person": Rows(
        ContestTeamPerson.member_id, (ContestTeamPerson.contest_id,), beside=(ContestTeamPerson.contest_id,)
    ),
}
