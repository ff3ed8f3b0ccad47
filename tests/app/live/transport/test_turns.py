"""A turn of the loop: who takes one has let everybody else be heard who had spoken before."""

from __future__ import annotations

import socket
import time
from contextlib import closing
from typing import Any

import gevent
import pytest
from gevent.event import Event

from app.live.transport import InTurns, take_turn, turns
from app.services.commit import BREATH_S, breathe

READ = 1


def heard_after(rest: object) -> int:
    """The number of rests a busy greenlet takes until what had arrived before is read."""
    ours, theirs = socket.socketpair()
    with closing(ours), closing(theirs):
        heard: list[bytes] = []
        watcher = gevent.get_hub().loop.io(ours.fileno(), READ)
        watcher.start(lambda: heard.append(ours.recv(1)))
        gevent.sleep(0.01)  # the watcher is known to the kernel
        theirs.send(b"x")
        rests = 0
        while not heard:
            rest()  # type: ignore[operator]
            rests += 1
        watcher.stop()
        watcher.close()
        return rests


def test_what_has_arrived_is_read_within_a_turn() -> None:
    assert [heard_after(take_turn) for _ in range(20)] == [1] * 20


def test_a_breath_between_two_pieces_of_long_work_is_a_turn_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "sleep", gevent.sleep)  # as in the server
    assert [heard_after(breathe) for _ in range(20)] == [1] * 20


def test_also_where_the_process_stood_still_in_the_middle_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    stand_still = time.sleep
    monkeypatch.setattr(time, "sleep", gevent.sleep)

    def stalled() -> None:
        gevent.spawn(stand_still, 2 * BREATH_S)
        breathe()

    assert [heard_after(stalled) for _ in range(20)] == [1] * 20


def test_a_sleep_of_nothing_is_no_such_promise() -> None:
    assert heard_after(lambda: gevent.sleep(0)) > 2, "gevent changed: take_turn may no longer be needed"


def test_of_many_requests_one_begins_in_each_turn_and_an_answer_at_once() -> None:
    ours, theirs = socket.socketpair()
    begun: list[str] = []

    def application(environ: Any, start_response: Any) -> list[bytes]:
        begun.append(environ["PATH_INFO"])
        if len(begun) == 1:
            theirs.send(b"x")  # somebody speaks while the first is worked on
        return []

    with closing(ours), closing(theirs):
        watcher = gevent.get_hub().loop.io(ours.fileno(), READ)
        watcher.start(lambda: begun.append(f"heard {ours.recv(1).decode()}"))
        door = InTurns(application, at_once=frozenset({"/answer"}))
        paths = ["/join"] * 50 + ["/answer"]
        gevent.joinall([gevent.spawn(door, {"PATH_INFO": path}, None) for path in paths], timeout=60)
        watcher.stop()
        watcher.close()
    assert begun.index("/answer") <= 1
    assert begun.index("heard x") <= 3
    assert begun.count("/join") == 50


def test_of_those_in_line_few_are_under_way_together_and_nobody_else_waits_for_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(turns, "FEW", 3)
    inside: list[str] = []
    go_on = Event()

    def application(environ: Any, start_response: Any) -> list[bytes]:
        inside.append(environ["PATH_INFO"])
        go_on.wait()
        return []

    door = InTurns(application, frozenset(), in_line=frozenset({"/join"}))
    crowd = [gevent.spawn(door, {"PATH_INFO": path}, None) for path in ["/join"] * 10 + ["/page"]]
    gevent.sleep(0.05)
    assert sorted(inside) == ["/join"] * 3 + ["/page"]
    go_on.set()
    gevent.joinall(crowd, timeout=60)
    assert inside.count("/join") == 10


def test_who_has_stood_in_line_too_long_goes_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """A database that hangs answers nobody in the room; those outside are told so, too."""
    monkeypatch.setattr(turns, "FEW", 1)
    monkeypatch.setattr(turns, "LINE_S", 0.05)
    inside: list[str] = []
    hangs = Event()

    def application(environ: Any, start_response: Any) -> list[bytes]:
        inside.append(environ["PATH_INFO"])
        hangs.wait()
        return []

    door = InTurns(application, frozenset(), in_line=frozenset({"/join"}))
    crowd = [gevent.spawn(door, {"PATH_INFO": "/join"}, None) for _ in range(3)]
    gevent.sleep(0.02)
    assert len(inside) == 1
    gevent.sleep(0.1)
    assert len(inside) == 3
    hangs.set()
    gevent.joinall(crowd, timeout=60)
    crowd = [gevent.spawn(door, {"PATH_INFO": "/join"}, None) for _ in range(3)]
    gevent.joinall(crowd, timeout=60)
    assert len(inside) == 6, "the room is free again, once for each who left it"
