"""The proposals of a ranking for awards: winners of official results, members who completed 1+2."""

from __future__ import annotations

from typing import Any

import pytest

from app.models.engines import Database
from app.services import points
from app.services.awards import sources
from app.services.contests.publishing import making, publications, signing
from app.services.contests.results import grading
from app.services.movement import campaigns
from app.services.scorecards import cards, scoring
from app.services.shows import listing, results, scripts, seats
from app.services.shows.seats import Wanted
from app.services.standings import freezing, standings
from app.services.tournaments import playing, tournaments
from quizzes.hours import DAY
from quizzes.ledger import Due
from quizzes.refusals import Rejected
from quizzes.scorecards.criteria import written
from quizzes.standing.rules import Rules
from quizzes.tournament.stages import Stage
from tests import movement
from tests.app.services.shows.playing import Play
from tests.app.services.shows.test_seats import SCRIPT, somebody
from tests.contests import hold, now
from tests.finished import sit
from tests.organisation import Organisation, plant
from tests.people import AN, BINH, CHI, DUNG

ENDED = [{"opens_at": now() - 2 * DAY, "closes_at": now() - DAY}]


def finished(org: Organisation, **changes: Any) -> str:
    """A contest with official results, An behind Bình; its public id. Before they are official nobody is proposed."""
    held = hold(org, waves=ENDED, complaints={"window_days": 0}, **changes)
    for name, right in ((AN, 4), (BINH, 5)):
        sit(held, org.members[name], right=right)
    grading.grade_due(now())
    with pytest.raises(Rejected, match="not_found"):
        sources.proposed(f"contest:{held.public_id}", 10, now())
    for state in (publications.PROVISIONAL, publications.OFFICIAL):
        making.publish(org.members[CHI], held.id, state)
    return held.public_id


def test_official_winners_and_those_who_completed_1_2_are_proposed(bound: Database) -> None:
    signing.signer.bind("một bí mật của lần thử")
    movement.bind()
    org = plant()
    prizes = [{"key": "vang", "title": {"vi": "Giải Vàng"}, "count": 1}]
    found = sources.proposed(f"contest:{finished(org, prizes=prizes)}", 10, now())
    assert found.lines == [("DV-2", "Giải Vàng")]
    together = [{"key": "tap-the", "title": {"vi": "Giải tập thể"}, "by": "entrants", "kinds": ["xa_phuong"]}]
    both = sources.proposed(f"contest:{finished(org, prizes=prizes, collective=together)}", 10, now())
    assert both.lines == [("DV-2", "Giải Vàng"), ("P", "Giải tập thể")]
    without = finished(org)
    assert sorted(sources.proposed(f"contest:{without}", 10, now()).lines) == [("DV-1", ""), ("DV-2", "")]

    with movement.at_noon():
        campaign = movement.begin(org)
        for kind in ("friend", "relative"):
            movement.taught(org, campaign, kind, name=f"Lê Thị {kind}")
        movement.verify_all(org, campaign)
    public_id = campaigns.campaign_numbered(campaign).public_id
    assert sources.proposed(f"campaign:{public_id}", 10, now()).lines == [("DV-1", "")]
    far = f"members:{9**30}:2026"
    for unknown in (
        "medal:abc",
        "campaign:abc",
        "standing:abc:1",
        "contest:abc",
        "scorecard:abc",
        "tournament:abc",
        f"ranking:{org.ward}:xa_phuong:2026:luck",
        "ranking:99::2026:total",
        "members:1:x",
        far,
        "",
    ):
        with pytest.raises(Rejected, match="not_found"):
            sources.proposed(unknown, 10, now())


def test_members_with_points_are_proposed_from_a_show_that_counts_and_is_over(bound: Database) -> None:
    org = plant()
    play = Play(members={AN: org.members[AN], BINH: org.members[BINH]}, chapter=org.branch).until("open")
    public_id = listing.by_id(play.show_id).public_id
    for unknown, code in ((f"show:{public_id}", "not_found"), ("show:abc", "no_such_show")):
        with pytest.raises(Rejected, match=code):
            sources.proposed(unknown, 10, now())
    for seat, option in ((1, 0), (2, 1), (3, 0)):  # An is right, Bình is not, Chi is a guest who is right
        play.answer(seat, option)
    play.until("over")
    found = sources.proposed(f"show:{public_id}", 10, now())
    assert (found.lines, found.path) == ([("DV-1", "Giải Nhất")], org.path(org.branch))
    free = Play(members={AN: org.members[AN]}).until("over")
    with pytest.raises(Rejected, match="not_found"):  # of no chapter
        sources.proposed(f"show:{listing.by_id(free.show_id).public_id}", 10, now())


def test_members_of_a_chapter_and_chapters_of_a_closed_card_are_proposed(bound: Database) -> None:
    org = plant()
    points.post("contest", 1, {org.members[AN]: Due(40, None), org.members[BINH]: Due(60, None)})
    season = points.season_of(now())
    found = sources.proposed(f"members:{org.branch}:{season}", 10, now())
    assert found.lines == [("DV-2", "Giải Nhất"), ("DV-1", "Giải Nhì")]
    assert (found.path, found.title) == (org.path(org.branch), f"Đoàn viên tiêu biểu năm {season}")
    assert sources.proposed(f"members:{org.branch}:{season}", 1, now()).lines == [("DV-2", "Giải Nhất")]

    criteria, _ = written("Tổ chức; Có kế hoạch năm; yes; 5")
    draft = cards.Draft("Chấm điểm năm", "xa_phuong", criteria, now() + DAY)
    card = cards.card(cards.make(org.members[CHI], org.province, draft))
    scoring.verify(org.members[CHI], card, org.ward, {0: (1, "đã xem tận nơi")})
    with pytest.raises(Rejected, match="not_found"):  # nothing is given before the card is closed
        sources.proposed(f"scorecard:{card.public_id}", 10, now())
    for state in (cards.OPEN, cards.VERIFYING):
        cards.advance(org.members[CHI], card.public_id, state)
    assert sources.proposed(f"scorecard:{card.public_id}", 10, now()).lines == [("P", "Giải Nhất")]


def test_the_best_below_a_chapter_are_proposed_as_the_public_ranking_puts_them(bound: Database) -> None:
    org = plant()
    points.post("contest", 1, {org.members[AN]: Due(40, None), org.members[DUNG]: Due(30, None)})
    season = points.season_of(now())

    def lines(kind: str, by: str, top: int = 3, chapter: int = org.province) -> list[tuple[str, str]]:
        found = sources.proposed(f"ranking:{chapter}:{kind}:{season}:{by}", top, now())
        assert found.path == org.path(chapter)
        return found.lines

    assert lines("xa_phuong", "total") == [("P", "Giải Nhất"), ("X", "Giải Nhì")]
    assert lines("xa_phuong", "per_head") == [("X", "Giải Nhất"), ("P", "Giải Nhì")], "30 for one, 40 for two"
    assert lines("xa_phuong", "total", top=1) == [("P", "Giải Nhất")]
    assert lines("xa_phuong", "total", chapter=org.ward) == [], "a chapter gives nothing to itself"
    assert ("P", "Giải Nhì") in lines("", "total"), "behind the province of all levels together"


def test_equals_at_the_last_rank_are_all_proposed(bound: Database) -> None:
    org = plant()
    points.post("contest", 1, {org.members[AN]: Due(40, None), org.members[DUNG]: Due(40, None)})
    source = f"ranking:{org.province}::{points.season_of(now())}:total"
    second = sources.proposed(source, 2, now()).lines
    assert {code for code, _ in second} >= {"P", "X"} and len(second) > 2, "each has 40, whatever its name begins with"
    assert {prize for _, prize in second} == {"Giải Nhì"}


FINAL = (Stage("Bán kết", 2, 2), Stage("Chung kết", 1, 2, 0))


def test_entrants_of_a_tournament_are_members_chapters_or_a_name_to_be_filled_in(bound: Database) -> None:
    org = plant()
    names = ["Đoàn phường Sao Mai", "Nguyễn Thị An", "Đội Hoa Sen; 10A", "Đoàn xã Sóng Xanh"]
    made = tournaments.make(org.members[CHI], org.province, "Giải tỉnh", "speed", FINAL, names)
    tournaments.draw(org.members[CHI], made)
    with pytest.raises(Rejected, match="not_found"):
        sources.proposed(f"tournament:{made}", 3, now())
    for stage in range(2):
        for match in tournaments.whole(made).matches[stage]:
            halves = {line.id: 100 - names.index(line.name) for line in match.lines}
            playing.type_results(org.members[CHI], made, match.id, halves)
    winner, second = (line.name for line in tournaments.whole(made).matches[1][0].lines)
    found = dict(sources.proposed(f"tournament:{made}", 4, now()).lines)
    codes = dict(zip(names, ("P", "DV-1", "Đội Hoa Sen, 10A", "X"), strict=True))
    assert (found[codes[winner]], found[codes[second]]) == ("Giải Nhất", "Giải Nhì")
    assert sorted(found) == sorted(codes.values())
    assert sorted(found.values()).count("Giải Ba") == 2, "both who lost a semi-final"
    assert len(sources.proposed(f"tournament:{made}", 2, now()).lines) == 2


def test_members_who_had_the_seats_of_an_entrant_are_proposed(bound: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    org = plant()
    teams = {"form": "host", "count": 2, "names": ["Sen", "Trúc"], "points": "sum"}
    for script, entrants in (({}, ["An", "Bình"]), ({"teams": teams}, ["Sen", "Trúc"])):
        shipped = {**SCRIPT, **script, "settings": {"standings": "never"}}
        monkeypatch.setattr(scripts, "available", lambda one=shipped: {"speed": one})
        chi = org.members[CHI]
        made = tournaments.make(chi, org.province, "Giải thử", "speed", (Stage("Chung kết", 1, 2, 0),), entrants)
        tournaments.draw(chi, made)
        [[match]] = tournaments.whole(made).matches
        show = listing.by_public_id(playing.make_show(chi, made, match.id, org.province))
        who = {AN: org.members[AN], BINH: org.members[BINH], "Khách": None}
        seats.take_group([Wanted(show.show_id, somebody(name, member_id=one)) for name, one in who.items()])
        play = Play.going_on(show.show_id)
        if script:
            for seat, team in ((1, 2), (2, 1), (3, 2)):
                play.host("team", seats=[seat], team=team)
        play.until("over")
        play.host("adjust", seat=1, points=40)
        results.post(show.show_id)
        playing.take_due()
        assert sources.proposed(f"tournament:{made}", 2, now()).lines == [("DV-1", "Giải Nhất"), ("DV-2", "Giải Nhì")]


def test_nobody_is_proposed_for_nothing(bound: Database) -> None:
    org = plant()
    draft = standings.Draft("Thi đua chưa ai có điểm", "xa_phuong", points.season_of(now()))
    held = standings.make(org.members[CHI], org.province, draft, Rules(formula="total", least=1))
    no = freezing.freeze(org.members[CHI], held)
    assert sources.proposed(f"standing:{held}:{no}", 10, now()).lines == []
    criteria, _ = written("Điểm trừ; Minh chứng sai; trừ; 5; 1 mỗi lần")
    card = cards.card(
        cards.make(org.members[CHI], org.province, cards.Draft("Chấm điểm", "xa_phuong", criteria, now() + DAY))
    )
    scoring.verify(org.members[CHI], card, org.ward, {0: (1, "một lần sai")})
    for state in (cards.OPEN, cards.VERIFYING):
        cards.advance(org.members[CHI], card.public_id, state)
    assert sources.proposed(f"scorecard:{card.public_id}", 10, now()).lines == []
