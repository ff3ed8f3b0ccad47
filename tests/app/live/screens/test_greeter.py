"""Newcomers: greeted together, in the order they came, and a failure is nobody else's."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import gevent
import pytest

from app.live.screens import greeter as greeter_module
from app.live.screens.greeter import TOGETHER, Greeter
from app.live.seats.rooms import Connection, Rooms
from app.services.shows.tickets import Ticket

SHOW, OTHER = 7, 8
PATIENCE_S = 60.0


class Door:
    """A greeter whose hall writes down what it is told; whoever is in `broken` makes that step fail."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.shown: list[str] = []
        self.looks: list[list[str]] = []
        self.others_told: list[str] = []
        self.ended: list[str] = []
        self.broken: dict[str, set[str]] = {"screen": set(), "tell": set(), "came": set(), "end": set()}
        self.hanging = gevent.event.Event()
        self.slow: set[str] = set()
        replica = SimpleNamespace(state=SimpleNamespace(no=1))
        monkeypatch.setattr(greeter_module.shows, "replica", lambda show_id: replica)
        monkeypatch.setattr(greeter_module, "enter_group", lambda connection, replica: None)
        self.rooms = Rooms()
        io: Any = SimpleNamespace(emit=self.emit, disconnect=self.disconnect, start_background_task=gevent.spawn)
        hall: Any = SimpleNamespace(whole=lambda replica, viewer: {}, tell=self.tell, came=self.came)
        self.greeter = Greeter(io, self.rooms, hall, hall)
        self.greeter.start()

    def fails(self, step: str, sid: str) -> None:
        if sid in self.broken[step]:
            raise RuntimeError(step)

    def emit(self, event: str, payload: Any, to: str, namespace: str) -> None:
        self.fails("screen", to)
        self.shown.append(to)

    def tell(self, connections: list[Connection], replica: Any) -> None:
        self.looks.append([connection.sid for connection in connections])
        for connection in connections:
            if connection.sid in self.slow:
                self.hanging.wait()
            self.fails("tell", connection.sid)

    def came(self, connection: Connection) -> None:
        self.fails("came", connection.sid)
        self.others_told.append(connection.sid)

    def disconnect(self, sid: str, namespace: str) -> None:
        self.ended.append(sid)
        self.fails("end", sid)

    def comes(self, *names: str, show_id: int = SHOW) -> None:
        for name in names:
            connection = Connection(name, Ticket(show_id, 1, "public"), "player", "vi")
            self.rooms.enter(connection)
            self.greeter.welcome(connection)


def wait_for(true: Callable[[], bool]) -> None:
    with gevent.Timeout(PATIENCE_S):
        while not true():
            gevent.sleep(0.001)


@pytest.fixture
def door(monkeypatch: pytest.MonkeyPatch) -> Door:
    return Door(monkeypatch)


def test_who_comes_together_is_greeted_with_one_look(door: Door) -> None:
    door.comes("An", "Bình", "Chi")
    wait_for(lambda: len(door.others_told) == 3)
    assert door.looks == [["An", "Bình", "Chi"]]
    assert door.shown == door.others_told == ["An", "Bình", "Chi"]


def test_a_whole_hall_is_greeted_a_few_at_a_time_and_who_left_counts_for_nothing(door: Door) -> None:
    door.comes(*(f"Bạn {number}" for number in range(TOGETHER + 5)))
    door.rooms.leave("Bạn 0")
    door.rooms.leave("Bạn 1")
    wait_for(lambda: len(door.others_told) == TOGETHER + 3)
    assert [len(look) for look in door.looks] == [TOGETHER, 3]


def test_two_shows_are_greeted_with_one_look_each(door: Door) -> None:
    for number in range(3):
        door.comes(f"An {number}")
        door.comes(f"Bình {number}", show_id=OTHER)
    wait_for(lambda: len(door.others_told) == 6)
    assert [len(look) for look in door.looks] == [3, 3]


def test_one_whose_screen_fails_is_ended_and_the_others_are_greeted(door: Door) -> None:
    door.broken["screen"] = {"Bình"}
    door.comes("An", "Bình", "Chi")
    wait_for(lambda: bool(door.ended and len(door.others_told) == 2))
    assert (door.ended, door.looks) == (["Bình"], [["An", "Chi"]])


def test_a_notice_to_another_device_that_fails_ends_nobody(door: Door) -> None:
    door.broken["came"] = {"An"}
    door.comes("An", "Bình")
    wait_for(lambda: door.others_told == ["Bình"])
    assert door.ended == []


def test_whatever_fails_the_next_newcomers_are_greeted(door: Door) -> None:
    door.broken["tell"], door.broken["end"] = {"An"}, {"An"}
    door.comes("An")
    wait_for(lambda: door.ended == ["An"])
    door.comes("Bình")
    wait_for(lambda: door.others_told == ["Bình"])


def test_a_show_whose_database_hangs_holds_up_no_other(door: Door) -> None:
    door.slow = {"An"}
    door.comes("An")
    door.comes("Bình", show_id=OTHER)
    wait_for(lambda: door.others_told == ["Bình"])
    door.comes("Chi", show_id=OTHER)
    wait_for(lambda: door.others_told == ["Bình", "Chi"])
    door.hanging.set()
    wait_for(lambda: "An" in door.others_told)
