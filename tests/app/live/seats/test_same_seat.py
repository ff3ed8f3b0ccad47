"""One seat on several devices: by its code, by the host's word; and every screen of it knows of the others."""

from __future__ import annotations

import re

import pytest

from tests.app.live.hall import SPEED, Hall, Person, post, together, wait_for
from tests.serving import Server


@pytest.fixture
def hall(server: Server) -> Hall:
    return Hall.open(server, SPEED)


def claims(hall: Hall) -> list[int]:
    """The claims the host sees, by number, read from the console's buttons."""
    return [int(number) for number in re.findall(r'data-act="admit"\s+data-args=\'\{"claim": (\d+)', hall.host.html)]


def test_the_host_lets_a_new_phone_have_the_old_seat(hall: Hall) -> None:
    hall.join("An")
    asking = {"pin": hall.show["pin"], "name": "an", "device": "another phone of An", "lang": "vi"}
    url = f"{hall.server.url}/live/join"
    assert post(url, asking)[1]["code"] == "name_taken"
    for _ in range(2):  # asking again does not ask twice
        assert post(url, {**asking, "ask_host": True})[0] == 202
    wait_for(lambda: len(claims(hall)) == 1, about="the host's console")
    stranger = {**asking, "device": "a stranger's phone", "ask_host": True}
    assert post(url, stranger)[0] == 202
    wait_for(lambda: len(claims(hall)) == 2)
    mine, other = claims(hall)
    assert hall.players[0].call("act", {"do": "admit", "args": {"claim": mine}, "id": "not the host"})["ok"] is False
    assert hall.act("turn_away", claim=other)["ok"]
    assert post(url, stranger)[1]["code"] == "claim_refused"
    assert hall.act("admit", claim=mine)["ok"]
    status, said = post(url, asking)
    assert (status, said["seat"], said["name"]) == (200, 1, "An")
    wait_for(lambda: not claims(hall))


def test_a_seat_that_is_open_twice_says_so_on_both_and_no_longer_when_one_leaves(hall: Hall) -> None:
    an = hall.join("An")
    wait_for(lambda: bool(an.mes))
    assert an.mes[-1]["elsewhere"] is False
    code = an.mes[-1]["code"]
    there = {"pin": hall.show["pin"], "name": "An ở máy khác", "device": "another phone of An", "code": code}
    ticket = post(f"{hall.server.url}/live/join", there)[1]["ticket"]
    second = Person(hall.server.url, ticket, "An").connect()
    wait_for(lambda: bool(second.mes) and second.mes[-1]["elsewhere"] and an.mes[-1]["elsewhere"])
    second.leave()
    wait_for(lambda: an.mes[-1]["elsewhere"] is False)


def test_codes_cannot_be_guessed_and_who_joins_without_one_never_waits(hall: Hall) -> None:
    an = hall.join("An")
    wait_for(lambda: bool(an.mes))
    url = f"{hall.server.url}/live/join"

    def knock(n: int, code: str) -> int:
        asking = {"pin": hall.show["pin"], "name": f"Người đoán {n}", "device": f"{n}: a guesser's phone", "code": code}
        return post(url, asking)[0]

    assert together([lambda n=n: knock(n, "0000") for n in range(14)]).count(429) == 4
    assert knock(20, an.mes[-1]["code"]) == 429, "the right one is not looked at either"
    assert hall.seat("Bình")
    asking = {"pin": hall.show["pin"], "name": "An", "device": "another phone of An", "code": "0000", "ask_host": True}
    assert post(url, asking)[0] == 202, "the host may be asked all the same"
