"""Members inside one chapter by their points. Only public names; a large subtree is too many to compare by name."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models.people import Member, on_the_list, under
from app.models.points import Balance
from app.services.commit import reading
from app.services.points.balances import YEAR
from quizzes.ledger.posting import MEMBER

SHOWN = 50  # members listed
MOST_PEOPLE = 3000
"""Above that the page leads to the chapters below instead."""


@dataclass(frozen=True)
class Line:
    """A member with points. Equals share a rank."""

    rank: int
    member_id: int
    name: str
    points: float


@reading
def members(db: Session, path: str, season: int, own: int) -> tuple[list[Line], int]:
    """The first of a chapter's subtree in a season, and behind them `own`; how many people there are, counted
    no further than to see that they are too many."""
    here = (on_the_list(), under(Member.path, path))
    some = select(Member.id).where(*here).limit(MOST_PEOPLE + 1).subquery()
    people = db.scalar(select(func.count()).select_from(some)) or 0
    if people > MOST_PEOPLE:
        return [], people
    # Named by a list of members: joined freely, SQLite walks through everybody's balances.
    theirs = (
        Balance.owner_kind == MEMBER,
        Balance.owner_id.in_(select(Member.id).where(*here)),
        Balance.campaign_id == YEAR,
        Balance.season == season,
        Balance.half_points > 0,
    )
    query = select(Member.id, Member.public_name, Balance.half_points).join(Balance, Balance.owner_id == Member.id)
    query = query.where(*theirs)
    best = db.execute(query.order_by(Balance.half_points.desc(), Member.sort_key, Member.id).limit(SHOWN)).all()
    mine = [] if any(row[0] == own for row in best) else db.execute(query.where(Member.id == own)).all()
    lines: list[Line] = []
    for place, (member, name, half) in enumerate(best, 1):
        equal = bool(lines) and lines[-1].points == half / 2
        lines.append(Line(lines[-1].rank if equal else place, member, name, half / 2))
    for member, name, half in mine:
        above = select(func.count()).select_from(Balance).where(*theirs, Balance.half_points > half)
        rank = (db.scalar(above) or 0) + 1
        lines.append(Line(rank, member, name, half / 2))
    return lines, people
