"""An event loop of a few lines: readiness of sockets, and things due at a time."""

from __future__ import annotations

import heapq
import select
from collections.abc import Callable
from itertools import count
from time import monotonic

READ, WRITE = select.EPOLLIN, select.EPOLLOUT
LONGEST_WAIT_S = 0.5
"""How long the loop sleeps at most before it looks at its condition again, seconds."""


class Loop:
    """`watch` sockets, put things down for later with `at`, and `run` until something is true."""

    def __init__(self) -> None:
        self._epoll = select.epoll()
        self._watched: dict[int, Callable[[], None]] = {}
        self._due: list[tuple[float, int, Callable[[], None]]] = []
        self._number = count()

    def watch(self, file: int, ready: Callable[[], None], events: int = READ) -> None:
        """Call `ready()` when the file is; again for a file watched already changes what is waited for."""
        change = self._epoll.modify if file in self._watched else self._epoll.register
        self._watched[file] = ready
        change(file, events)

    def forget(self, file: int) -> None:
        """Watch it no more; to be called before it is closed."""
        if self._watched.pop(file, None):
            self._epoll.unregister(file)

    def at(self, when: float, do: Callable[[], None]) -> None:
        """Do something at a time of `time.monotonic`."""
        heapq.heappush(self._due, (when, next(self._number), do))

    def run(self, done: Callable[[], bool], patience_s: float) -> bool:
        """Work until `done()`; False when that took longer than `patience_s`."""
        until = monotonic() + patience_s
        while not done():
            now = monotonic()
            if now > until:
                return False
            if self._due and self._due[0][0] <= now:
                heapq.heappop(self._due)[2]()
                continue
            wait = min(LONGEST_WAIT_S, until - now, *(due[0] - now for due in self._due[:1]))
            for file, _ in self._epoll.poll(max(0.0, wait), 512):
                ready = self._watched.get(file)
                if ready:
                    ready()
        return True
