"""One show on two worker processes, and everything between them that can break does, while people answer.

The host's and the stage's connections and the players' are spread over both. Each trouble strikes in the middle of
a question; the players send what was not acknowledged again, as the browser does. At the end every acknowledged
answer stands in the table once and is counted once.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import redis
import socketio
import sqlalchemy

from app.live.pokes import CHANNEL
from tests import services, serving
from tests.app.live.hall import Hall, Person, new_show, wait_for
from tests.app.live.pair import script
from tests.serving import Server
from tests.serving import serving as started

PLAYERS = 12
ANSWERING_S = 2.0
"""The answers to one question are spread over so long."""
CONVERGED_S = 3.0
LONG = bool(os.environ.get("SCS_TEST_LONG"))
REDIS_AWAY_S, STOPPED_S = (20.0, 10.0) if LONG else (4.0, 4.0)
"""SCS_TEST_LONG=1 tries the real times, which the suite has no time for."""


@dataclass(eq=False)
class Player(Person):
    """Somebody who comes back when the connection breaks and repeats an answer until it is acknowledged."""

    other_url: str = ""
    told: dict[int, dict[str, Any]] = field(default_factory=dict)

    def answer_until_told(self, no: int, choice: str) -> None:
        """Every acknowledgement but `busy` is final."""
        message = {"no": no, "choice": choice, "id": f"{self.name:_<8}-{no}"}
        until = time.monotonic() + 40
        while time.monotonic() < until:
            with contextlib.suppress(socketio.exceptions.SocketIOError):
                said = self.call("answer", message, within_s=3)
                if said.get("code") not in ("busy", "internal"):
                    self.told[no] = said
                    return
            time.sleep(0.3)
            if not self.io.connected:
                self.come_back()

    def come_back(self) -> None:
        """Connect again, to the other worker, as a proxy would; where that fails, the caller tries again."""
        with contextlib.suppress(socketio.exceptions.SocketIOError, KeyError, ValueError):
            self.leave()
        self.url, self.other_url = self.other_url, self.url
        with contextlib.suppress(socketio.exceptions.SocketIOError, OSError):
            self.connect()


@dataclass
class Play:
    """The show on two workers."""

    one: Server
    other: Server
    hall: Hall
    players: list[Player]
    postgres: services.Service
    redis: services.Service

    @property
    def everybody(self) -> list[Player]:
        return [self.hall.host, self.hall.stage, *self.players]  # type: ignore[list-item]

    def question(self, strike: Callable[[], Any] = lambda: None) -> None:
        """Play one question; `strike` in the middle of the answers."""
        self.step("ready")
        self.step("open")
        no = self.hall.host.data["no"]
        choices = {one["text"]: one["id"] for one in self.hall.host.data["question"]["options"]}

        def answer(n: int) -> None:
            time.sleep(ANSWERING_S * n / PLAYERS)
            self.players[n].answer_until_told(no, choices["sai" if n % 4 == 3 else "đúng"])

        threads = [threading.Thread(target=answer, args=(n,), daemon=True) for n in range(PLAYERS)]
        for thread in threads:
            thread.start()
        time.sleep(ANSWERING_S / 2)
        strike()
        for thread in threads:
            thread.join(timeout=45)
        assert [player.told.get(no, {}).get("ok") for player in self.players] == [True] * PLAYERS
        self.converge("closed", no, within_s=10)  # all have answered
        self.step("revealed")

    def step(self, to: str) -> None:
        """The host's next step; everybody sees it within three seconds."""
        assert self.act()["ok"]
        self.converge(to, self.hall.host.data.get("no"))

    def act(self) -> dict[str, Any]:
        """`advance`, repeated under the same id while the server is busy, as a person would."""
        self.hall.commands += 1
        message = {"do": "advance", "args": {}, "id": f"command-{self.hall.commands}"}
        until = time.monotonic() + 20
        while (said := self.hall.host.call("act", message)).get("code") == "busy" and time.monotonic() < until:
            time.sleep(0.3)
        return said

    def converge(self, phase: str, no: int | None, within_s: float = CONVERGED_S) -> None:
        """Until everybody who is connected sees this phase."""
        for one in self.everybody:
            if not one.io.connected:
                one.come_back()
        wait_for(lambda: all(one.phase == phase for one in self.everybody), within_s,
                 lambda: f"{phase} of {no}: {[(one.name, one.phase, one.io.connected) for one in self.everybody]}")

    @property
    def other_pid(self) -> int:
        return int(self.other.note["pid"])


@pytest.fixture
def play(tmp_path: Path) -> Iterator[Play]:
    with services.own_postgres() as postgres, services.own_redis() as redis_:
        variables = {
            "SCS_DATABASE_URL": postgres.url, "SCS_REDIS_URL": redis_.url,
            "SCS_SECRET_KEY": "one key for both of the workers",
        }
        with (
            started(tmp_path / "one", "--no-demo", **variables) as one,
            started(tmp_path / "other", "--no-demo", **variables) as other,
        ):
            show = new_show(one, script(8))
            host = Player(one.url, show["host_ticket"], "host", other_url=one.url)
            stage = Player(other.url, show["stage_ticket"], "stage", other_url=one.url)
            hall = Hall(one, show, host, stage)
            players = []
            for n in range(PLAYERS):
                here, there = (one, other) if n % 2 else (other, one)
                players.append(Player(here.url, hall.seat(f"Bạn {n}"), f"Bạn {n}", other_url=there.url))
            for person in (host, stage, *players):
                person.connect()
            yield Play(one, other, hall, players, postgres, redis_)


def test_a_show_on_two_workers_survives_all_that_can_break_between_them(play: Play) -> None:
    play.question()
    same_order_for_all(play)
    play.question(strike=play.redis.kill)
    away_since = time.monotonic()
    play.question()  # without Redis from beginning to end
    time.sleep(max(0.0, REDIS_AWAY_S - (time.monotonic() - away_since)))
    play.redis.again()
    with flood_of_junk(play.redis.url):
        play.question()

    def crash_postgres() -> None:
        play.postgres.kill(signal.SIGQUIT)
        time.sleep(1)
        play.postgres.again()

    play.question(strike=crash_postgres)
    play.question(strike=lambda: os.kill(play.other_pid, signal.SIGKILL))
    wait_for(lambda: play.other.is_up, 20, "the killed worker to be started again")
    play.question(strike=lambda: stop_for(play, STOPPED_S))
    play.question()
    everything_acknowledged_counts_once(play)


def stop_for(play: Play, seconds: float) -> None:
    """The other worker stands still; the host's worker goes on without it."""
    pid = play.other_pid
    os.kill(pid, signal.SIGSTOP)
    time.sleep(seconds)
    os.kill(pid, signal.SIGCONT)


def same_order_for_all(play: Play) -> None:
    """Everybody was shown the same steps one after another; some may have missed a step."""
    shown = [[(s["data"]["phase"], s["data"]["no"]) for s in sorted(one.screens, key=lambda s: int(s["v"]))]
             for one in play.players]
    assert all("closed" in [phase for phase, _ in steps] for steps in shown)
    order = {step: v for one in play.players for s in one.screens
             for step, v in [((s["data"]["phase"], s["data"]["no"]), s["v"])]}
    for steps in shown:
        assert [order[step] for step in steps] == sorted(order[step] for step in steps)


@contextlib.contextmanager
def flood_of_junk(url: str) -> Iterator[None]:
    """Junk and lies on the channel, and in every key, as fast as one client can."""
    stop = threading.Event()

    def shout() -> None:
        client = redis.Redis.from_url(url)
        while not stop.is_set():
            pipe = client.pipeline(transaction=False)
            for n in range(200):
                pipe.publish(CHANNEL, (f"1:{n}{'9' * 9}", "x" * 1000, b"\xff\xfe", f"{'9' * 30}:1", ":")[n % 5])
            pipe.execute()
        client.close()

    shouting = threading.Thread(target=shout)
    shouting.start()
    try:
        yield
    finally:
        stop.set()
        shouting.join()


def everything_acknowledged_counts_once(play: Play) -> None:
    engine = sqlalchemy.create_engine(play.postgres.url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.connect() as db:
        stored = db.execute(sqlalchemy.text("SELECT no, seat FROM ballot")).all()
        verdicts = db.execute(sqlalchemy.text("SELECT data FROM journal WHERE name = 'judged'")).all()
    engine.dispose()
    acknowledged = {(no, n + 1) for n, player in enumerate(play.players) for no in player.told}
    assert sorted((row.no, row.seat) for row in stored) == sorted(acknowledged)
    judged = [json.loads(row.data) for row in verdicts]
    assert [one["no"] for one in judged] == list(range(1, 9))
    right = {n + 1 for n in range(PLAYERS) if n % 4 != 3}
    assert all({int(seat) for seat in one["results"]} == right for one in judged)
    words = ("show", "replay", str(play.hall.show["id"]), "--json")
    replayed = serving.command(play.one.instance, *words, **play.one.variables)
    assert replayed.returncode == 0, replayed.stdout + replayed.stderr
