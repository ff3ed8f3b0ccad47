"""Pages of a season beside a whole province: standings, awards and scorecards ask little of the database, in pieces."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.models.people import Chapter, Member
from app.models.scorecards import Score, Scorecard
from app.services import points
from app.services.awards import batches, proposing
from app.services.commit import reading, writing
from app.services.points.kept import rankings
from app.services.scorecards import cards
from app.services.standings import freezing, gathering, snapshots, standings
from quizzes.hours import DAY
from quizzes.scorecards.criteria import written
from quizzes.standing.rules import Rules
from tests.app.pages.small_province import A_TURN, ADMIN, CHAPTERS, HEAD, MEMBERS, PLAN, asked
from tests.contests import now
from tests.counting import counted
from tests.organisation import browser


def test_a_standing_asks_as_little_of_a_province_and_gathers_it_in_pieces(province: Flask) -> None:
    draft = standings.Draft("Thi đua toàn tỉnh", "chi_doan", points.season_of(now()))
    held = standings.standing(standings.make(ADMIN, 1, draft, Rules(least=1)))
    with counted() as gathered:
        snapshots.refresh_due()
    assert gathered.statements <= 35 + PLAN["entries"] // gathering.STEP
    assert gathered.longest_rows <= A_TURN + 1
    reader = browser(province, HEAD)
    for address in ("", "/0/chapters/4", "/rules"):
        text, work = asked(reader, f"/standings/{held.public_id}{address}")
        assert work.statements <= 12, address
        assert work.rows <= 40, address
        assert not any("standing_snapshot.body" in said for said in work.said), "a megabyte that was read before"
    freezing.freeze(ADMIN, held.public_id)
    text, work = asked(reader, f"/standings/{held.public_id}/1?check=1")
    assert "Chữ ký đúng" in text
    assert work.statements <= 13


def test_the_points_of_a_chapters_members_are_read_by_their_keys(province: Flask) -> None:
    _text, work = asked(browser(province, HEAD), "/chapters/3/points")
    assert work.statements <= 14 and work.longest_steps <= 5, "not through the points of everybody"


def test_the_largest_batch_is_shown_by_few_statements_and_rows(province: Flask) -> None:
    given = [(code, "Giải Nhất") for code in codes()]
    assert len(given) == 1000
    draft = proposing.Draft("certificate", "Cả mùa", "drum", "Đã dự thi", "Theo kết quả cả mùa.", given)
    batch = proposing.propose(HEAD, 1, draft)
    proposing.decide(ADMIN, batch, True)
    award = batches.batch(batch, 1)[1][0].public_id
    reader = browser(province, HEAD)
    for address, rows in (
        (f"/awards/{batch}", 220),
        (f"/awards/{batch}/progress", 20),
        (f"/awards/{batch}/stage", 60),
        (f"/awards/{batch}/stage/1", 70),
        (f"/c/{award}", 20),
        ("/chapters/1/awards", 20),
        ("/chapters/1/awards/new", 20),
        ("/chapters/1/letterhead", 20),
        ("/c", 20),
        ("/standings", 120),
    ):
        _text, work = asked(reader, address)
        assert work.statements <= 14, address
        assert work.rows <= rows, address
        assert work.longest_steps <= (40 if "/stage/" in address else 30), address  # behind a thousand in order


def test_awards_from_a_ranking_take_the_one_that_was_just_seen(province: Flask) -> None:
    reader, season = browser(province, HEAD), points.season_of(now())
    source = f"/chapters/1/awards/new?source=ranking:1:chi_doan:{season}:total&top=3"
    rankings.forget()
    with counted() as first:
        assert reader.get(source).status_code == 200
    assert first.rows <= 3 * CHAPTERS + 60 and first.longest_rows <= A_TURN + 1
    _text, again = asked(reader, source)
    assert again.statements <= 20 and again.rows <= 60
    assert not any("balance" in said for said in again.said)


@pytest.mark.parametrize("state", [cards.OPEN, cards.CLOSED])
def test_a_card_of_many_chapters_and_criteria_reads_only_values_and_in_turns(province: Flask, state: str) -> None:
    criteria, _ = written("Tổ chức; Báo cáo tháng; số lượng; 10; 2 mỗi báo cáo\n" * 40)
    draft = cards.Draft(f"Chấm điểm {state}", "chi_doan", criteria, now() + 30 * DAY)
    public_id = cards.make(HEAD, 1, draft)
    scored = score_all(cards.card(public_id), len(criteria), state)
    assert scored > 2 * A_TURN
    reader = browser(province, HEAD)
    text, work = asked(reader, f"/scorecards/{public_id}")
    assert work.statements <= 14
    assert work.longest_rows <= A_TURN + 1
    assert not any("scorecard_score.evidence" in said for said in work.said), "words are for a chapter's own sheet"
    for address in (f"/scorecards/{public_id}/chapters/4", "/chapters/1/scorecards", "/chapters/1/scorecards/new"):
        _text, work = asked(reader, address)
        assert work.statements <= 14, address
        assert work.rows <= 80, address
    if state == cards.CLOSED:
        _text, work = asked(reader, f"/scorecards/{public_id}/minutes.pdf")
        assert work.statements <= 14
        assert work.longest_rows <= A_TURN + 1


@reading
def codes(db: Session) -> list[str]:
    return list(db.scalars(select(Member.code).where(Member.id < MEMBERS - 1).order_by(Member.id).limit(1000)))


@writing
def score_all(db: Session, card: cards.Card, criteria: int, state: str) -> int:
    """A value in every field of the card, whose state is this from now on."""
    where = (Chapter.path.startswith(card.path), Chapter.kind == card.kind)
    rows = [
        {"scorecard_id": card.id, "chapter_id": chapter, "place": place, "evidence": "Công văn", "note": ""}
        | {"claimed": place % 5, "verified": place % 4}
        for chapter in db.scalars(select(Chapter.id).where(*where))
        for place in range(criteria)
    ]
    db.execute(insert(Score), rows)
    db.get_one(Scorecard, card.id).state = state
    return len(rows)
