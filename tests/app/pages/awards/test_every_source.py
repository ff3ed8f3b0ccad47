"""From each ranking to the stage: its form is sent as it is filled, agreed to, printed, and its winners are brought on."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

import pytest
from flask import Flask

from app.live.screens import awards as on_stage
from app.services import points
from app.services.awards import batches, ceremony, printing
from app.services.contests.publishing import signing
from app.services.movement import campaigns
from app.services.people.roles import grant_role
from app.services.scorecards import cards, scoring
from app.services.shows import listing
from app.services.standings import freezing, standings
from app.services.tournaments import playing, tournaments
from quizzes.hours import DAY
from quizzes.ledger import Due
from quizzes.scorecards.criteria import written
from quizzes.standing.rules import Rules
from tests import movement
from tests.app.services.awards.test_sources import FINAL, finished
from tests.app.services.shows.playing import Play
from tests.contests import now
from tests.organisation import Organisation, browser, plant, send
from tests.people import AN, BINH, CHI, DUNG

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
FIELDS = re.compile(r"<input ([^>]*)>|<textarea ([^>]*)>([^<]*)</textarea>")
NAME, VALUE = re.compile(r'\bname="([\w-]+)"'), re.compile(r'\bvalue="([^"]*)"')


def of_standing(org: Organisation) -> str:
    earned(org)
    draft = standings.Draft("Thi đua thử", "xa_phuong", points.season_of(now()))
    held = standings.make(org.members[CHI], org.province, draft, Rules(formula="total", least=1))
    return f"standing:{held}:{freezing.freeze(org.members[CHI], held)}"


def earned(org: Organisation) -> None:
    points.post("contest", 1, {org.members[AN]: Due(40, None), org.members[DUNG]: Due(60, None)})


def of_scorecard(org: Organisation) -> str:
    criteria, _ = written("Tổ chức; Có kế hoạch năm; yes; 5")
    draft = cards.Draft("Chấm điểm năm", "xa_phuong", criteria, now() + DAY)
    card = cards.card(cards.make(org.members[CHI], org.province, draft))
    scoring.verify(org.members[CHI], card, org.ward, {0: (1, "đã xem tận nơi")})
    for state in (cards.OPEN, cards.VERIFYING):
        cards.advance(org.members[CHI], card.public_id, state)
    return f"scorecard:{card.public_id}"


def of_members(org: Organisation) -> str:
    earned(org)
    return f"members:{org.village}:{points.season_of(now())}"


def of_ranking(org: Organisation) -> str:
    earned(org)
    return f"ranking:{org.province}:xa_phuong:{points.season_of(now())}:per_head"


def of_contest(org: Organisation) -> str:
    signing.signer.bind("một bí mật của lần thử")
    return f"contest:{finished(org, prizes=[{'key': 'vang', 'title': {'vi': 'Giải Vàng'}, 'count': 1}])}"


def of_campaign(org: Organisation) -> str:
    movement.bind()
    with movement.at_noon():
        campaign = movement.begin(org)
        for kind in ("friend", "relative"):
            movement.taught(org, campaign, kind, name=f"Lê Thị {kind}")
        movement.verify_all(org, campaign)
    return f"campaign:{campaigns.campaign_numbered(campaign).public_id}"


def of_show(org: Organisation) -> str:
    play = Play(members={AN: org.members[AN], BINH: org.members[BINH]}, chapter=org.branch).until("open")
    play.answer(1, 0)
    play.answer(2, 1)
    play.until("over")
    return f"show:{listing.by_id(play.show_id).public_id}"


def of_tournament(org: Organisation) -> str:
    names = ["Đoàn phường Sao Mai", "Nguyễn Thị An", "Nguyễn Thị Dũng", "Đoàn xã Sóng Xanh"]
    made = tournaments.make(org.members[CHI], org.province, "Giải tỉnh", "speed", FINAL, names)
    tournaments.draw(org.members[CHI], made)
    for stage in range(2):
        for match in tournaments.whole(made).matches[stage]:
            halves = {line.id: 100 - names.index(line.name) for line in match.lines}
            playing.type_results(org.members[CHI], made, match.id, halves)
    return f"tournament:{made}"


def as_filled(page: str) -> dict[str, str]:
    """The values of a form's fields as its page shows them."""
    found: dict[str, str] = {}
    for one, area, text in FIELDS.findall(page):
        name, value = NAME.search(one or area), VALUE.search(one)
        if name:
            found[name[1]] = html.unescape(text if area else value[1] if value else "").strip()
    return found


@pytest.mark.parametrize(("made", "first", "prize"), [
    (of_standing, "Đoàn xã Sóng Xanh", "Giải Nhất"),
    (of_scorecard, "Đoàn phường Sao Mai", "Giải Nhất"),
    (of_members, "Nguyễn Thị Dũng", "Giải Nhất"),
    (of_ranking, "Đoàn xã Sóng Xanh", "Giải Nhất"),
    (of_contest, "Nguyễn Thị Bình", "Giải Vàng"),
    (of_campaign, "Nguyễn Thị An", ""),
    (of_show, "Nguyễn Thị An", "Giải Nhất"),
    (of_tournament, "Đoàn phường Sao Mai", "Giải Nhất"),
])  # fmt: skip
def test_the_first_of_a_ranking_is_brought_on_last_on_a_page_and_in_a_show(
    app: Flask, made: Callable[[Organisation], str], first: str, prize: str
) -> None:
    org = plant()
    source = made(org)
    for name in (AN, BINH, DUNG):
        grant_role(None, org.members[name], "organiser", org.province)
    chi = browser(app, org.members[CHI])
    address = f"/chapters/{org.province}/awards/new?source={source}&top=3"
    filled = as_filled(chi.get(address).text)
    given = send(chi, address, **filled | {"kind": "certificate", "design": "drum"})
    assert given.status_code == 302, given.text
    batch = given.location.rpartition("/")[2]
    assert batches.batch(batch)[0].source == source
    second = next(name for name in (AN, BINH, DUNG) if f"Nguyễn Thị {name}" not in filled["lines"])
    decided = send(browser(app, org.members[second]), f"/awards/{batch}/decide", accept="yes")
    assert decided.status_code == 302
    printing.print_due()
    held = ceremony.ceremony(batch, org.path(org.province))
    assert held, "agreed to"
    winner = held.on_stage(held.last_step - 1)
    assert winner and (winner.name, winner.prize, bool(winner.digest)) == (first, prize, True)
    page = chi.get(f"/awards/{batch}/stage").text
    assert first in page and f"{held.count} giấy" in page
    on_stage._held.clear()
    told = on_stage.held(org.province, batch)
    assert told and told.on_stage(told.last_step - 1) == winner, "the same in a show of the chapter"


def test_a_list_with_somebody_who_stands_in_no_ranking_is_by_hand(app: Flask) -> None:
    org = plant()
    source = of_standing(org)
    chi = browser(app, org.members[CHI])
    address = f"/chapters/{org.province}/awards/new?source={source}&top=3"
    filled = as_filled(chi.get(address).text) | {"kind": "certificate", "design": "drum"}
    for more, kept in (("", source), ("\nChi đoàn khu phố 1 (KP1); Giải Nhất", "")):
        made = send(chi, address, **filled | {"lines": filled["lines"] + more})
        found, _ = batches.batch(made.location.rpartition("/")[2])
        assert found.source == kept
        assert ("chọn tay" in chi.get(made.location).text) is not bool(kept)
