"""A hall for tests: a show on a real server, its host, its stage and its players, driven over the protocol."""

from __future__ import annotations

import json
import sqlite3
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import socketio
import yaml

from tests import serving
from tests.ready import ready

NAMESPACE = "/live"
PATIENCE_S = 90
"""A wait that comes true costs nothing; how long a busy machine may take says nothing about the product."""

SPEED = {
    "title": {"vi": "Hội thi", "en": "Contest"},
    "rounds": [
        {
            "format": "speed",
            "title": {"vi": "Nhanh tay"},
            "settings": {"seconds": 20},
            "questions": [
                {
                    "id": f"q{n}",
                    "type": "single",
                    "topic": "t",
                    "difficulty": 1,
                    "source": "s",
                    "answer": n % 4,
                    "text": {"vi": f"Câu hỏi {n}?"},
                    "explanation": {"vi": f"Vì {n}."},
                    "options": [{"text": {"vi": f"Phương án {n}{letter}"}} for letter in "ABCD"],
                }
                for n in range(3)
            ],
        }
    ],
}

OPEN_ENDED = {
    **SPEED,
    "settings": {"auto_close": False},
    "rounds": [{**SPEED["rounds"][0], "settings": {"seconds": 0}}],  # type: ignore[index]
}
"""The same with questions that stay open until the host closes them."""


def new_show(
    server: serving.Server, script: dict[str, Any] | str, *flags: str, seed: str = "hạt giống"
) -> dict[str, Any]:
    """Make a show as a program does, beside the running server."""
    words = script
    if not isinstance(script, str):
        words = server.instance / "script.yaml"
        Path(words).write_text(yaml.safe_dump(script, allow_unicode=True))
    command = ["show", "new", str(words), *flags, "--seed", seed, "--json"]
    done = ready().ask(command, serving.environment(server.instance, **server.variables))
    assert done.returncode == 0, done.stderr
    made: dict[str, Any] = json.loads(done.stdout)
    return made


def post(url: str, message: Any, **headers: str) -> tuple[int, dict[str, Any]]:
    """POST JSON; the status and what was answered."""
    return _told(
        urllib.request.Request(url, json.dumps(message).encode(), {"Content-Type": "application/json", **headers})
    )


def get(url: str, **headers: str) -> tuple[int, dict[str, Any]]:
    """GET JSON; the same."""
    return _told(urllib.request.Request(url, headers=headers))


def _told(request: urllib.request.Request) -> tuple[int, dict[str, Any]]:
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE_S) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as refusal:
        return refusal.code, json.load(refusal)


def port_of(server: serving.Server) -> int:
    return int(server.url.rpartition(":")[2])


def take_seat(server: serving.Server, show: dict[str, Any], name: str, **more: Any) -> str:
    """Take a seat in a show, or again the same; its ticket."""
    message = {"pin": show["pin"], "name": name, "device": f"device of {name:_<20}", **more}
    status, said = post(f"{server.url}/live/join", message)
    assert status in (200, 201), said
    return str(said["ticket"])


def events_stored(server: serving.Server) -> int:
    """The number of events in all journals."""
    with sqlite3.connect(f"file:{server.instance / 'sanchoi.db'}?mode=ro", uri=True) as db:
        return int(db.execute("SELECT count(*) FROM journal").fetchone()[0])


CONNECTED: list[Person] = []
"""Everybody with a connection; each test sees them all off, also those whose server was killed."""


@dataclass(eq=False)
class Person:
    """One connection with everything it was sent."""

    url: str
    ticket: str
    name: str = ""
    lang: str = "vi"
    screen: str = ""
    """The key of a browser of those who run the show; a program has none."""
    screens: list[dict[str, Any]] = field(default_factory=list)
    mes: list[dict[str, Any]] = field(default_factory=list)
    heard: list[tuple[str, Any]] = field(default_factory=list)
    io: Any = None

    def connect(self) -> Person:
        """Connect, or raise what the server said."""
        self.io = socketio.Client(reconnection=False, request_timeout=PATIENCE_S)
        CONNECTED.append(self)
        self.io.on("*", self._hear, namespace=NAMESPACE)
        auth = {"ticket": self.ticket, "lang": self.lang} | ({"screen": self.screen} if self.screen else {})
        self.io.connect(self.url, auth=auth, namespaces=[NAMESPACE], transports=["websocket"], wait_timeout=PATIENCE_S)
        return self

    def _hear(self, event: str, data: Any) -> None:
        self.heard.append((event, data))
        if event == "screen":
            self.screens.append(data)
        elif event == "me":
            self.mes.append(data)

    def leave(self) -> None:
        """Close the connection, and its socket too when the server was gone first."""
        self.io.disconnect()
        if self.io.eio.ws:
            self.io.eio.ws.shutdown()
        CONNECTED.remove(self)

    def call(self, event: str, data: Any, within_s: float = 20) -> dict[str, Any]:
        """Send and wait for the acknowledgement."""
        said: dict[str, Any] = self.io.call(event, data, namespace=NAMESPACE, timeout=within_s)
        return said

    @property
    def data(self) -> dict[str, Any]:
        """`data` of the newest screen; the client library hands events to threads, so they may arrive mixed."""
        newest: dict[str, Any] = self.newest.get("data", {})
        return newest

    @property
    def newest(self) -> dict[str, Any]:
        """The screen with the highest `v`."""
        return max(self.screens, key=lambda screen: screen["v"], default={})

    @property
    def html(self) -> str:
        """The HTML of the newest screen."""
        return str(self.newest.get("html", ""))

    @property
    def phase(self) -> str:
        return str(self.data.get("phase", ""))

    def answer(self, choice: Any, no: int | None = None, client_id: str | None = None) -> dict[str, Any]:
        """Answer the open ask."""
        no = no if no is not None else self.data["no"]
        return self.call("answer", {"no": no, "choice": choice, "id": client_id or f"{self.name:_<8}-{no}"})


@dataclass
class Hall:
    """A show with its people."""

    server: serving.Server
    show: dict[str, Any]
    host: Person
    stage: Person
    players: list[Person] = field(default_factory=list)
    commands: int = 0

    @classmethod
    def open(cls, server: serving.Server, script: dict[str, Any] | str, *flags: str, seed: str = "hạt giống") -> Hall:
        """Make a show and connect host and stage."""
        show = new_show(server, script, *flags, seed=seed)
        host = Person(server.url, show["host_ticket"], "host").connect()
        stage = Person(server.url, show["stage_ticket"], "stage").connect()
        return cls(server, show, host, stage)

    def seat(self, name: str, **more: Any) -> str:
        """Take a seat; its ticket."""
        return take_seat(self.server, self.show, name, **more)

    def join(self, name: str, **more: Any) -> Person:
        """Take a seat and connect."""
        player = Person(self.server.url, self.seat(name, **more), name).connect()
        self.players.append(player)
        return player

    def act(self, do: str, **args: Any) -> dict[str, Any]:
        """A host command with an id of its own."""
        self.commands += 1
        return self.host.call("act", {"do": do, "args": args, "id": f"command-{self.commands}"})

    def advance(self, to: str) -> None:
        """The next step, which must lead to the phase `to`; waits until everybody sees it."""
        said = self.act("advance")
        assert said["ok"], said
        self.wait(to)

    def wait(self, phase: str, seconds: float = PATIENCE_S) -> None:
        """Until host and all players see this phase."""
        wait_for(
            lambda: all(one.phase == phase for one in [self.host, *self.players]),
            seconds,
            f"{phase}; host {self.host.phase}, players {[one.phase for one in self.players]}",
        )

    def close(self) -> None:
        """Disconnect everybody."""
        for one in [self.host, self.stage, *self.players]:
            if one in CONNECTED:
                one.leave()


def wait_for(true: Callable[[], bool], seconds: float = PATIENCE_S, about: str | Callable[[], str] = "it") -> None:
    """Wait until something becomes true."""
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, f"waited {seconds} s for {about() if callable(about) else about}"
        time.sleep(0.02)


def together(work: list[Callable[[], Any]]) -> list[Any]:
    """Do things at the same time, each in a thread; their results in order."""
    results: list[Any] = [None] * len(work)

    def one(at: int) -> None:
        results[at] = work[at]()

    threads = [threading.Thread(target=one, args=(at,)) for at in range(len(work))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results
