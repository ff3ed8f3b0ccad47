"""Tells the hosts of this worker at once that the database cannot store: a full disk, a database that is away.

It needs no database to be told, so it travels with `tally`, as a code; the console has the sentences.
"""

from __future__ import annotations

import time
from typing import Any

import structlog

from app.live.protocol import NAMESPACE
from app.live.seats.rooms import Rooms
from app.measures import TROUBLE
from app.services.commit import AWAY, DISK_FULL, trouble_of
from quizzes.engine import HOST

log = structlog.get_logger()

CALM_S = 2.0
"""The trouble is over after this many seconds without a failure. One success proves nothing: a small write may still
fit on a full disk."""


class Trouble:
    """The trouble this worker has now; `code` is None when all is well."""

    def __init__(self, io: Any, rooms: Rooms) -> None:
        self._io, self._rooms = io, rooms
        self._at = 0.0
        self.code: str | None = None
        for kind in (AWAY, DISK_FULL):
            TROUBLE.labels(kind).set(0)

    def noticed(self, problem: BaseException) -> str | None:
        """Something failed: if it is the database's trouble, tell the hosts; the code, None for any other error."""
        code = trouble_of(problem)
        if code is not None:
            self._at = time.monotonic()
            self._become(code)
        return code

    def passed(self) -> None:
        """Something was stored."""
        if self.code is not None and time.monotonic() - self._at > CALM_S:
            self._become(None)

    def _become(self, code: str | None) -> None:
        if code == self.code:
            return
        self.code = code
        for kind in (AWAY, DISK_FULL):
            TROUBLE.labels(kind).set(kind == code)
        log.error("storing has trouble" if code else "storing works again", trouble=code)
        for room in self._rooms.all():
            hosts = [c.sid for c in room.connections.values() if c.role == HOST]
            if hosts:
                self._io.emit("tally", {**room.tally, "trouble": code}, to=hosts, namespace=NAMESPACE)
