"""Group commit: everything that arrives within a few milliseconds is stored in one transaction.

The committer never dies: a failed group is tried once more (storing is idempotent), then line by line,
and every waiter is answered within ten seconds, with `busy` at worst.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any

import gevent
import structlog
from gevent.event import AsyncResult, Event

from app.fail_points import point

log = structlog.get_logger()

Tell = Callable[[str], Any]
OK = "ok"

PAUSE_S = 0.008
MOST_IN_GROUP = 500
MOST_WAITING = 20_000
PATIENCE_S = 10


class Committer:
    """Collects lines of any number of shows. `store(lines)` answers each line with a word."""

    def __init__(self, store: Callable[[Sequence[Any]], list[str]], stored: Callable[[Any], None]) -> None:
        self._store, self._stored = store, stored
        self._waiting: deque[tuple[Any, Tell, float]] = deque()
        self._work = Event()
        self._oldest: int | None = None

    def start(self) -> None:
        """Begin to work in a greenlet of its own."""
        gevent.spawn(self._run)

    def submit(self, line: Any, tell: Tell) -> None:
        """Call `tell(word)` once the line is stored or refused; no greenlet waits in between."""
        if len(self._waiting) >= MOST_WAITING:
            tell("busy")
            return
        self._waiting.append((line, tell, time.monotonic()))
        self._work.set()

    def commit(self, line: Any) -> str:
        """The same for a caller that waits: the word for the line, `busy` after ten seconds."""
        done = AsyncResult()
        self.submit(line, done.set)
        try:
            return str(done.get(timeout=PATIENCE_S))
        except gevent.Timeout:
            return "busy"

    @property
    def oldest_waiting(self) -> int | None:
        """Receive time of the oldest line not stored yet; a worker has not `read` beyond it."""
        waiting = [line.received_at for line, _, _ in list(self._waiting)[:1]]
        times = [at for at in (*waiting, self._oldest) if at is not None]
        return min(times, default=None)

    def _run(self) -> None:
        while True:
            self._work.wait()
            gevent.sleep(PAUSE_S)
            group = [self._waiting.popleft() for _ in range(min(len(self._waiting), MOST_IN_GROUP))]
            if not self._waiting:
                self._work.clear()
            if group:
                self._oldest = min(line.received_at for line, _, _ in group)
                self._answer(group)
                self._oldest = None

    def _answer(self, group: list[tuple[Any, Tell, float]]) -> None:
        lines = [line for line, _, _ in group]
        words = self._words(lines)
        point("stored")
        for line, (_, tell, _), word in zip(lines, group, words, strict=True):
            try:
                tell(word)
                if word == OK:
                    self._stored(line)
            except Exception:
                log.exception("an answer was stored but not told", show=line.show_id, no=line.no)

    def _words(self, lines: list[Any]) -> list[str]:
        for _ in range(2):
            try:
                return self._store(lines)
            except Exception:
                log.exception("ballot group failed", size=len(lines))
                gevent.sleep(0.05)
        return [self._word(line) for line in lines]

    def _word(self, line: Any) -> str:
        try:
            return self._store([line])[0]
        except Exception:
            log.exception("ballot failed", show=line.show_id, no=line.no)
            return "busy"
