"""The people as host and stage see them."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from app.live.seats import attendance, console
from app.live.seats import presence as presence_module
from app.live.seats import roster as module
from app.live.seats.presence import Presence
from app.live.seats.rooms import Connection, Rooms
from app.live.seats.roster import Roster
from app.services.shows.seats import SeatLine
from app.services.shows.tickets import Ticket

SHOW = 7
AN = SeatLine(SHOW, 1, "public", "player", "An", "ABCD", "vi")


@pytest.fixture
def rooms() -> Rooms:
    return Rooms()


@pytest.fixture
def roster(rooms: Rooms, monkeypatch: pytest.MonkeyPatch) -> Roster:
    monkeypatch.setattr(presence_module.workers, "present_elsewhere", lambda name: {})
    monkeypatch.setattr(presence_module.workers, "others_read_until", lambda name: None)
    monkeypatch.setattr(module.seat_claims, "how_many", lambda shows: {})
    monkeypatch.setattr(module.seats, "last_numbers", lambda shows: {})
    monkeypatch.setattr(module.ballots, "held", lambda shows: {})
    app: Any = None
    return Roster(app, Presence("worker", rooms), rooms)


def test_what_is_known_of_a_show_goes_when_nobody_is_connected_to_it(
    rooms: Rooms, roster: Roster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module.seats, "public", lambda show_id, after: [AN] if after < 1 else [])
    ticket = Ticket(SHOW, 1, "public")
    rooms.enter(Connection("an", ticket, "player", "vi"))
    assert roster.seat(ticket) == AN
    roster._links[SHOW] = {"join": "/p/123456"}
    roster.look_elsewhere()
    assert SHOW in roster._seats
    rooms.leave("an")
    roster.look_elsewhere()
    assert not any(SHOW in known for known in (roster._seats, roster._links, roster._claims))
    assert roster.seat(ticket) == AN, "whoever comes back is known again"


def test_who_asks_for_a_seat_makes_the_console_look_different(
    rooms: Rooms, roster: Roster, monkeypatch: pytest.MonkeyPatch
) -> None:
    rooms.enter(Connection("an", Ticket(SHOW, 1, "public"), "player", "vi"))
    assert roster.look_elsewhere() == set()
    monkeypatch.setattr(module.seat_claims, "how_many", lambda shows: {SHOW: (1, 7)})
    assert roster.look_elsewhere() == {SHOW}
    assert roster.look_elsewhere() == set()
    monkeypatch.setattr(module.ballots, "held", lambda shows: {(SHOW, 3): 2})
    assert roster.look_elsewhere() == {SHOW}, "two answers came in time and do not count"
    assert roster.look_elsewhere() == set()


def test_seats_that_nobody_has_come_to_make_the_console_look_different_once(
    rooms: Rooms, roster: Roster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attendance, "wall_us", lambda at: 0)  # nobody's two minutes are over
    taken = [AN]
    monkeypatch.setattr(module.seats, "public", lambda show_id, after: [line for line in taken if line.number > after])
    monkeypatch.setattr(module.seats, "last_numbers", lambda shows: dict.fromkeys(shows, taken[-1].number))
    rooms.enter(Connection("an", Ticket(SHOW, 1, "public"), "player", "vi"))
    assert roster.people(SHOW) == [AN]
    assert roster.look_elsewhere() == set()
    taken += [dataclasses.replace(AN, number=number, name=f"Kẻ phá {number}") for number in range(2, 32)]
    assert roster.look_elsewhere() == {SHOW}, "a flood without screens is on the console a second later"
    assert roster.look_elsewhere() == set(), "where nobody looks, it is not drawn each second"
    assert len(roster.people(SHOW)) == 31
    assert roster.look_elsewhere() == set()


def test_the_console_lists_first_who_is_waited_for_each_group_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    people = [
        SeatLine(SHOW, seat, "public", "player", name, "vi", "0000")
        for seat, name in enumerate(("Dũng", "an", "Chi", "Bình"), start=1)
    ]
    monkeypatch.setattr(console.rules, "score", lambda state, seat: 0)
    state: Any = None
    rows = console.rows(state, people, {1}, {2, 4})
    assert [row["name"] for row in rows] == ["Chi", "Dũng", "an", "Bình"]
