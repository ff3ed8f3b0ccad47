"""Sends each newcomer its screen and `me`. Newcomers of the same moment are greeted in groups of at most TOGETHER: one
query for each show serves a group, and those who already play are not held up."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from itertools import groupby
from time import monotonic
from typing import Any

import gevent
import structlog
from gevent.event import Event

from app.live.protocol import NAMESPACE
from app.live.screens.delivery import shown
from app.live.screens.devices import Devices
from app.live.screens.publisher import Publisher, enter_group
from app.live.seats.rooms import Connection, Rooms
from app.services.shows import shows
from quizzes.engine import Viewer

log = structlog.get_logger()

TOGETHER = 16
"""Newcomers greeted with one drawing."""
LEAST_S, LONGEST_S = 0.005, 0.05
"""The greeter waits as long as the last greeting took, within these limits, so players get half of the loop's time.
A greeting that takes longer than LONGEST_S goes on by itself; the next group does not wait for it."""


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
            gevent.joinall([gevent.spawn(self._greet, newcomers) for newcomers in self._next()], timeout=LONGEST_S)
            took = min(monotonic() - began, LONGEST_S)

    def _next(self) -> list[list[Connection]]:
        """The next newcomers that are still connected, at most TOGETHER, grouped by show."""
        group: list[Connection] = []
        while self._waiting and len(group) < TOGETHER:
            connection = self._waiting.popleft()
            if self._rooms.connection(connection.sid):
                group.append(connection)
        if not self._waiting:
            self._work.clear()
        group.sort(key=_show)
        return [list(newcomers) for _, newcomers in groupby(group, key=_show)]

    def _greet(self, newcomers: Sequence[Connection]) -> None:
        greeted = []
        for one in newcomers:
            if self._goes_well(self._show_screen, one):
                greeted.append(one)
            else:
                self._end(one)
        if greeted and not self._goes_well(self._devices.tell, greeted, shows.replica(_show(greeted[0]))):
            for one in greeted:
                self._end(one)
            return
        for one in greeted:
            self._goes_well(self._devices.came, one)

    def _show_screen(self, connection: Connection) -> None:
        replica = shows.replica(_show(connection))
        enter_group(connection, replica)
        screen = self._publisher.whole(replica, Viewer(*connection.audience))
        self._io.emit("screen", screen, to=connection.sid, namespace=NAMESPACE)
        shown([connection], replica)

    def _goes_well(self, work: Callable[..., Any], *args: Any) -> bool:
        try:
            work(*args)
        except Exception:
            log.exception("a newcomer could not be greeted")
            return False
        return True

    def _end(self, connection: Connection) -> None:
        """Disconnects it, so that it connects again and asks anew. Another greenlet does it, because a handler of the
        leaving may fail, too."""
        self._io.start_background_task(self._io.disconnect, connection.sid, namespace=NAMESPACE)


def _show(connection: Connection) -> int:
    return connection.ticket.show_id
