"""Sends each newcomer its screen and `me`. Who comes at the same time is greeted together, with one look at the
database, and not too many at a time: those who play already come first."""

from __future__ import annotations

from collections import deque
from itertools import groupby
from time import monotonic
from typing import Any

import gevent
import structlog
from gevent.event import Event

from app.live.devices import Devices
from app.live.protocol import NAMESPACE
from app.live.publisher import Publisher, place
from app.live.rooms import Connection, Rooms
from app.services.shows import shows
from quizzes.engine import Viewer

log = structlog.get_logger()

TOGETHER = 16
LEAST_S = 0.005
"""They gather for so long, or as long as the last greeting took: who plays has at least half of the time."""


class Greeter:
    """One greenlet that greets everybody, in the order they came."""

    def __init__(self, io: Any, rooms: Rooms, publisher: Publisher, devices: Devices) -> None:
        self._io, self._rooms, self._publisher, self._devices = io, rooms, publisher, devices
        self._waiting: deque[Connection] = deque()
        self._work = Event()

    def start(self) -> None:
        """Begin to work."""
        gevent.spawn(self._run)

    def welcome(self, connection: Connection) -> None:
        """Greet this connection soon, after the acknowledgement of its entering."""
        self._waiting.append(connection)
        self._work.set()

    def _run(self) -> None:
        took = 0.0
        while True:
            self._work.wait()
            gevent.sleep(max(LEAST_S, took))
            began = monotonic()
            self.greet()
            took = monotonic() - began

    def greet(self) -> None:
        """Greet the next few."""
        group = [self._waiting.popleft() for _ in range(min(TOGETHER, len(self._waiting)))]
        if not self._waiting:
            self._work.clear()
        here = [one for one in group if self._rooms.connection(one.sid)]
        for show_id, newcomers in groupby(here, key=lambda one: one.ticket.show_id):
            self._greet(show_id, list(newcomers))

    def _greet(self, show_id: int, newcomers: list[Connection]) -> None:
        try:
            replica = shows.replica(show_id)
            for connection in newcomers:
                place(connection, replica)
                screen = self._publisher.screen(replica, Viewer(*connection.audience))
                self._io.emit("screen", screen, to=connection.sid, namespace=NAMESPACE)
            self._devices.tell(newcomers, replica)
            for connection in newcomers:
                self._devices.came(connection)
        except Exception:
            log.exception("newcomers could not be greeted", show=show_id, people=len(newcomers))
            for connection in newcomers:
                self._io.disconnect(connection.sid, namespace=NAMESPACE)  # it comes back and asks again
