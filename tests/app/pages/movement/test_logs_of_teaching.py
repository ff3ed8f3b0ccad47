"""No line of a log holds what opens a taught person's page, or what they wrote, whatever goes wrong on the way."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app import logs
from app.services.movement import campaigns, cards, confirming, teaching
from app.services.movement.clock import now
from app.services.movement.codes import Code, codes
from app.services.movement.teaching import keep_code
from quizzes.movement.steps import DAY, MINUTE
from tests import movement as way
from tests.app.pages.movement.test_taught_pages import PERSON, RIGHT, opened, say, scan, shown
from tests.organisation import Organisation, browser, plant, send
from tests.people import CHI

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
NUMBER = "0912345678"


@pytest.fixture
def org(app: Flask) -> Iterator[Organisation]:
    with way.at_noon():
        yield plant()


@pytest.mark.parametrize("form", ["text", "json"])
def test_no_line_holds_a_token_a_code_or_a_name_though_every_step_breaks(
    app: Flask, org: Organisation, form: str, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    logs.configure(replace(app.config["SETTINGS"], log=form))
    app.config["PROPAGATE_EXCEPTIONS"] = False
    campaign = campaigns.campaign_numbered(way.begin(org))
    public_id = shown(app, org, campaign)
    code = teaching.code_of(public_id, now() + 15 * MINUTE)
    phone = opened(app, public_id)
    card = cards.card(cards.make(org.members[CHI], campaign.id, "Nhà văn hóa"))
    assert card
    scan(browser(app), card.code)
    secrets = [code, keep_code(public_id), card.code, codes.made(Code("g", public_id, now() + DAY))]
    cookie = phone.get_cookie("taught", path="/t")
    assert cookie
    secrets.append(cookie.value)
    way.later(MINUTE)
    last = {"step": "questions", "year": 1956, "name": PERSON, "agreed": 1, **RIGHT}

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("the disk is full")

    def answered(place: object, name: str, ask: Callable[[], TestResponse]) -> int:
        with monkeypatch.context() as patch:
            patch.setattr(place, name, broken)
            return ask().status_code

    assert answered(teaching, "open_code", lambda: scan(browser(app), code)) == 500
    assert answered(confirming, "confirm", lambda: say(phone, public_id, **last)) == 500
    say(phone, public_id, **last)
    for name, step, fields in (
        ("use", "use", {"what": "vneid2.card"}),
        ("leave_number", "number", {"phone": NUMBER, "agreed": 1}),
        ("withdraw", "withdraw", {}),
    ):
        assert answered(confirming, name, lambda at=step, of=fields: send(phone, f"/t/{public_id}/{at}", **of)) == 500
    for _ in range(8):
        scan(browser(app), keep_code(public_id), year=1901)
    written = capfd.readouterr()
    told = written.out + written.err
    assert "the disk is full" in told and "/t/<public_id>/use" in told, "the lines are there"
    for secret in (*secrets, PERSON, NUMBER, "1956"):
        assert secret not in told
        assert secret.rpartition(".")[2] not in told
    assert not re.search(r"/t/[a-z0-9]{14}", told), "nor whose page it was"


def test_the_year_of_birth_is_not_to_be_tried_out(app: Flask, org: Organisation) -> None:
    campaign = campaigns.campaign_numbered(way.begin(org))
    public_id = shown(app, org, campaign)
    phone = opened(app, public_id)
    way.later(MINUTE)
    say(phone, public_id, step="questions", year=1956, name=PERSON, agreed=1, **RIGHT)
    tried = [scan(browser(app), keep_code(public_id), year=1940 + n).status_code for n in range(20)]
    assert tried[:6] == [403] * 6 and set(tried[6:]) == {429}, "whatever browser they come from"
    assert scan(phone, keep_code(public_id)).status_code == 200, "the person's own browser goes on"
