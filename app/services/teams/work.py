"""The work of teams: points in the ledger, deeds, contests they entered."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models.contests import Contest
from app.models.deeds import Deed
from app.models.points import Balance
from app.models.teams import ContestTeam
from app.services.commit import reading
from app.services.points.balances import YEAR
from quizzes.ledger.posting import TEAM


@dataclass(frozen=True)
class Work:
    """The work of one team. `half_points`: of the season. `good` and `waiting`: deeds, verified and not yet.
    `contests`: (public number, title by language), the newest first."""

    half_points: int
    good: int
    waiting: int
    contests: Sequence[tuple[str, Mapping[str, str]]]


@reading
def work(db: Session, team_id: int, season: int) -> Work:
    """Return the work of one team."""
    rows = select(Deed.state, func.count()).where(Deed.team_id == team_id).group_by(Deed.state)
    counts = {row[0]: row[1] for row in db.execute(rows)}
    entered = select(Contest.public_id, Contest.title).join(ContestTeam, ContestTeam.contest_id == Contest.id)
    contests = db.execute(entered.where(ContestTeam.team_id == team_id).order_by(Contest.id.desc()).limit(20))
    return Work(
        _points(db, [team_id], season).get(team_id, 0),
        counts.get("good", 0),
        counts.get("waiting", 0),
        [(row[0], json.loads(row[1])) for row in contests],
    )


@reading
def points(db: Session, teams: Sequence[int], season: int) -> dict[int, int]:
    """Team -> half-points of the season; those without any are left out."""
    return _points(db, teams, season)


def _points(db: Session, teams: Sequence[int], season: int) -> dict[int, int]:
    of = (
        Balance.owner_kind == TEAM,
        Balance.owner_id.in_(teams),
        Balance.campaign_id == YEAR,
        Balance.season == season,
    )
    return {row[0]: row[1] for row in db.execute(select(Balance.owner_id, Balance.half_points).where(*of))}
