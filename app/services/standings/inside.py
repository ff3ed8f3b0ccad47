"""Members inside one chapter by their points. Only public names; a large subtree is too many to compare by name."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from app.models.people import Member, on_the_list, under
from app.models.points import Balance
from app.services.commit import reading
from app.services.points.balances import YEAR
from quizzes.ledger.posting import MEMBER

SHOWN = 50
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
    """The first of a chapter's subtree in a season, and behind them `own`; how many people there are."""
    here = (on_the_list(), under(Member.path, path))
    people = db.scalar(select(func.count()).select_from(Member).where(*here)) or 0
    if people > MOST_PEOPLE:
        return [], people
    theirs = and_(Balance.owner_kind == MEMBER, Balance.owner_id == Member.id, Balance.campaign_id == YEAR,
                  Balance.season == season)  # fmt: skip
    rows = db.execute(
        select(Member.id, Member.public_name, Balance.half_points).join(Balance, theirs)
        .where(*here, Balance.half_points > 0).order_by(Balance.half_points.desc(), Member.sort_key, Member.id)
    ).all()  # fmt: skip
    lines: list[Line] = []
    rank, before = 0, None
    for place, (member, name, half) in enumerate(rows, 1):
        rank, before = (rank if half == before else place), half
        if place <= SHOWN or member == own:
            lines.append(Line(rank, member, name, half / 2))
    return lines, people
