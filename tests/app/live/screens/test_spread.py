"""1+2 on the stage of a show: a map or a curve, in both languages, without a name and without small chapters."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from app.clock import now_us
from app.live.screens import drawing, spread
from app.services.movement import on_stage
from app.services.shows import scripts, shows
from quizzes.engine import HOST, Actor, Command, Viewer
from quizzes.movement.steps import DAY
from tests import movement as way
from tests.organisation import Organisation, plant
from tests.people import AN, BINH, CHI, DUNG
from tests.quizzes.questions.samples import question

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
PERSON = "Lê Thị Mận"


@pytest.fixture
def org(app: Flask) -> Iterator[Organisation]:
    spread._known.clear()
    with way.at_noon():
        yield plant()


def drawn(app: Flask, show_id: int, campaign: str, role: str, lang: str = "vi") -> str:
    extra = {"links": {"campaign": campaign}}
    return str(drawing.screen(app, shows.replica(show_id), Viewer(role, "", lang), extra)["html"])


def test_the_host_lays_1_plus_2_over_the_stage_and_takes_it_away(app: Flask, org: Organisation) -> None:
    way.begin(org)
    script = {"title": {"vi": "Đêm hội"}, "rounds": [{"format": "speed", "questions": [question("single", 0, 4)]}]}
    made = scripts.create("spread", script=script, host_member_id=org.members[CHI], chapter_id=org.branch)
    campaign = on_stage.campaign_of(org.branch)
    assert campaign and on_stage.campaign_of(None) == ""

    def act(name: str, **args: str) -> None:
        shows.perform(made.show_id, Command(name, Actor(HOST, made.host.number), now_us(), args))

    act("show_spread")
    few = drawn(app, made.show_id, campaign, "stage")
    assert "đủ 5 người thì vẽ" in few and 'id="spread-map"' in few
    for number in range(9):
        way.taught(org, 1, "other", f"{PERSON} {number}", who=AN if number < 6 else DUNG)
    public_id, phone = way.taught(org, 1, "friend", PERSON)
    way.later(8 * DAY)
    way.use(public_id, phone)
    spread._known.clear()
    shown = drawn(app, made.show_id, campaign, "stage")
    assert f"/movement/{campaign}/spread.svg?shape=drum" in shown and "<output>10</output>" in shown
    assert "Vừa vượt mốc 10 người!" not in shown, "passed more than three days ago"
    told = on_stage.on_stage(campaign)
    assert told is not None and [one[1:] for one in told.chapters] == [(7, 0)], "Dũng's chapter has three"
    assert "chứng kiến" not in shown, "nobody was"
    way.witnessed(org, 1)
    spread._known.clear()
    shown = drawn(app, made.show_id, campaign, "stage")
    assert "Có người chứng kiến: 1, trong đó tự làm được: 0." in shown, "the whole"
    assert "</span><small>có người chứng kiến: 1</small>" in shown, "its chapter"
    act("show_spread", what="growth")
    spread._known.clear()
    english = drawn(app, made.show_id, campaign, "stage", "en")
    assert 'id="spread-growth"' in english and 'class="taught" d="M' in english and "people taught" in english
    for page in (few, shown, english):
        assert PERSON not in page and not any(name in page for name in (AN, BINH, DUNG))
    console = drawn(app, made.show_id, campaign, "host")
    assert 'data-act="hide_spread"' in console
    act("hide_spread")
    assert "spread-" not in drawn(app, made.show_id, campaign, "stage")
    assert 'data-act="show_spread"' in drawn(app, made.show_id, campaign, "host")
    assert 'data-act="show_spread"' not in drawn(app, made.show_id, "", "host"), "no campaign runs here"
    assert app.test_client().get(f"/movement/{campaign}/spread.svg?shape=drum").status_code == 200


def test_a_milestone_passed_lately_is_celebrated_on_the_stage(app: Flask, org: Organisation) -> None:
    way.begin(org)
    way.witnessed(org, 1)
    for number in range(9):
        way.taught(org, 1, "other", f"{PERSON} {number}", who=(AN, BINH)[number % 2])
    told = on_stage.on_stage(on_stage.campaign_of(org.branch))
    assert told is not None and (told.celebrated, told.passed_visits) == (10, 1)
