"""Who a ranking says is to be given something: lines for the form, which the organiser may still change.

A source is named as "standing:<public id>:<snapshot>", "contest:<public id>" or "campaign:<public id>".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models.contests import Contest
from app.models.movement import Teaching
from app.models.people import Chapter, Member
from app.services.commit import reading
from app.services.contests.contests import frozen
from app.services.contests.publishing import boards, export, publications
from app.services.movement import campaigns
from app.services.standings import snapshots, standings
from quizzes.awards import kinds
from quizzes.movement import steps
from quizzes.refusals import Rejected

TOP = 20


@dataclass(frozen=True)
class Proposed:
    """What the form is filled with. `path`: where the source belongs, for questions of rights."""

    title: str
    wording: str
    lines: list[tuple[str, str]]
    path: str


def proposed(source: str, top: int, now: int) -> Proposed:
    """The first `top` of a source, or Rejected("not_found")."""
    kind, _, about = source.partition(":")
    made = {"standing": _of_standing, "contest": _of_contest, "campaign": _of_campaign}.get(kind)
    if made is None:
        raise Rejected("not_found")
    return made(about, min(max(top, 1), kinds.MOST), now)


def _of_standing(about: str, top: int, _now: int) -> Proposed:
    public_id, _, no = about.partition(":")
    held = standings.standing(public_id)
    found = snapshots.snapshot(held.id, int(no)) if no.isdecimal() and int(no) else None
    if found is None:
        raise Rejected("not_found")
    chosen = [row for row in found.rows if 0 < row.rank <= top][: kinds.MOST]
    many = len(found.groups) > 1
    lines = [(found.names[row.number][1], _prize(row.rank, row.group if many else "")) for row in chosen]
    return Proposed(held.title, f"Đã có thành tích trong đợt thi đua “{held.title}”", lines, held.path)


def _prize(rank: int, group: str) -> str:
    return f"{kinds.prize_of(rank)}, {group}" if group else kinds.prize_of(rank)


def _of_contest(public_id: str, top: int, now: int) -> Proposed:
    number, path = _contest(public_id)
    contest = frozen(number)
    title = contest.rules.title.get("vi", "")
    one = publications.published(number, export.newest_official(number, now))
    titles = {prize.key: prize.title.get("vi", "") for prize in contest.rules.prizes}
    wins = [win for win in boards.winners(number, one) if win.member][:top]
    if not wins:  # a contest without prizes: everybody who took part
        taken = list(dict.fromkeys(row[1] for rows in one.boards.values() for row in rows))[:top]
        lines = [(code, "") for code in _codes(taken).values()]
        return Proposed(title, f"Đã tham gia cuộc thi “{title}”", lines, path)
    codes = _codes([win.member for win in wins])
    lines = [(codes[win.member], titles.get(win.prize) or kinds.prize_of(win.rank)) for win in wins
             if win.member in codes]  # fmt: skip
    return Proposed(title, f"Đã đạt giải trong cuộc thi “{title}”", list(dict.fromkeys(lines)), path)


@reading
def _contest(db: Session, public_id: str) -> tuple[int, str]:
    query = select(Contest.id, Chapter.path).join(Chapter, Chapter.id == Contest.chapter_id)
    row = db.execute(query.where(Contest.public_id == public_id)).first()
    if row is None:
        raise Rejected("not_found")
    return row[0], row[1]


@reading
def _codes(db: Session, members: Sequence[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for at in range(0, len(members), 500):
        query = select(Member.id, Member.code).where(Member.id.in_(members[at : at + 500]), Member.erased_at.is_(None))
        found |= {row[0]: row[1] for row in db.execute(query)}
    return found


def _of_campaign(public_id: str, top: int, _now: int) -> Proposed:
    """Who completed both places of 1+2, verified."""
    held = campaigns.campaign(public_id)
    if held is None:
        raise Rejected("not_found")
    codes = _codes(_completed(held.id, top))
    wording = f"Đã hoàn thành 1+2 trong đợt “{held.title}”: chỉ cho một người bạn và một người thân"
    return Proposed(held.title, wording, [(code, "") for code in codes.values()], held.path)


@reading
def _completed(db: Session, campaign_id: int, top: int) -> list[int]:
    verified = (Teaching.campaign_id == campaign_id, Teaching.taught_ok_at.is_not(None), Teaching.review != "rejected",
                Teaching.state.in_((steps.CONFIRMED, steps.WITHDRAWN)), Teaching.kind.in_(steps.PLACES))  # fmt: skip
    query = select(Teaching.member_id).where(*verified).group_by(Teaching.member_id)
    both = func.count(Teaching.kind.distinct()) == len(steps.PLACES)
    return list(db.scalars(query.having(both).order_by(Teaching.member_id).limit(top)))
