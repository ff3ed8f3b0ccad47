"""Proposes recipients from a ranking: lines for the form, which the organiser may still change.

A source is named as "standing:<public id>:<snapshot>", "members:<chapter>:<season>", or "contest:", "campaign:",
"show:", "scorecard:" and its public id.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
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
from app.services.people import chapters
from app.services.people.chapters import path_of_chapter
from app.services.scorecards import cards, scoring
from app.services.shows import listing, seats, shows
from app.services.shows.asked import POINTS
from app.services.standings import inside, snapshots, standings
from quizzes import show as rules
from quizzes.awards import kinds
from quizzes.movement import steps
from quizzes.refusals import Rejected

TOP = 20  # ranks proposed
CHAPTER_AND_SEASON = re.compile(r"([0-9]{1,15}):([0-9]{4})")


@dataclass(frozen=True)
class Proposed:
    """The proposed content of the form. `path`: the chapter of the source, for questions of rights."""

    title: str
    wording: str
    lines: list[tuple[str, str]]
    path: str


def proposed(source: str, top: int, now: int) -> Proposed:
    """The first `top` of a source, or Rejected("not_found")."""
    kind, _, about = source.partition(":")
    made = SOURCES.get(kind)
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


def _of_scorecard(public_id: str, top: int, _now: int) -> Proposed:
    """The best chapters of each cụm on a card that is closed."""
    card = cards.card(public_id)
    if card.state != cards.CLOSED:
        raise Rejected("not_found")
    rows = [row for row in scoring.table(card, scoring.snapshot_of(card)) if 0 < row.rank <= top][: kinds.MOST]
    many = len({row.group for row in rows}) > 1
    codes = _chapter_codes([row.chapter_id for row in rows])
    lines = [(codes[row.chapter_id], _prize(row.rank, row.group if many else "")) for row in rows]
    return Proposed(card.title, f"Đã có thành tích theo bảng chấm điểm thi đua “{card.title}”", lines, card.path)


def _of_members(about: str, top: int, _now: int) -> Proposed:
    """Members inside a chapter by their points of a season."""
    numbers = CHAPTER_AND_SEASON.fullmatch(about)
    held = chapters.chapter(int(numbers[1])) if numbers else None
    if numbers is None or held is None:
        raise Rejected("not_found")
    season = numbers[2]
    rows = inside.members(held.path, int(season), 0)[0][:top]
    codes = _codes([row.member_id for row in rows])
    lines = [(codes[row.member_id], kinds.prize_of(row.rank)) for row in rows if row.member_id in codes]
    title = f"Đoàn viên tiêu biểu năm {season}"
    return Proposed(title, f"Đã tích cực tham gia các hoạt động năm {season} của {held.name}", lines, held.path)


def _prize(rank: int, group: str) -> str:
    return f"{kinds.prize_of(rank)}, {group}" if group else kinds.prize_of(rank)


def _of_contest(public_id: str, top: int, now: int) -> Proposed:
    number, path = _contest(public_id)
    contest = frozen(number)
    title = contest.rules.title.get("vi", "")
    one = publications.published(number, export.newest_official(number, now))
    titles = {prize.key: prize.title.get("vi", "") for prize in contest.rules.prizes}
    titles |= {prize.key: prize.title.get("vi", "") for prize in contest.rules.collective}
    wins = [win for win in boards.winners(number, one) if win.member][:top]
    chapters_won = boards.unit_winners(number, one)[:top]
    if not wins and not chapters_won:  # a contest without prizes: everybody who took part
        taken = list(dict.fromkeys(row[1] for rows in one.boards.values() for row in rows))[:top]
        lines = [(code, "") for code in _codes(taken).values()]
        return Proposed(title, f"Đã tham gia cuộc thi “{title}”", lines, path)
    codes, homes = _codes([win.member for win in wins]), _chapter_codes([win.unit for win in chapters_won])
    won = [(codes.get(win.member), win.prize, win.rank) for win in wins]
    won += [(homes.get(win.unit), win.prize, win.rank) for win in chapters_won]
    lines = [(code, titles.get(prize) or kinds.prize_of(rank)) for code, prize, rank in won if code]
    return Proposed(title, f"Đã đạt giải trong cuộc thi “{title}”", list(dict.fromkeys(lines)), path)


def _of_show(public_id: str, top: int, _now: int) -> Proposed:
    """Members with points, as the show ranks them; guests have no document that could be theirs."""
    show = listing.by_public_id(public_id)
    path = path_of_chapter(show.chapter_id) if show.chapter_id and show.stakes == POINTS else None
    state = shows.catch_up(show.show_id).state
    if path is None or state.phase != "over":
        raise Rejected("not_found")
    members = {one.number: one.member_id for one in seats.public(show.show_id) if one.member_id}
    ranked = [row for row in rules.results(state) if row["seat"] in members and row["points"] > 0][:top]
    codes = _codes([members[row["seat"]] for row in ranked])
    who = [(codes.get(members[row["seat"]]), kinds.prize_of(row["rank"])) for row in ranked]
    lines = [(code, prize) for code, prize in who if code]
    title = show.title.get("vi", "")
    return Proposed(title, f"Đã đạt giải trong chương trình “{title}”", lines, path)


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


@reading
def _chapter_codes(db: Session, numbers: Sequence[int]) -> dict[int, str]:
    rows = db.execute(select(Chapter.id, Chapter.code).where(Chapter.id.in_(numbers)))
    return {row[0]: row[1] for row in rows}


def _of_campaign(public_id: str, top: int, _now: int) -> Proposed:
    """Return who completed both places of 1+2, verified."""
    held = campaigns.campaign(public_id)
    if held is None:
        raise Rejected("not_found")
    codes = _codes(_completed(held.id, top))
    wording = f"Đã hoàn thành 1+2 trong đợt “{held.title}”: chỉ cho một người bạn và một người thân"
    return Proposed(held.title, wording, [(code, "") for code in codes.values()], held.path)


@reading
def _completed(db: Session, campaign_id: int, top: int) -> list[int]:
    verified = (
        Teaching.campaign_id == campaign_id,
        Teaching.taught_ok_at.is_not(None),
        Teaching.review != "rejected",
        Teaching.state.in_((steps.CONFIRMED, steps.WITHDRAWN)),
        Teaching.kind.in_(steps.PLACES),
    )
    query = select(Teaching.member_id).where(*verified).group_by(Teaching.member_id)
    both = func.count(Teaching.kind.distinct()) == len(steps.PLACES)
    return list(db.scalars(query.having(both).order_by(Teaching.member_id).limit(top)))


SOURCES: Mapping[str, Callable[[str, int, int], Proposed]] = {
    "standing": _of_standing,
    "scorecard": _of_scorecard,
    "members": _of_members,
    "contest": _of_contest,
    "campaign": _of_campaign,
    "show": _of_show,
}
"""The sources of prizes, by the first word of their names."""
