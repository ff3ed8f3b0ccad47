"""Proposes recipients from a ranking: lines for the form, which the organiser may still change.

A source is named as "standing:<public id>:<snapshot>", "members:<chapter>:<season>",
"ranking:<chapter>:<kind of chapters>:<season>:<by>", or "contest:", "campaign:", "show:", "scorecard:", "tournament:"
and its public id.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from itertools import takewhile

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models.movement import COUNTED, Teaching
from app.services.awards import winners
from app.services.awards.proposal import Proposed, codes_of, codes_of_chapters
from app.services.commit import reading
from app.services.movement import campaigns
from app.services.people import chapters
from app.services.points.kept import rankings
from app.services.scorecards import cards, scoring
from app.services.standings import inside, opened, standings
from quizzes.awards import kinds
from quizzes.movement import steps
from quizzes.refusals import Rejected
from quizzes.standing.rules import printed_group

TOP = 20  # ranks proposed
CHAPTER_AND_SEASON = re.compile(r"([0-9]{1,15}):([0-9]{4})")
A_RANKING = re.compile(r"([0-9]{1,15}):([a-z_]{0,20}):([0-9]{4}):(total|per_head)")


def proposed(source: str, top: int, now: int) -> Proposed:
    """The first `top` of a source, or Rejected("not_found")."""
    kind, _, about = source.partition(":")
    made = SOURCES.get(kind)
    if made is None:
        raise Rejected("not_found")
    return made(about, min(max(top, 1), kinds.MOST), now)


def stand_in(source: str, codes: Collection[str], now: int) -> bool:
    """True when everybody of these codes stands in a source: what was added by hand comes from no ranking."""
    return set(codes) <= {code for code, _ in proposed(source, kinds.MOST, now).lines}


def _of_standing(about: str, top: int, _now: int) -> Proposed:
    public_id, _, no = about.partition(":")
    held = standings.standing(public_id)
    found = opened.snapshot(held.id, int(no)) if no.isdecimal() and int(no) else None
    if found is None:
        raise Rejected("not_found")
    chosen = [row for row in found.rows if 0 < row.earned <= top]
    many = len(found.groups) > 1
    lines = [(found.names[row.number][1], _prize(row.rank, row.group if many else "")) for row in chosen]
    return Proposed(held.title, f"Đã có thành tích trong đợt thi đua “{held.title}”", lines, held.path)


def _prize(rank: int, group: str) -> str:
    return f"{kinds.prize_of(rank)}, {printed_group(group)}" if group else kinds.prize_of(rank)


def _of_scorecard(public_id: str, top: int, _now: int) -> Proposed:
    """The best chapters of each cụm on a card that is closed."""
    card = cards.card(public_id)
    if card.state != cards.CLOSED:
        raise Rejected("not_found")
    rows = [row for row in scoring.table(card, scoring.snapshot_of(card)) if 0 < row.rank <= top and row.verified > 0]
    many = len({row.group for row in rows}) > 1
    codes = codes_of_chapters([row.chapter_id for row in rows])
    lines = [(codes[row.chapter_id], _prize(row.rank, row.group if many else "")) for row in rows]
    return Proposed(card.title, f"Đã có thành tích theo bảng chấm điểm thi đua “{card.title}”", lines, card.path)


def _of_ranking(about: str, top: int, _now: int) -> Proposed:
    """The best chapters below one, as the public ranking puts them: by a season's points, all of them or per head."""
    asked = A_RANKING.fullmatch(about)
    held = chapters.chapter(int(asked[1])) if asked else None
    if asked is None or held is None:
        raise Rejected("not_found")
    _, kind, season, by = asked.groups()
    ranked = rankings.of(kind or None, int(season), by, held.path)
    rows = [row for row in takewhile(lambda row: row[0] <= top, ranked) if row[3] > 0 and row[1] != held.id]
    codes = codes_of_chapters([row[1] for row in rows])
    lines = [(codes[number], kinds.prize_of(rank)) for rank, number, *_ in rows]
    return Proposed(
        f"Xếp hạng năm {season}", f"Đã có thành tích trong bảng xếp hạng năm {season} của {held.name}", lines, held.path
    )


def _of_members(about: str, top: int, _now: int) -> Proposed:
    """Members inside a chapter by their points of a season."""
    numbers = CHAPTER_AND_SEASON.fullmatch(about)
    held = chapters.chapter(int(numbers[1])) if numbers else None
    if numbers is None or held is None:
        raise Rejected("not_found")
    season = numbers[2]
    rows = inside.members(held.path, int(season), 0)[0][:top]
    codes = codes_of([row.member_id for row in rows])
    lines = [(codes[row.member_id], kinds.prize_of(row.rank)) for row in rows if row.member_id in codes]
    title = f"Đoàn viên tiêu biểu năm {season}"
    return Proposed(title, f"Đã tích cực tham gia các hoạt động năm {season} của {held.name}", lines, held.path)


def _of_campaign(public_id: str, top: int, _now: int) -> Proposed:
    """The members whose two places of 1+2 are both verified."""
    held = campaigns.campaign(public_id)
    if held is None:
        raise Rejected("not_found")
    codes = codes_of(_completed(held.id, top))
    wording = f"Đã hoàn thành 1+2 trong đợt “{held.title}”: chỉ cho một người bạn và một người thân"
    return Proposed(held.title, wording, [(code, "") for code in codes.values()], held.path)


@reading
def _completed(db: Session, campaign_id: int, top: int) -> list[int]:
    verified = (
        Teaching.campaign_id == campaign_id,
        Teaching.taught_ok_at.is_not(None),
        COUNTED,
        Teaching.kind.in_(steps.SLOTS),
    )
    query = select(Teaching.member_id).where(*verified).group_by(Teaching.member_id)
    both = func.count(Teaching.kind.distinct()) == len(steps.SLOTS)
    return list(db.scalars(query.having(both).order_by(Teaching.member_id).limit(top)))


SOURCES: Mapping[str, Callable[[str, int, int], Proposed]] = {
    "standing": _of_standing,
    "scorecard": _of_scorecard,
    "members": _of_members,
    "contest": winners.of_contest,
    "campaign": _of_campaign,
    "show": winners.of_show,
    "tournament": winners.of_tournament,
    "ranking": _of_ranking,
}
"""The sources of prizes, by the first word of their names."""
