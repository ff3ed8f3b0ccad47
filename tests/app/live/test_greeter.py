"""Newcomers: greeted together, in the order they came, and a failure is nobody else's."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from app.live import greeter as greeter_module
from app.live.greeter import TOGETHER, Greeter
from app.live.rooms import Connection, Rooms
from app.services.shows.tickets import Ticket

SHOW, OTHER = 7, 8


class Door:
    """A greeter whose hall writes down what it is told."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.said: list[tuple[str, str]] = []
        self.looks: list[list[str]] = []
        self.broken: set[int] = set()
        self.ended: list[str] = []
        monkeypatch.setattr(greeter_module.shows, "replica", self.replica)
        monkeypatch.setattr(greeter_module, "place", lambda connection, replica: None)
        self.rooms = Rooms()
        io = SimpleNamespace(emit=self.emit, disconnect=lambda sid, namespace: self.ended.append(sid))
        hall: Any = SimpleNamespace(screen=lambda replica, viewer: {}, tell=self.tell, came=lambda connection: None)
        self.greeter = Greeter(io, self.rooms, hall, hall)

    def replica(self, show_id: int) -> None:
        if show_id in self.broken:
            raise RuntimeError("no such show")

    def emit(self, event: str, payload: Any, to: str, namespace: str) -> None:
        self.said.append((event, to))

    def tell(self, connections: list[Connection], replica: Any) -> None:
        self.looks.append([connection.sid for connection in connections])

    def comes(self, name: str, show_id: int = SHOW) -> Connection:
        connection = Connection(name, Ticket(show_id, 1, "public"), "player", "vi")
        self.rooms.enter(connection)
        self.greeter.welcome(connection)
        return connection


@pytest.fixture
def door(monkeypatch: pytest.MonkeyPatch) -> Door:
    return Door(monkeypatch)


def test_who_comes_together_is_greeted_with_one_look(door: Door) -> None:
    for name in ("An", "Bình", "Chi"):
        door.comes(name)
    door.greeter.greet()
    assert door.looks == [["An", "Bình", "Chi"]]
    assert door.said == [("screen", "An"), ("screen", "Bình"), ("screen", "Chi")]


def test_a_whole_hall_is_greeted_a_few_at_a_time(door: Door) -> None:
    for number in range(TOGETHER + 3):
        door.comes(f"Bạn {number}")
    door.greeter.greet()
    assert [len(look) for look in door.looks] == [TOGETHER]
    door.greeter.greet()
    assert [len(look) for look in door.looks] == [TOGETHER, 3]


def test_who_has_left_meanwhile_is_not_greeted(door: Door) -> None:
    door.comes("An")
    door.comes("Bình")
    door.rooms.leave("An")
    door.greeter.greet()
    assert door.looks == [["Bình"]]


def test_a_show_that_fails_ends_only_its_own_newcomers(door: Door) -> None:
    door.broken = {SHOW}
    door.comes("An")
    door.comes("Bình", OTHER)
    door.greeter.greet()
    assert (door.ended, door.looks) == (["An"], [["Bình"]])
