"""The seats that are waited for before a question closes early."""

from __future__ import annotations

import pytest

from app.live.seats import presence as module
from app.live.seats.presence import FEW, NEWS_S, RETURN_S, SHARE, STORM_S, Presence
from app.live.seats.rooms import Connection, Rooms
from app.services.shows.tickets import Ticket

SHOW = 7


class Hall:
    """Rooms and their presence, whose time passes by hand."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 1000.0
        self.elsewhere: set[int] = set()
        self.before: set[int] = set()
        self.count = 0
        monkeypatch.setattr(module, "monotonic", lambda: self.now)
        monkeypatch.setattr(module.workers, "present_elsewhere", lambda name: {SHOW: {"other": self.elsewhere}})
        monkeypatch.setattr(module.workers, "present_before", lambda: {SHOW: self.before})
        monkeypatch.setattr(module.workers, "others_read_until", lambda name: 1 if self.elsewhere else None)
        self.rooms = Rooms()
        self.presence = Presence("worker", self.rooms)
        self.presence.is_alone = True
        self.host = self.enter(1_000_001, "staff")

    def enter(self, seat: int, side: str = "public") -> str:
        """A connection of a seat; its name."""
        self.count += 1
        sid = f"{seat}-{self.count}"
        self.rooms.enter(Connection(sid, Ticket(SHOW, seat, side), "player", "vi"))
        return sid

    def leave(self, *sids: str) -> None:
        for sid in sids:
            connection = self.rooms.leave(sid)
            assert connection
            self.presence.lost(connection.ticket)

    @property
    def expected(self) -> set[int]:
        return self.presence.expected(SHOW)


@pytest.fixture
def hall(monkeypatch: pytest.MonkeyPatch) -> Hall:
    return Hall(monkeypatch)


def test_a_seat_that_loses_its_connection_is_waited_for_a_moment(hall: Hall) -> None:
    an = hall.enter(1)
    hall.enter(2)
    hall.leave(an)
    assert hall.expected == {1, 2}
    hall.now += RETURN_S - 0.1
    assert hall.expected == {1, 2}
    hall.now += 0.2
    assert hall.expected == {2}


def test_a_seat_that_loses_one_of_two_connections_is_not_lost(hall: Hall) -> None:
    an, _ = hall.enter(1), hall.enter(1)
    hall.leave(an)
    assert hall.presence._left == {}


def test_who_may_have_come_back_to_another_worker_is_waited_for_until_that_would_be_known(hall: Hall) -> None:
    an = hall.enter(1)
    hall.enter(2)
    hall.presence.is_alone = False
    hall.leave(an)
    hall.now += RETURN_S + NEWS_S - 0.1
    assert hall.expected == {1, 2}
    hall.now += 0.2
    assert hall.expected == {2}


def test_those_of_one_worker_among_several_are_waited_for_like_a_hall_that_was_cut_off(hall: Hall) -> None:
    many = set(range(100, 100 + SHARE * FEW))
    hall.elsewhere = many | set(range(1, FEW + 2))
    hall.enter(50)
    hall.presence.look_elsewhere()
    hall.elsewhere = many
    hall.presence.look_elsewhere()
    hall.now += STORM_S - 0.1
    assert hall.expected == many | {50} | set(range(1, FEW + 2))
    hall.now += 0.2
    assert hall.expected == many | {50}


def test_a_hall_that_was_cut_off_is_waited_for_longer_though_nobody_was_left_in_the_room(hall: Hall) -> None:
    people = [hall.enter(seat) for seat in range(1, 6)]
    hall.leave(*people, hall.host)
    assert hall.expected == set(), "nobody is here to close anything"
    hall.now += 2
    hall.enter(1)
    hall.now += RETURN_S
    assert hall.expected == {1, 2, 3, 4, 5}
    for seat in (2, 3):
        hall.enter(seat)
    assert hall.expected == {1, 2, 3}, "most are back: who is not has left"
    hall.now += STORM_S
    assert hall.presence.here() == {SHOW: {1, 2, 3}}
    assert hall.presence._left == {}


def test_the_seats_of_another_worker_that_dies_are_waited_for(hall: Hall) -> None:
    hall.enter(1)
    hall.elsewhere = {2, 3}
    assert hall.presence.look_elsewhere() == {SHOW}
    hall.elsewhere = {3}
    assert hall.presence.look_elsewhere() == {SHOW}
    assert hall.presence.look_elsewhere() == set()
    assert hall.expected == {1, 2, 3}
    hall.now += RETURN_S + NEWS_S + 0.1
    assert hall.expected == {1, 3}


def test_a_worker_that_was_started_again_waits_for_those_who_had_been_there(hall: Hall) -> None:
    hall.before = {1, 2, 3}
    hall.presence.begin()
    hall.enter(1)
    assert hall.expected == {1, 2, 3}
    hall.now += RETURN_S + 0.1
    assert hall.expected == {1, 2, 3}, "more are missing than back"
    hall.now += STORM_S
    assert hall.expected == {1}


def test_a_seat_that_polls_is_waited_for_like_one_with_a_socket(hall: Hall) -> None:
    binh = Ticket(SHOW, 2, "public")
    assert hall.presence.polled(binh)
    assert not hall.presence.polled(binh)
    assert hall.expected == {2} == hall.presence.present(SHOW)
    assert hall.presence.here() == {SHOW: {2}}
    hall.now += RETURN_S + 0.1
    assert hall.expected == set()
    assert hall.presence.here() == {SHOW: set()}
    assert hall.presence.polled(binh), "it has come back"


def test_a_worker_without_a_socket_of_the_show_says_who_polls_to_the_others(hall: Hall) -> None:
    hall.presence.polled(Ticket(9, 4, "public"))
    assert hall.presence.here() == {SHOW: set(), 9: {4}}
    assert hall.presence.expected(9) == set()
    hall.now += RETURN_S + 0.1
    assert hall.presence.here() == {SHOW: set()}
