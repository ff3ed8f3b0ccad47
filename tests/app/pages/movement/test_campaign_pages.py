"""A campaign as everybody sees it: the map on paper, on the stage and beside a link; milestones; the way to teach
on."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pytest
from flask import Flask
from PIL import Image

from app.services.movement import campaigns, confirming, figures, share_picture
from app.services.movement.clock import now
from quizzes.movement.milestones import FRESH
from quizzes.movement.steps import DAY, MINUTE
from tests import movement as way
from tests.counting import counted
from tests.organisation import Organisation, browser, plant
from tests.people import AN, BINH, CHI

PASSED, LINE, CHAPTER = 'class="milestone.*?</section>', "Trên máy của mình.*?</p>", "được chỉ: .*?</li>"
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def org(app: Flask) -> Iterator[Organisation]:
    with way.at_noon():
        yield plant()


@pytest.fixture
def campaign(org: Organisation) -> campaigns.Held:
    return campaigns.campaign_numbered(way.begin(org))


def teach(org: Organisation, campaign: campaigns.Held, count: int, first: int = 0) -> None:
    for number in range(first, first + count):
        way.taught(org, campaign.id, "other", f"Người Số {number}", (AN, BINH)[number % 2])
        way.later(number % 7 * MINUTE)


def test_of_fewer_than_five_nothing_is_drawn_or_counted(
    app: Flask, org: Organisation, campaign: campaigns.Held
) -> None:
    teach(org, campaign, 4)
    stranger = browser(app)
    for shape in ("", "?shape=wide"):
        svg = stranger.get(f"/movement/{campaign.public_id}/spread.svg{shape}").text
        assert "h0" not in svg and "đủ 5 người thì vẽ" in svg and ">4<" not in svg
    teach(org, campaign, 1, first=4)
    svg = stranger.get(f"/movement/{campaign.public_id}/spread.svg").text
    assert svg.count("h0") == 5 and "Người Số" not in svg


def test_the_map_is_a_picture_beside_a_link_and_fills_the_screen_of_a_hall(
    app: Flask, org: Organisation, campaign: campaigns.Held
) -> None:
    teach(org, campaign, 12)
    stranger = browser(app)
    page = stranger.get(f"/movement/{campaign.public_id}").text
    address = re.search(r'property="og:image" content="([^"]+)"', page)
    assert address and address.group(1).startswith("http")
    answer = stranger.get(address.group(1))
    picture = Image.open(io.BytesIO(answer.data))
    assert (answer.mimetype, picture.size, picture.format) == ("image/png", (1200, 630), "PNG")
    assert len(answer.data) < 300_000 and not picture.info, "nothing is told beside the picture"
    stage = stranger.get(f"/movement/{campaign.public_id}/stage").text
    assert 'data-renew="60"' in stage and stage.count("h0") == 12
    assert 'viewBox="0 0 1920 1080"' in stage
    assert 'viewBox="0 0 1920 1080"' in stranger.get(f"/movement/{campaign.public_id}/spread.svg?shape=wide").text


def test_a_hall_that_looks_at_once_has_map_and_tables_made_once(
    app: Flask, org: Organisation, campaign: campaigns.Held
) -> None:
    teach(org, campaign, 6)
    here, looks = f"/movement/{campaign.public_id}", [browser(app) for _ in range(2)]
    heavy = ("chapter_balance", "teaching.taught_member_id")
    for address in (here, f"{here}/stage", f"{here}/spread.svg", f"{here}/spread.png"):
        seen = []
        for look in looks:
            with counted() as work:
                seen.append(look.get(address).data)
        assert not [said for said in work.said if any(one in said for one in heavy)], address
    teach(org, campaign, 1, first=6)
    assert looks[0].get(f"{here}/stage").text.count("h0") == 7, "anew where a figure has changed"


def test_a_milestone_is_told_with_its_day_and_celebrated_while_it_is_fresh(
    app: Flask, org: Organisation, campaign: campaigns.Held
) -> None:
    teach(org, campaign, 9)
    stranger, here = browser(app), f"/movement/{campaign.public_id}"
    assert "Đã vượt mốc" not in stranger.get(here).text
    way.later(DAY)
    tenth = now()
    teach(org, campaign, 2, first=9)
    told = figures.milestone(campaign)
    assert (told.count, told.passed, told.following) == (11, 10, 50)
    assert tenth < told.passed_at < tenth + 10 * MINUTE
    assert "data-celebrate" in stranger.get(here).text and "Vừa vượt mốc 10" in stranger.get(f"{here}/stage").text
    way.later(FRESH)
    later = stranger.get(here).text
    assert "Đã vượt mốc 10 người" in later and "còn 39 người" in later and "data-celebrate" not in later
    assert "Vừa vượt mốc" not in stranger.get(f"{here}/stage").text


def test_who_was_seen_by_a_witness_is_told_apart_in_every_figure(
    app: Flask, org: Organisation, campaign: campaigns.Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    teach(org, campaign, 8)
    for number in range(2):
        public_id, official = way.witnessed(org, campaign.id, name=f"Bà Số {number}")
    way.child(org, campaign.id)
    way.later(DAY)
    here, seen, child = f"/movement/{campaign.public_id}", "có người chứng kiến: 2", "bạn nhỏ: 1"
    page, goal = (browser(app, org.members[AN]).get(address).text for address in (here, "/movement"))
    passed, line, chapter = (re.search(pattern, page, re.DOTALL) for pattern in (PASSED, LINE, CHAPTER))
    assert passed and seen in passed[0], "the milestone"
    assert line and "có người chứng kiến: 2" in line[0] and "Bạn nhỏ: 1" in line[0], "the headline's line"
    assert chapter and seen in chapter[0]
    assert seen in goal and child in goal
    assert seen in browser(app).get(f"{here}/stage").text
    way.later(7 * DAY)
    confirming.use(public_id, official, "portal.filed", witnessed=True)
    whole = "Có người chứng kiến: 2, trong đó tự làm được: 1."
    for shape in ("", "?shape=wide"):
        assert whole in browser(app).get(f"{here}/spread.svg{shape}").text
    words = list[share_picture.Words]()
    monkeypatch.setattr(share_picture, "drawn", lambda _picture, told: words.append(told) or b"")
    browser(app).get(f"{here}/spread.png")
    assert words[0].apart == whole


def test_what_was_played_can_be_taught_in_the_nearest_campaign(
    app: Flask, org: Organisation, campaign: campaigns.Held
) -> None:
    an = browser(app, org.members[AN])
    answer = an.get("/movement/teach?services=payment&services=unheard-of")
    assert answer.headers["Location"] == f"/movement/{campaign.public_id}/show?services=payment"
    form = an.get(answer.headers["Location"]).text
    assert re.findall(r'value="(\w+)" checked', form) == ["friend", "payment"]
    assert an.get("/movement/teach?services=unheard-of").headers["Location"] == "/movement"
    assert browser(app, org.members[CHI]).get("/movement/teach").status_code == 302
