"""A show that is played on two workers by people who do not give up."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from typing import Any

import socketio

from tests.app.live.hall import NAMESPACE, Hall, Person, wait_for
from tests.app.live.pair import Pair

PLAYERS = 12
ANSWERING_S = 2.0
"""The answers to one question are spread over so long."""
CONVERGED_S = 60.0
"""The time a busy machine may take until everybody sees the same; `load --storm` measures what it takes."""

Fault = Callable[[], AbstractContextManager[Any]]
"""Strikes when it is entered; when it is left, all is well again."""


@dataclass(eq=False)
class Player(Person):
    """Somebody who comes back when the connection breaks and repeats an answer until it is acknowledged."""

    other_url: str = ""
    home: str = ""
    told: dict[int, dict[str, Any]] = field(default_factory=dict)

    def call(self, event: str, data: Any, within_s: float = 20) -> dict[str, Any]:
        """Send and wait for the acknowledgement; a cut is noticed at once."""
        said: list[dict[str, Any]] = []
        self.io.emit(event, data, namespace=NAMESPACE, callback=said.append)
        until = time.monotonic() + within_s
        while not said:
            if not self.io.connected or time.monotonic() > until:
                raise socketio.exceptions.TimeoutError
            time.sleep(0.02)
        return said[0]

    def answer_until_told(self, no: int, choice: str) -> None:
        """Every acknowledgement but `busy` is final. Who is told nothing loads the page again."""
        message = {"no": no, "choice": choice, "id": f"{self.name:_<8}-{no}"}
        said = self.repeat("answer", message)
        if said:
            self.told[no] = said

    def repeat(self, event: str, message: dict[str, Any]) -> dict[str, Any]:
        """Send it again under the same id while the server is busy or silent; nothing after two minutes."""
        until = time.monotonic() + 120
        while time.monotonic() < until:
            try:
                said = self.call(event, message, within_s=3)
                if said.get("code") not in ("busy", "internal"):
                    return said
            except socketio.exceptions.SocketIOError:
                self.come_back()
            time.sleep(0.3)
            if not self.io.connected:
                self.come_back()
        return {}

    def come_back(self) -> None:
        """Connect again, to the other worker, as a proxy would; where that fails, the caller tries again."""
        with contextlib.suppress(AttributeError, OSError):
            self.io.eio.ws.sock.shutdown(socket.SHUT_RDWR)  # a page loaded again does not wait for a stopped server
        with contextlib.suppress(socketio.exceptions.SocketIOError, KeyError, ValueError):
            self.leave()
        self.url, self.other_url = self.other_url, self.url
        with contextlib.suppress(socketio.exceptions.SocketIOError, OSError):
            self.connect()

    def go_home(self) -> None:
        """Connect to the worker this one was connected to at first."""
        if self.url != self.home:
            self.come_back()


@dataclass
class Play:
    """The show: the host and half of the players on one worker, the stage and the others on the other."""

    pair: Pair
    hall: Hall
    players: list[Player]

    @classmethod
    def begun(cls, pair: Pair, questions: int) -> Play:
        show = pair.new_show(questions)
        one, other = pair.one.url, pair.other.url
        host = Player(one, show["host_ticket"], "host", other_url=other, home=one)
        stage = Player(other, show["stage_ticket"], "stage", other_url=one, home=other)
        hall = Hall(pair.one, show, host, stage)
        players = []
        for n in range(PLAYERS):
            here, there = (one, other) if n % 2 else (other, one)
            players.append(Player(here, hall.seat(f"Bạn {n}"), f"Bạn {n}", other_url=there, home=here))
        for person in (host, stage, *players):
            person.connect()
        return cls(pair, hall, players)

    @property
    def everybody(self) -> list[Player]:
        return [self.hall.host, self.hall.stage, *self.players]  # type: ignore[list-item]

    def question(self, answering: Fault = nullcontext, revealing: Fault = nullcontext) -> None:
        """Play one question; `answering` strikes in the middle of the answers, `revealing` with the host's step."""
        for one in self.everybody:
            one.go_home()  # whoever had to flee: the next trouble strikes people on either worker
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
        with answering():
            pass
        for thread in threads:
            thread.join(timeout=150)
        assert [player.told.get(no, {}).get("ok") for player in self.players] == [True] * PLAYERS
        self.see_the_same()
        self.converge("closed", no, within_s=60)  # all have answered
        self.step("revealed", during=revealing)

    def see_the_same(self) -> None:
        """Everybody comes to see what the host sees, after the end of the trouble and the last acknowledgement."""
        until = time.monotonic() + CONVERGED_S
        self.come_back()
        wait_for(
            lambda: len({(one.phase, one.data.get("no")) for one in self.everybody}) == 1,
            until - time.monotonic(),
            lambda: f"one screen for all: {[(o.name, o.phase) for o in self.everybody]}",
        )

    def come_back(self) -> None:
        """Whoever was cut off connects again."""
        for one in self.everybody:
            if not one.io.connected:
                one.come_back()

    def step(self, to: str, during: Fault = nullcontext) -> None:
        """The host's next step, commanded while the trouble lasts; everybody sees it after its end.

        Where there is no trouble, of its acknowledgement.
        """
        said: list[dict[str, Any]] = []
        self.hall.commands += 1
        message = {"do": "advance", "args": {}, "id": f"command-{self.hall.commands}"}
        host: Any = self.hall.host
        command = threading.Thread(target=lambda: said.append(host.repeat("act", message)))
        with during():
            command.start()
            if during is nullcontext:
                command.join(60)
        until = time.monotonic() + CONVERGED_S
        command.join(CONVERGED_S)
        assert [one["ok"] for one in said] == [True], (to, said)
        self.converge(to, host.data.get("no"), until - time.monotonic())

    def converge(self, phase: str, no: int | None, within_s: float = CONVERGED_S) -> None:
        """Until everybody sees this phase, counted from now; whoever was cut off has to come back in this time, too.

        These people come back at once. A browser waits at random up to 5 s before it does, so that a hall does not
        come all at the same instant.
        """
        until = time.monotonic() + within_s
        self.come_back()
        wait_for(
            lambda: all(one.phase == phase for one in self.everybody),
            until - time.monotonic(),
            lambda: f"{phase} of {no}: {[(one.name, one.phase, one.io.connected) for one in self.everybody]}",
        )
