"""When screens are sent: a burst of comings is drawn once, and news of the show at once."""

from __future__ import annotations

from contextlib import nullcontext
from types import SimpleNamespace
from typing import Any

import gevent
import pytest

from app.live.screens import publisher as publisher_module
from app.live.screens.publisher import BETWEEN_S, WHILE_OPEN_S, Publisher
from app.live.seats.rooms import Connection, Rooms
from app.services.shows.seats import STAFF_FROM
from app.services.shows.tickets import Ticket
from quizzes.engine import HOST

SHOW = 7


class Hall:
    """A publisher with a host and a player; `seq` is the newest number in the journal."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.seq, self.looks, self.sent = 1, 0, list[str]()
        self.asks: list[str] = []
        shows = SimpleNamespace(
            catch_up=self.catch_up, replica=lambda show_id: self.kept, known=lambda: {SHOW: self.kept}
        )
        monkeypatch.setattr(publisher_module, "shows", shows)
        monkeypatch.setattr(publisher_module.language, "speaking", lambda app, lang: nullcontext())
        monkeypatch.setattr(publisher_module, "enter_group", lambda connection, replica: None)
        monkeypatch.setattr(publisher_module.rules, "unjudged", lambda state: False)
        monkeypatch.setattr(publisher_module.rules, "asks", lambda state: self.asks)
        monkeypatch.setattr(publisher_module.rules, "is_kicked", lambda state, seat: False)
        monkeypatch.setattr(publisher_module.rules, "standing", lambda state: None)
        monkeypatch.setattr(Publisher, "screen", lambda _, replica, viewer: {"v": replica.seq})
        self.kept = self.replica()
        self.rooms = Rooms()
        for sid, seat, role, side in (("host", STAFF_FROM, HOST, "staff"), ("player", 1, "player", "public")):
            self.rooms.enter(Connection(sid, Ticket(SHOW, seat, side), role, "vi"))
        io: Any = SimpleNamespace(emit=lambda event, payload, to, namespace: self.sent.extend(to))
        app: Any = None
        self.behind: set[str] = set()
        monkeypatch.setattr(publisher_module.transport, "is_behind", lambda io, sid, namespace: sid in self.behind)
        self.publisher = Publisher(app, io, self.rooms, lambda replica, viewer: {})

    def replica(self) -> Any:
        return SimpleNamespace(show_id=SHOW, seq=self.seq, v=self.seq, state=SimpleNamespace(phase="open", no=1))

    def catch_up(self, show_id: int) -> Any:
        self.looks += 1
        self.kept = self.replica()
        return self.kept


@pytest.fixture
def hall(monkeypatch: pytest.MonkeyPatch) -> Hall:
    hall = Hall(monkeypatch)
    hall.publisher.moved(SHOW)
    gevent.sleep(0.1)
    assert sorted(hall.sent) == ["host", "player"]
    hall.sent.clear()
    gevent.sleep(BETWEEN_S)
    return hall


def test_what_this_worker_did_itself_is_shown_without_a_look_at_the_journal(hall: Hall) -> None:
    hall.seq += 1
    hall.kept, looks = hall.replica(), hall.looks
    hall.publisher.performed(SHOW)
    gevent.sleep(0.1)
    assert (sorted(hall.sent), hall.looks - looks) == (["host", "player"], 0)


def test_host_and_stage_are_not_drawn_for_the_moment_between_closing_and_verdicts(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publisher_module, "SETTLING_S", 0.3)
    settling = True
    monkeypatch.setattr(publisher_module.rules, "unjudged", lambda state: settling)
    hall.seq += 1
    hall.publisher.moved(SHOW)
    gevent.sleep(0.1)
    assert hall.sent == []
    settling = False
    hall.seq += 1
    hall.publisher.moved(SHOW)
    gevent.sleep(0.1)
    assert sorted(hall.sent) == ["host", "player"], "once, with the verdicts"


def test_where_the_verdicts_take_long_host_and_stage_see_that_it_closes(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publisher_module, "SETTLING_S", 0.1)
    monkeypatch.setattr(publisher_module.rules, "unjudged", lambda state: True)
    hall.seq += 1
    hall.publisher.moved(SHOW)
    gevent.sleep(0.4)
    assert hall.sent == ["host"]


def test_a_burst_of_comings_is_drawn_once_and_asks_nothing_of_the_journal(hall: Hall) -> None:
    looks = hall.looks
    for _ in range(5):
        hall.publisher.people_changed(SHOW)
        gevent.sleep(BETWEEN_S / 10)
    assert hall.sent == [], "drawn before the others had come"
    gevent.sleep(BETWEEN_S * 1.5)
    assert (hall.sent, hall.looks) == (["host"], looks)


def test_news_of_the_show_goes_out_at_once_whoever_comes_meanwhile(hall: Hall) -> None:
    hall.publisher.people_changed(SHOW)
    hall.seq = 2
    hall.publisher.moved(SHOW)
    gevent.sleep(BETWEEN_S / 2)
    assert sorted(hall.sent) == ["host", "player"]


def test_the_greenlet_of_a_room_that_is_empty_ends(hall: Hall) -> None:
    for sid in ("host", "player"):
        hall.rooms.leave(sid)
    hall.publisher.people_changed(SHOW)
    gevent.sleep(0.05)
    assert hall.publisher._moved == {}


def test_who_comes_while_an_answer_is_waited_for_is_shown_once_a_second_and_news_at_once(hall: Hall) -> None:
    hall.asks = ["an answer"]
    hall.publisher.people_changed(SHOW)
    gevent.sleep(BETWEEN_S * 2)
    assert hall.sent == []
    hall.seq += 1
    hall.publisher.moved(SHOW)
    gevent.sleep(BETWEEN_S)
    assert sorted(hall.sent) == ["host", "player"]
    hall.sent.clear()
    hall.publisher.people_changed(SHOW)
    gevent.sleep(WHILE_OPEN_S * 1.3)
    assert hall.sent == ["host"]


def test_a_console_that_has_not_taken_its_last_screen_is_sent_the_newest_once_it_has(hall: Hall) -> None:
    hall.behind.add("host")
    for seq in (2, 3, 4):
        hall.seq = seq
        hall.publisher.moved(SHOW)
        gevent.sleep(BETWEEN_S)
    assert hall.sent == ["player"] * 3
    hall.behind.clear()
    gevent.sleep(BETWEEN_S * 2)
    assert hall.sent == ["player"] * 3 + ["host"]
