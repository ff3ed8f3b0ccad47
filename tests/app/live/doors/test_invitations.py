"""The doors of MC, judges and audience: opened by the host, ended with the host, each its own screen."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from flask import Flask

from app.live import protocol
from app.live.protocol import Join
from app.live.screens import drawing
from app.services.shows import addresses, scripts, seats, shows, tickets
from app.services.shows.scripts import Created
from app.services.shows.seats import Newcomer
from app.services.shows.tickets import STAFF, Ticket
from quizzes import show as rules
from quizzes.engine import HOST, Actor, Command, Viewer
from tests.app.live.hall import SPEED

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def made(app: Flask) -> Created:
    return scripts.create("thử", script=SPEED, seed="hạt giống")


def ticket(app: Flask, made: Created, seat: int) -> str:
    return tickets.issue(app.config["SECRET_KEY"], Ticket(made.show_id, seat, STAFF, int(time.time())))


def page(app: Flask, address: str) -> str:
    answer = app.test_client().get(address)
    assert answer.status_code == 200, answer.text
    return answer.text


def perform(made: Created, name: str, **args: Any) -> Any:
    at = (shows.replica(made.show_id).state.at or 0) + 1
    return shows.perform(made.show_id, Command(name, Actor(HOST, made.host.number), at, args)).state


def test_the_host_invites_judges_and_an_mc_and_each_link_opens_its_own_page(app: Flask, made: Created) -> None:
    address = f"/doors/{ticket(app, made, made.host.number)}"
    client = app.test_client()
    for role in ("mc", "judge", "judge"):
        token = re.search(r'name="csrf_token" value="([^"]+)"', client.get(address).text)
        assert token
        answer = client.post(address, data={"csrf_token": token[1], "role": role})
        assert answer.status_code == 302
    shown = page(app, address)
    links = re.findall(r"/(mc|judge)/([\w.-]+)", shown)
    assert [role for role, _ in links] == ["mc", "judge", "judge"]
    assert shown.count("<svg") >= 4, "three links and the audience's way in, each as a QR code"
    for role, signed in links:
        assert f'data-screen="{role}"' in page(app, f"/{role}/{signed}")
    assert "watch=1" in shown


def test_only_the_hosts_ticket_opens_the_doors_and_a_judges_no_console(app: Flask, made: Created) -> None:
    judge = scripts.invite(made.show_id, "judge")
    for address in (
        f"/doors/{ticket(app, made, made.stage.number)}",
        f"/doors/{ticket(app, made, judge.number)}",
        f"/host/{ticket(app, made, judge.number)}",
        f"/mc/{ticket(app, made, judge.number)}",
        "/judge/geheim",
    ):
        assert app.test_client().get(address).status_code in (401, 403), address


def test_links_end_with_what_the_hosts_stands_on(app: Flask, made: Created) -> None:
    scripts.invite(made.show_id, "judge")
    [(_, link)] = addresses.invited(made.show_id, "", app.config["SECRET_KEY"], (12, 34))
    signed = tickets.read(app.config["SECRET_KEY"], link.rpartition("/")[2])
    assert (signed.sign_in, signed.member, signed.side) == (12, 34, STAFF)
    assert app.test_client().get(link).status_code in (401, 403), "there is no such session any more"


def test_a_round_is_given_its_judges_and_who_came_to_look_on(app: Flask, made: Created) -> None:
    judge = scripts.invite(made.show_id, "judge")
    for number, role in ((1, "player"), (2, "audience")):
        who = Newcomer(name=f"Người {number}", device=f"thiết bị số {number:_<20}", role=role)
        assert seats.take(made.show_id, who)[0].number == number
    state = perform(made, "advance")
    assert state.round.setup.room.judges == (judge.number,)
    assert [rules.role(state, seat, "public") for seat in (1, 2)] == ["player", "audience"]
    state = perform(made, "advance")
    question = rules.main_ask(state)
    assert question and [rules.may_answer(state, question.no, seat) for seat in (1, 2)] == [True, False]
    third = Newcomer(name="Đến sau", device="thiết bị của người đến sau", role="audience")
    assert seats.take(made.show_id, third)[0].number == 3
    assert not rules.may_answer(state, question.no, 3)


def test_the_audiences_code_says_that_who_joins_by_it_looks_on(app: Flask, made: Created) -> None:
    key = addresses.key_of(made.pin, app.config["SECRET_KEY"])
    assert 'name="watch" value="1"' in page(app, f"/p/{made.pin}?k={key}&watch=1")
    said = {"pin": made.pin, "key": key, "name": "Chi", "device": "thiết bị của Chi ở nhà", "watch": True}
    assert protocol.read(Join, said).watch


def test_a_judge_sees_question_key_and_buttons(app: Flask) -> None:
    buzzer = {**SPEED, "rounds": [{**SPEED["rounds"][0], "format": "buzzer", "settings": {}}]}
    made = scripts.create("thử", script=buzzer, seed="hạt giống")
    scripts.invite(made.show_id, "judge")
    seats.take(made.show_id, Newcomer(name="An", device="thiết bị của An ở đây"))
    perform(made, "advance")
    perform(made, "advance")
    html = drawing.screen(app, shows.replica(made.show_id), Viewer("judge"))["html"]
    assert 'class="judge"' in html and 'class="key open"' in html
