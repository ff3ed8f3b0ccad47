"""The host sees which phones have not got the question: sent is not taken."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from app.live import transport
from app.live.screens import delivery as module
from app.live.screens.delivery import LOOK_S, Delivery, shown
from app.live.seats.rooms import Connection, Room
from app.services.shows import workers
from app.services.shows.tickets import Ticket

SHOW = 7


class Scene:
    """A room whose connections are sent the opening 3 and take it when told to; time passes by hand."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now, self.taken, self.asks, self.looks = 1000.0, set[str](), [object()], 0
        monkeypatch.setattr(module, "monotonic", lambda: self.now)
        monkeypatch.setattr(module.rules, "asks", lambda state: self.asks)
        monkeypatch.setattr(transport, "has_taken", self._has_taken)
        self.room, self.delivery = Room(SHOW), Delivery(None)
        self.replica: Any = SimpleNamespace(state=SimpleNamespace(no=3))
        self.room.tally = {"answered": 0, "present": 3}

    def _has_taken(self, _io: Any, sid: str, _namespace: str) -> bool:
        self.looks += 1
        return sid in self.taken

    def enter(self, sid: str, seat: int) -> Connection:
        one = Connection(sid, Ticket(SHOW, seat, "public"), "player", "vi")
        self.room.connections[sid] = one
        self.room.by_seat.setdefault(seat, []).append(one)
        return one

    @property
    def late(self) -> list[int] | None:
        self.now += LOOK_S
        return self.delivery.late(self.room, self.replica)


@pytest.fixture
def scene(monkeypatch: pytest.MonkeyPatch) -> Scene:
    return Scene(monkeypatch)


def test_who_was_not_sent_it_or_has_not_taken_it_is_late(scene: Scene) -> None:
    an, binh, _chi = (scene.enter(name, seat) for seat, name in enumerate(("an", "bình", "chi"), 1))
    shown([an, binh], scene.replica)
    scene.taken = {"an", "chi"}
    assert scene.late == [2, 3]
    assert scene.delivery.told(scene.room, scene.replica) == {"delivered": 1, "late": [2, 3]}
    scene.taken |= {"bình"}
    assert scene.late == [3], "Chi has taken something, but was never sent this question"


def test_who_has_it_is_not_looked_at_again_and_nobody_twice_a_second(scene: Scene) -> None:
    shown([scene.enter("an", 1), scene.enter("bình", 2)], scene.replica)
    scene.taken = {"an"}
    assert scene.late == [2]
    assert scene.looks == 2
    assert scene.delivery.late(scene.room, scene.replica) == [2]
    assert scene.looks == 2
    assert scene.late == [2]
    assert scene.looks == 3


def test_one_device_of_a_seat_is_enough_and_the_next_opening_begins_anew(scene: Scene) -> None:
    shown([scene.enter("an", 1), scene.enter("an's second", 1)], scene.replica)
    scene.taken = {"an's second"}
    assert scene.late == []
    scene.replica.state.no = 4
    assert scene.late == [1]
    scene.asks = []
    assert scene.late is None


def test_who_lacks_it_on_another_worker_is_told_too_unless_here_by_now_or_of_another_question(scene: Scene) -> None:
    an = scene.enter("an", 1)
    shown([an], scene.replica)
    scene.taken = {"an"}
    assert scene.late == []
    scene.delivery.hear({SHOW: [(3, [1, 8, 9]), (2, [5])], 8: [(3, [4])]})
    assert scene.delivery.told(scene.room, scene.replica) == {"delivered": 1, "late": [8, 9]}


def test_another_worker_is_told_of_a_change_once_it_was_stored(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module.shows, "replica", lambda show_id: scene.replica)
    scene.enter("an", 1)
    assert scene.delivery.news([scene.room]) == {SHOW: (3, [1])}
    assert scene.delivery.news([scene.room]) == {SHOW: (3, [1])}, "the beat before was not stored"
    scene.delivery.news_stored()
    assert scene.delivery.news([scene.room]) == {}
    shown(scene.room.of_seat(1), scene.replica)
    scene.taken, scene.now = {"an"}, scene.now + LOOK_S
    assert scene.delivery.news([scene.room]) == {SHOW: (3, [])}
    scene.delivery.news_stored()
    assert scene.delivery.news([scene.room]) == {}


def test_what_a_living_worker_says_is_read_by_the_others(bound: object) -> None:
    def now() -> int:
        return 1_000_000_000

    workers.beat("một", now, 0, {SHOW: [1, 2], 8: [3]}, (), {SHOW: (3, [2])})
    workers.beat("hai", now, 0, {SHOW: [4]}, (), {SHOW: (3, [4])})
    assert workers.late_elsewhere("hai") == {SHOW: [(3, [2])]}
    workers.beat("một", now, 0, {SHOW: [1]}, (), {SHOW: (3, [])})
    assert workers.late_elsewhere("hai") == {SHOW: [(3, [])]}
    workers.beat("một", now, 0, {}, [SHOW])
    assert workers.late_elsewhere("hai") == {}
