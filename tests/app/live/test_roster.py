"""Who is waited for before a question closes early."""

from __future__ import annotations

from typing import Any

import pytest

from app.live import rooms as rooms_module
from app.live import roster as roster_module
from app.live.rooms import Connection, Rooms
from app.live.roster import RETURN_S, Roster
from app.services.shows.seats import Place
from app.services.shows.tickets import Ticket

SHOW = 7


class Hall:
    """Rooms and a roster whose time passes by hand."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 1000.0
        self.elsewhere: set[int] = set()
        self.before: set[int] = set()
        for module in (rooms_module, roster_module):
            monkeypatch.setattr(module, "monotonic", lambda: self.now)
        monkeypatch.setattr(roster_module.workers, "present_elsewhere", lambda show_id, name: self.elsewhere)
        monkeypatch.setattr(roster_module.workers, "present_before", lambda: {SHOW: self.before})
        monkeypatch.setattr(roster_module.workers, "others_read_until", lambda name: None)
        monkeypatch.setattr(roster_module.seat_claims, "how_many", lambda shows: {})
        self.rooms = Rooms()
        app: Any = None
        self.roster = Roster(app, "worker", self.rooms)

    def enter(self, seat: int, side: str = "public") -> str:
        """A connection of a seat; its name."""
        sid = f"{seat}-{len(self.rooms.all())}-{self.now}"
        self.rooms.enter(Connection(sid, Ticket(SHOW, seat, side), "player", "vi"))
        return sid

    @property
    def expected(self) -> set[int]:
        return self.roster.expected(SHOW)


@pytest.fixture
def hall(monkeypatch: pytest.MonkeyPatch) -> Hall:
    made = Hall(monkeypatch)
    made.enter(1_000_001, "staff")
    return made


def test_a_seat_that_loses_its_connection_is_waited_for_a_moment(hall: Hall) -> None:
    an = hall.enter(1)
    hall.enter(2)
    hall.rooms.leave(an)
    assert hall.expected == {1, 2}
    hall.now += RETURN_S - 0.1
    assert hall.expected == {1, 2}
    hall.now += 0.2
    assert hall.expected == {2}


def test_the_seats_of_another_worker_that_dies_are_waited_for(hall: Hall) -> None:
    hall.enter(1)
    hall.elsewhere = {2, 3}
    hall.roster.look_elsewhere()
    hall.elsewhere = {3}
    hall.roster.look_elsewhere()
    assert hall.expected == {1, 2, 3}
    hall.now += RETURN_S + 0.1
    assert hall.expected == {1, 3}


def test_a_worker_that_was_started_again_waits_for_those_who_had_been_there(hall: Hall) -> None:
    hall.before = {1, 2, 3}
    hall.roster.begin()
    hall.enter(1)
    assert hall.expected == {1, 2, 3}
    hall.now += RETURN_S + 0.1
    assert hall.expected == {1}


def test_a_seat_that_polls_is_waited_for_like_one_with_a_socket(hall: Hall) -> None:
    binh = Ticket(SHOW, 2, "public")
    assert hall.roster.polled(binh)
    assert not hall.roster.polled(binh)
    assert hall.expected == {2} == hall.roster.present(SHOW)
    assert hall.roster.present_here() == {SHOW: {2}}
    hall.now += RETURN_S + 0.1
    assert hall.expected == set()
    assert hall.roster.present_here() == {SHOW: set()}
    assert hall.roster.polled(binh), "it has come back"


def test_a_worker_without_a_socket_of_the_show_says_who_polls_to_the_others(hall: Hall) -> None:
    hall.roster.polled(Ticket(9, 4, "public"))
    assert hall.roster.present_here() == {SHOW: set(), 9: {4}}
    assert hall.roster.expected(9) == set()
    hall.now += RETURN_S + 0.1
    assert hall.roster.present_here() == {SHOW: set()}


def test_what_is_known_of_a_show_goes_when_nobody_is_connected_to_it(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    an = Place(SHOW, 1, "public", "player", "An", "ABCD", "vi")
    monkeypatch.setattr(roster_module.seats, "places", lambda show_id, after: [an] if after < 1 else [])
    ticket = Ticket(SHOW, 1, "public")
    sid = hall.enter(1)
    assert hall.roster.place(ticket) == an
    hall.roster._links[SHOW] = {"join": "/p/123456"}
    hall.roster.look_elsewhere()
    assert SHOW in hall.roster._places
    for connection in [sid, *hall.rooms.all()[0].connections]:
        hall.rooms.leave(connection)
    hall.roster.look_elsewhere()
    roster = hall.roster
    assert not any(SHOW in known for known in (roster._places, roster._links, roster._elsewhere, roster._claims))
    assert roster.place(ticket) == an, "whoever comes back is known again"


def test_the_console_lists_first_who_is_waited_for_each_group_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    hall = Hall(monkeypatch)
    people = [Place(SHOW, seat, "public", "player", name, "vi", "0000") for seat, name in enumerate(
        ("Dũng", "an", "Chi", "Bình"), start=1)]
    monkeypatch.setattr(hall.roster, "answered", lambda replica: {2, 4})
    monkeypatch.setattr(roster_module.rules, "score", lambda state, seat: 0)
    replica: Any = type("Replica", (), {"show_id": SHOW, "state": None})
    rows = hall.roster._console(replica, people)
    assert [row["name"] for row in rows] == ["Chi", "Dũng", "an", "Bình"]
