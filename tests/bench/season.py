"""A season in a whole province for the benchmark of pages: a standing of every branch, awards, scorecards."""

from __future__ import annotations

import time
from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.people import Chapter, Member
from app.services.awards import batches, printing, proposing
from app.services.commit import reading
from app.services.points import season_of
from app.services.scorecards import cards, scoring
from app.services.standings import freezing, snapshots, standings
from quizzes.hours import DAY
from quizzes.scorecards.criteria import written
from quizzes.standing.rules import PARENT, Rules

TITLE = "1+2 cả tỉnh"
CRITERIA = """Tổ chức; Báo cáo tháng; số lượng; 10; 2 mỗi báo cáo
Phong trào; Đoàn viên dự thi; tỷ lệ; 10; từ entrants
Phong trào; Điểm chương trình; số lượng; 10; 0,5 mỗi điểm, từ shows
Phong trào; Hoàn thành 1+2; tỷ lệ; 10; từ both
Tổ chức; Có kế hoạch; có không; 10
Tổ chức; Báo cáo quý; bậc; 10; 10 = đủ, 5 = trễ, 0 = thiếu
"""


def plant(admin: int) -> dict[str, str]:
    """A standing of every branch, live and frozen, the largest batch of awards, and two scorecards of the wards, one
    open and one closed; their public ids. Made once in a database."""
    known = {one.title: one.public_id for one in standings.listed()}
    if TITLE not in known:
        known[TITLE] = _standing()
        wording = "Đã tham gia cuộc thi cấp tỉnh"
        draft = proposing.Draft("certificate", TITLE, "drum", wording, "Theo kết quả cả mùa.", some(1000))
        proposing.decide(admin, proposing.propose(1, 1, draft), True)
        printing.print_due(most=1)
        for closed in (True, False):
            _card(known[TITLE], closed)
    batch = batches.batches(["/"])[0].public_id
    award = batches.batch(batch)[1][0].public_id
    found = {"standing": known[TITLE], "batch": batch, "award": award}
    for one in cards.listed("/1/"):
        found["closed" if one.state == cards.CLOSED else "card"] = one.public_id
    return found


def _standing() -> str:
    began, year = time.monotonic(), season_of(time.time_ns() // 1000)
    made = standings.make(1, 1, standings.Draft(TITLE, "chi_doan", year), Rules(grouping=PARENT))
    snapshots.refresh_due()
    print(f"a standing gathered in {time.monotonic() - began:.1f} s", flush=True)
    freezing.freeze(1, made)
    wards = standings.make(1, 1, standings.Draft(f"{TITLE}, phường xã", "xa_phuong", year), Rules(grouping=PARENT))
    snapshots.refresh_due()
    freezing.freeze(1, wards)
    return made


def _card(_standing: str, closed: bool) -> None:
    """A card of the wards, filled from their frozen standing; the closed one is scored everywhere."""
    wards = next(one.public_id for one in standings.listed() if one.kind == "xa_phuong")
    criteria, _ = written(CRITERIA)
    until = time.time_ns() // 1000 + 30 * DAY
    card = cards.card(cards.make(1, 1, cards.Draft(TITLE, "xa_phuong", criteria, until, f"{wards}:1")))
    if closed:
        for chapter in wards_of(card.path):
            scoring.verify(1, card, chapter, {0: (4, "đã xem"), 4: (1, "đã xem"), 5: (20, "đã xem")})
        for state in (cards.OPEN, cards.VERIFYING):
            cards.advance(1, card.public_id, state)


def addresses(named: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Pages that the access table alone does not lead to: of a chapter that is compared, of a card that is closed, of
    forms filled from each kind of ranking."""
    standing, branch = named["standing"], next(iter(branches()))
    for page in (f"0/chapters/{branch}", f"1/chapters/{branch}", "1?check=1"):
        yield "standings.chapter", f"/standings/{standing}/{page}"
    for form in ("pdf", "xlsx"):
        yield "standings.report", f"/standings/{standing}/1/chapters/{branch}/report.{form}"
    yield "scorecards.one", f"/scorecards/{named['closed']}"
    yield "scorecards.minutes", f"/scorecards/{named['closed']}/minutes.pdf"
    year = season_of(time.time_ns() // 1000)
    ranking = [f"ranking:1:{kind}:{year}:{by}" for kind in ("chi_doan", "") for by in ("total", "per_head")]
    for source in (
        f"standing:{standing}:1",
        f"scorecard:{named['closed']}",
        f"campaign:{named['campaign']}",
        f"members:2:{year}",
        *ranking,
    ):
        yield "award_desk.new", f"/chapters/1/awards/new?source={source}&top=3"


@reading
def wards_of(db: Session, path: str) -> list[int]:
    """The wards of a subtree."""
    return list(db.scalars(select(Chapter.id).where(Chapter.path.startswith(path), Chapter.kind == "xa_phuong")))


@reading
def branches(db: Session) -> list[int]:
    """One branch."""
    return list(db.scalars(select(Chapter.id).where(Chapter.kind == "chi_doan").order_by(Chapter.id).limit(1)))


@reading
def some(db: Session, count: int) -> list[tuple[str, str]]:
    """A list of so many members to be given something."""
    return [(code, "") for code in db.scalars(select(Member.code).order_by(Member.id).limit(count))]
