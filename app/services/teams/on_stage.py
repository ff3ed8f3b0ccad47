"""Teams of the field in shows: which team a seat plays for, and what those teams are called."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models.shows import Seat
from app.models.teams import Team, TeamPerson
from app.services.commit import reading


def teams_of_seats_in(db: Session, show_id: int) -> list[tuple[int, int]]:
    """(seat, team) of everybody in a show who stands in a living team; who stands in several plays for the one that
    was made first."""
    rows = db.execute(
        select(Seat.number, func.min(Team.id))
        .join(TeamPerson, TeamPerson.member_id == Seat.member_id)
        .join(Team, Team.id == TeamPerson.team_id)
        .where(Seat.show_id == show_id, Team.ended_at.is_(None))
        .group_by(Seat.number)
        .order_by(Seat.number)
    )
    return [(row[0], row[1]) for row in rows]


@reading
def names_of(db: Session, teams: Sequence[int]) -> dict[int, str]:
    """Team -> its name, also of one that ended since."""
    return {row[0]: row[1] for row in db.execute(select(Team.id, Team.name).where(Team.id.in_(teams)))}
