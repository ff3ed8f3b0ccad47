"""One show on two worker processes, and everything between them that can break does, while people answer.

The host's and the stage's connections and the players' are spread over both. Each trouble strikes in the middle of
a question; the players send what was not acknowledged again, as the browser does. At the end every acknowledged
answer stands in the table once and is counted once.
"""

from __future__ import annotations

import base64
import contextlib
import json
import os
import signal
import threading
import time
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
import redis

from app.live.pokes import CHANNEL
from app.services.shows.shows import V_STEP
from tests import serving
from tests.app.live.hall import post, wait_for
from tests.app.live.pair import stopped, two_workers
from tests.app.live.play import PLAYERS, Fault, Play
from tests.services import Service
from tests.serving import Server

QUESTIONS = 9
LONG = bool(os.environ.get("SCS_TEST_LONG"))
REDIS_AWAY_S, STOPPED_S, HOST_STOPPED_S = (20.0, 10.0, 10.0) if LONG else (4.0, 6.0, 3.0)
"""SCS_TEST_LONG=1 tries the real times, which the suite has no time for. A worker is stopped for longer than the three
seconds after which a close no longer waits for it, and the five after which it counts as dead."""
BRIEFLY_S = 2.0


@pytest.fixture
def play(tmp_path: Path) -> Iterator[Play]:
    with two_workers(tmp_path) as pair:
        yield Play.begun(pair, QUESTIONS)


def test_a_show_on_two_workers_survives_all_that_can_break_between_them(play: Play) -> None:
    pair = play.pair
    play.question()
    same_order_for_all(play)
    play.question(answering=lambda: contextlib.nullcontext(pair.redis.kill()))
    away_since = time.monotonic()
    play.question()  # without Redis from beginning to end
    time.sleep(max(0.0, REDIS_AWAY_S - (time.monotonic() - away_since)))
    pair.redis.again()
    with flood_of_junk(play):
        play.question()
    play.question(answering=crashed(pair.postgres), revealing=standing_still(pair.other, BRIEFLY_S))
    play.question(answering=killed(pair.other), revealing=crashed(pair.postgres))
    play.question(answering=standing_still(pair.other, STOPPED_S), revealing=standing_still(pair.one, BRIEFLY_S))
    play.question(answering=standing_still(pair.one, HOST_STOPPED_S), revealing=killed(pair.one))
    play.question()
    everything_acknowledged_counts_once(play)
    same_order_for_all(play)


def crashed(postgres: Service) -> Fault:
    """PostgreSQL loses all its processes, and is started again a second later."""

    @contextlib.contextmanager
    def fault() -> Iterator[None]:
        postgres.kill(signal.SIGQUIT)
        since = time.monotonic()
        yield
        time.sleep(max(0.0, since + 1 - time.monotonic()))
        postgres.again()

    return fault


def killed(server: Server) -> Fault:
    """The worker is killed; it is well again when it has been started again."""

    @contextlib.contextmanager
    def fault() -> Iterator[None]:
        dead = server.note["pid"]
        os.kill(dead, signal.SIGKILL)
        yield
        wait_for(lambda: server.is_up and server.note["pid"] != dead, 30, "the killed worker to be started again")

    return fault


def standing_still(server: Server, seconds: float) -> Fault:
    """The worker is stopped for so long; the other goes on without it."""

    @contextlib.contextmanager
    def fault() -> Iterator[None]:
        with stopped(server):
            since = time.monotonic()
            yield
            time.sleep(max(0.0, since + seconds - time.monotonic()))

    return fault


def same_order_for_all(play: Play) -> None:
    """Players, host and stage were shown the same steps one after another, and a journal number is one step for all.

    By `v`, as a browser does: the client library hands events to threads, so they may arrive mixed here.
    """
    seen: dict[int, tuple[str, int | None]] = {}
    orders = []
    for one in play.everybody:
        steps = [
            (s["v"] // V_STEP, (s["data"]["phase"], s["data"]["no"]))
            for s in sorted(one.screens, key=lambda s: int(s["v"]))
        ]
        for number, step in steps:
            assert seen.setdefault(number, step) == step
        orders.append([step for step, _ in groupby(step for _, step in steps)])
    assert all(order == orders[0] for order in orders), orders
    played = [no for phase, no in orders[0] if phase == "closed"]
    assert played == list(range(1, max(play.players[0].told) + 1))


@contextlib.contextmanager
def flood_of_junk(play: Play) -> Iterator[None]:
    """Junk and lies on the channel, and junk in every key, as fast as one client can."""
    url, stop = play.pair.redis.url, threading.Event()
    wrong_pins_are_counted(play)

    def shout() -> None:
        client = redis.Redis.from_url(url)
        while not stop.is_set():
            pipe = client.pipeline(transaction=False)
            for n in range(200):
                pipe.publish(CHANNEL, (f"1:{n}{'9' * 9}", "x" * 1000, b"\xff\xfe", f"{'9' * 30}:1", ":")[n % 5])
            for n, key in enumerate(client.scan_iter()):
                pipe.delete(key)
                pipe.rpush(key, b"\xff", "x" * 1000) if n % 2 else pipe.set(key, b"\xff\xfe")
            pipe.execute()
        client.close()

    shouting = threading.Thread(target=shout)
    shouting.start()
    try:
        wrong_pins_are_counted(play)
        yield
        wrong_pins_are_counted(play)
    finally:
        stop.set()
        shouting.join()


def what_of(ticket: str) -> list[Any]:
    """Show, seat and side of a ticket; when it was made differs."""
    text = ticket.partition(".")[0]
    return list(json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))[:3])


def wrong_pins_are_counted(play: Play) -> None:
    """A wrong PIN is told to be wrong by either worker, and stands in a key; the right one is let in."""
    for server in (play.pair.one, play.pair.other):
        message = {"pin": "000000", "name": "Dũng", "device": "device of Dũng, who mistypes"}
        assert post(f"{server.url}/live/join", message)[1].get("code") == "no_such_show"
    again, first = play.hall.seat(play.players[0].name), play.players[0].ticket
    assert what_of(again) == what_of(first), "the same seat of the same show"
    with redis.Redis.from_url(play.pair.redis.url) as client:
        assert client.dbsize() > 0


def everything_acknowledged_counts_once(play: Play) -> None:
    pair, show_id = play.pair, play.hall.show["id"]
    acknowledged = {(no, n + 1) for n, player in enumerate(play.players) for no in player.told}
    assert pair.stored(show_id) == sorted(acknowledged)
    judged = pair.journal(show_id, "judged")
    assert [one["no"] for one in judged] == list(range(1, QUESTIONS + 1))
    right = {n + 1 for n in range(PLAYERS) if n % 4 != 3}
    assert all({int(seat) for seat in one["results"]} == right for one in judged)
    words = ("show", "replay", str(show_id), "--json")
    replayed = serving.command(pair.one.instance, *words, **pair.one.variables)
    assert replayed.returncode == 0, replayed.stdout + replayed.stderr
