"""A result that a host takes back or changes is told at once, in whatever phase; an opening asks nobody for theirs."""

from __future__ import annotations

from contextlib import nullcontext
from types import SimpleNamespace
from typing import Any

import gevent
import pytest

from app.live.screens import drawing
from app.live.screens import publisher as publisher_module
from app.live.screens.publisher import Publisher
from app.live.seats.rooms import Connection, Rooms
from app.services.shows.shows import Replica
from app.services.shows.tickets import Ticket
from quizzes.engine import PLAYER
from tests.quizzes.people import AN, BINH, Stage, single, speed

SHOW = 7


class Hall:
    """A publisher with two phones, whose show has revealed its first question: An was right, Bình was not."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.played = Stage(speed(scoring="accuracy"), questions=[[single(0), single(1), single(2)]], standings="never")
        self.told: dict[str, list[dict[str, Any]]] = {"An": [], "Bình": []}
        self.asked: list[int] = []
        self.chosen: drawing.Chosen = {}
        shows = SimpleNamespace(catch_up=self.replica, recent=self.replica, known=dict)
        monkeypatch.setattr(publisher_module, "shows", shows)
        monkeypatch.setattr(publisher_module.language, "speaking", lambda app, lang: nullcontext())
        monkeypatch.setattr(Publisher, "screen", lambda _, replica, viewer: {"v": replica.v})
        monkeypatch.setattr(drawing, "choices_of", lambda replica, seats: self.chosen)
        rooms, app = Rooms(), Any
        self.publisher = Publisher(app, SimpleNamespace(emit=self.emit), rooms, lambda replica, viewer: {})
        for name, seat in (("An", AN), ("Bình", BINH)):
            connection = Connection(name, Ticket(SHOW, seat, "public"), PLAYER, "vi")
            rooms.enter(connection)
            self.publisher.own.me(connection, self.replica(), {})
        look = publisher_module.rules.me
        monkeypatch.setattr(
            publisher_module.rules, "me", lambda state, seat: self.asked.append(seat) or look(state, seat)
        )
        self.until("open")
        self.played.answer(AN, 0)
        self.played.answer(BINH, 1)
        self.until("revealed")
        self.forget()

    def replica(self, show_id: int = SHOW) -> Replica:
        return Replica(SHOW, self.played.state.seq, 0, self.played.state)

    def emit(self, event: str, payload: Any, to: Any, namespace: str) -> None:
        if event == "me":
            self.told[to].append(payload)

    def until(self, phase: str) -> None:
        self.played.until(phase)
        self.publish()

    def act(self, name: str, **args: Any) -> None:
        assert self.played.command(name, **args)
        self.publish()

    def publish(self) -> None:
        """Let the publisher send what is new, until it waits for the next thing to happen."""
        self.publisher.moved(SHOW)
        moved = self.publisher._moved[SHOW]
        gevent.sleep(0)
        while moved.is_set() or not moved.linkcount():
            gevent.sleep(0.001)

    def forget(self) -> None:
        self.asked.clear()
        for told in self.told.values():
            told.clear()

    def last(self, name: str) -> dict[str, Any]:
        """The last result a phone was told, once: the same that a page loaded now is told."""
        assert len(self.told[name]) == 1, self.told
        told = dict(self.told[name].pop())
        seat = {"An": AN, "Bình": BINH}[name]
        assert told == {"v": self.replica().v, **drawing.me(self.replica(), seat, PLAYER, self.chosen)}
        return told


@pytest.fixture
def hall(monkeypatch: pytest.MonkeyPatch) -> Hall:
    return Hall(monkeypatch)


def test_points_of_a_question_voided_before_the_next_opens_are_taken_from_the_phone(hall: Hall) -> None:
    hall.until("ready")
    hall.act("void", no=1, reason="sai đề")
    assert hall.last("An")["score"] == 0
    assert hall.last("Bình")["last"] is None


def test_points_of_a_reveal_undone_are_taken_from_the_phone(hall: Hall) -> None:
    hall.act("undo", steps=1, reason="bấm nhầm")
    assert hall.played.phase == "paused"
    told = hall.last("An")
    assert (told["score"], told["last"], told["of"]) == (0, None, 0)


@pytest.mark.parametrize("halted", [True, False], ids=["paused", "open"])
def test_points_given_while_a_question_is_open_are_told_with_what_the_seat_has_chosen(hall: Hall, halted: bool) -> None:
    hall.until("open")
    if halted:
        hall.act("pause")
    hall.chosen = {AN: {2: "an option"}, BINH: {2: "another"}}
    hall.act("adjust", seat=BINH, points=250, reason="bù điểm")
    assert hall.last("Bình")["score"] == 250
    an = hall.last("An")
    assert (an["rank"], an["choices"], an["answered"]) == (2, {"2": "an option"}, True)


def test_a_reveal_is_told_also_where_the_next_question_is_announced_in_the_same_turn(hall: Hall) -> None:
    hall.until("open")
    hall.played.answer(BINH, 0)
    hall.played.until("revealed")
    hall.until("ready")
    assert hall.last("Bình")["last"]["right"]


def test_whoever_has_the_same_result_as_before_is_told_nothing(hall: Hall) -> None:
    hall.act("adjust", seat=BINH, points=1, reason="bù điểm")
    assert hall.told["An"] == []
    assert hall.last("Bình")["score"] == 1


def test_an_ordinary_question_asks_nobodys_result_until_its_reveal(hall: Hall) -> None:
    for phase in ("ready", "open", "paused", "open", "closed"):
        if "paused" in (phase, hall.played.phase):
            hall.act("pause" if phase == "paused" else "resume")
        else:
            hall.until(phase)
        assert (hall.played.phase, hall.asked) == (phase, [])
    hall.until("revealed")
    assert set(hall.asked) == {AN, BINH}


def test_a_phone_greeted_from_an_older_state_is_told_with_the_next_step(hall: Hall) -> None:
    before = hall.replica()
    hall.act("adjust", seat=BINH, points=5, reason="bù điểm")
    hall.forget()
    phone = hall.publisher._rooms.connection("Bình")
    assert phone
    hall.publisher.own.me(phone, before, {})
    hall.until("ready")
    assert hall.last("Bình")["score"] == 5


def test_what_could_not_be_told_is_told_again(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    emit = hall.publisher._io.emit

    def failing(event: str, payload: Any, **more: Any) -> None:
        if event == "me":
            hall.publisher._io.emit = emit
            raise OSError("once")
        emit(event, payload, **more)

    monkeypatch.setattr(publisher_module, "REST_S", 0.01)
    hall.publisher._io.emit = failing
    hall.act("adjust", seat=BINH, points=5, reason="bù điểm")
    assert hall.last("Bình")["score"] == 5
