"""A flood of seats at a real server: the host sees that they are from one place, never which, and removes them at
once."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from typing import Any

import pytest

from tests.app.live.hall import SPEED, Hall, Person, post, together, wait_for
from tests.serving import Server
from tests.serving import serving as started

FLOOD, HERE = 30, 3
ADDRESS = "203.0.113.9"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """It believes what one proxy says of addresses."""
    where = tmp_path_factory.mktemp("many") / "instance"
    with started(where, "--no-demo", SCS_TRUSTED_PROXIES="1") as running:
        yield running


@pytest.fixture
def hall(server: Server) -> Iterator[Hall]:
    opened = Hall.open(server, SPEED)
    yield opened
    opened.close()


def seat(hall: Hall, name: str, address: str, **more: Any) -> tuple[int, dict[str, Any]]:
    message = {"pin": hall.show["pin"], "name": name, "device": f"device of {name:_<20}", **more}
    return post(f"{hall.server.url}/live/join", message, **{"X-Forwarded-For": address})


def rows(server: Server, statement: str, *values: Any) -> set[int]:
    with sqlite3.connect(f"file:{server.instance / 'sanchoi.db'}?mode=ro", uri=True) as db:
        return {row[0] for row in db.execute(statement, values)}


CAME = "SELECT number FROM seat WHERE show_id = ? AND side = 'public' AND connected_at IS NOT NULL"


def test_the_host_removes_a_flood_at_once_and_takes_it_back(server: Server, hall: Hall) -> None:
    an = Person(server.url, seat(hall, "An", "10.0.0.7")[1]["ticket"], "An").connect()
    names = [f"Kẻ phá {n}" for n in range(FLOOD)]
    tickets = [seat(hall, name, ADDRESS)[1]["ticket"] for name in names]
    flood = [Person(server.url, ticket, "Kẻ phá").connect() for ticket in tickets[:HERE]]  # they answer pings
    wait_for(lambda: f"Một nơi: {FLOOD}" in hall.host.html, about="what the console says of the flood")
    wait_for(lambda: rows(server, CAME, hall.show["id"]) == {1, 2, 3, 4}, about="who came to be stored")
    wait_for(lambda: f"{HERE} đang nối" in hall.host.html, about="the console to say who is here")
    assert ADDRESS not in str(hall.host.screens)
    assert "crowds" not in hall.stage.html + an.html
    source = re.search(r'id="from(\w+)"', hall.host.html)
    assert source

    assert hall.act("kick", source=source[1], absent=True)["ok"]
    wait_for(lambda: f"Đã mời ra: {FLOOD - HERE}" in hall.host.html, about="those who are not here to be gone")
    assert hall.act("kick", source=source[1])["ok"]
    wait_for(lambda: all(("bye", {"code": "kicked"}) in one.heard for one in flood), about="all of them to be told")
    wait_for(lambda: f"Đã mời ra: {FLOOD}" in hall.host.html, about="all of them to be gone")
    assert "Một nơi" not in hall.host.html
    assert hall.act("kick", source="0" * 12)["code"] == "not_found"
    assert seat(hall, names[0], ADDRESS)[1]["code"] == "kicked"
    assert an.call("sync", {"v": 0})["ok"]

    assert hall.act("readmit", seat=2)["ok"]
    assert seat(hall, names[0], ADDRESS)[0] == 200
    assert hall.act("readmit", everybody=True)["ok"]
    wait_for(lambda: "Đã mời ra" not in hall.host.html, about="all of them to be let in again")
    assert {status for status, _ in (seat(hall, name, ADDRESS) for name in names)} == {200}
    for one in flood:
        one.leave()


def test_nobody_else_removes_many(server: Server, hall: Hall) -> None:
    an = Person(server.url, seat(hall, "An", "10.0.0.7")[1]["ticket"], "An").connect()
    seat(hall, "Bình", "10.0.0.8")
    for args in ({"seats": [2]}, {"source": "x"}, {"everybody": True}):
        said = an.call("act", {"do": "kick", "args": args, "id": f"stolen {len(str(args))}"})
        assert said["ok"] is False
    for wrong in ([], [0], ["2"], [True], {}, [2] * 200_000, [10**7]):
        assert hall.act("kick", seats=wrong)["ok"] is False if len(wrong) < 1_000 else True
    assert hall.act("kick", seats=[2, 2])["ok"]


def test_a_hundred_who_ask_for_ones_seat_do_not_keep_its_owner_out(server: Server, hall: Hall) -> None:
    seat(hall, "An", "10.0.0.7")
    asked = together(
        [lambda n=n: seat(hall, "An", ADDRESS, device=f"somebody else's {n:_<20}", ask_host=True) for n in range(100)]
    )  # type: ignore[misc]
    assert {status for status, _ in asked} == {202}
    mine = {"device": "An's new phone ______", "ask_host": True}
    assert seat(hall, "An", "10.0.0.9", **mine)[1]["code"] == "asked_host"
    newest = rows(server, "SELECT max(id) FROM seat_claim WHERE show_id = ?", hall.show["id"]).pop()
    wait_for(lambda: f'id="claim{newest}"' in hall.host.html, about="the newest claim on the console")
    assert hall.host.html.count('id="claim') == 3
    assert hall.act("admit", claim=newest)["ok"]
    assert seat(hall, "An", "10.0.0.9", **mine)[0] == 200
