"""Group commit: everything that arrives within a few milliseconds is stored in one transaction.

The committer never dies: a failed group is tried once more (storing is idempotent), then in halves, down to
the line that cannot be stored; while the database is away it is tried again and again. Every waiter is answered
within thirteen seconds, with `busy` at worst, also who waits behind others for a database that hangs. Seconds in which
this process itself stood still do not count: nobody could store then, and whoever came before the close is in time.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any

import gevent
import structlog
from gevent.event import AsyncResult, Event

from app.clock import now_us
from app.fail_points import point
from app.live.awake import Awake
from app.measures import ACK_SECONDS, DROPPED, GROUP_LINES, GROUP_SECONDS, WAITING
from app.services.commit import AWAY, trouble_of

log = structlog.get_logger()

Tell = Callable[[Any], Any]
OK = "ok"

PAUSE_S, LONGEST_PAUSE_S = 0.008, 0.025
CROWD = 16
"""How long a group gathers, seconds: PAUSE_S for a few lines. From CROWD lines on it gathers as long as storing the
last group took, at most LONGEST_PAUSE_S, so that a crowd is stored in fewer, larger groups."""
MOST_IN_GROUP = 500
"""Lines stored in one transaction."""
MOST_WAITING = 20_000
"""Lines that may wait; the phone of one more is told `busy`."""
PATIENCE_S = 13
"""How long a line is kept waiting, seconds. A database that is only restarted is away, or locked, for up to twelve."""
STEP_S = 0.25
"""How often a waiting line looks at the clock, seconds: it notices there that the process was stopped."""
MARGIN_S, LEAST_S, LATE_S = 0.5, 0.3, 0.15
"""MARGIN_S seconds before the patience with a line ends, its phone is told `busy` and sends it again. A line that had
to wait for others until then is still tried once, for LEAST_S seconds, if its patience ended less than LATE_S seconds
ago: the database may only have been slow."""
PAUSE_AWAY_S = 0.2
"""The pause between two tries to store while the database is away, seconds."""


class Committer:
    """Collects lines of one kind. `store(lines)` answers each line with a word, or with more than a word.

    `kind` names the lines in the measures. A line has `received_at`, by `clock`, and `about` for the log; at most
    `most` are stored in one transaction.
    `noticed(problem)` is told of every failure to store, `passed()` of every success.
    """

    def __init__(
        self,
        store: Callable[[Sequence[Any]], Sequence[Any]],
        stored: Callable[[Any], None] = lambda line: None,
        most: int = MOST_IN_GROUP,
        noticed: Callable[[Exception], Any] = lambda problem: None,
        passed: Callable[[], Any] = lambda: None,
        patience_s: float = PATIENCE_S,
        kind: str = "lines",
        clock: Callable[[], int] = now_us,
    ) -> None:
        self._store, self._stored, self._most, self._patience_s = store, stored, most, patience_s
        self._noticed, self._passed = noticed, passed
        self._waiting: deque[tuple[Any, Tell, float]] = deque()
        self._work = Event()
        self._oldest: int | None = None
        self._awake, self._clock = Awake(), clock
        self._acks, self._dropped = ACK_SECONDS.labels(kind), DROPPED.labels(kind)
        self._sizes, self._times = GROUP_LINES.labels(kind), GROUP_SECONDS.labels(kind)
        WAITING.labels(kind).set_function(lambda: len(self._waiting))

    def start(self) -> None:
        """Begin to work in a greenlet of its own."""
        gevent.spawn(self._run)

    def submit(self, line: Any, tell: Tell) -> None:
        """Call `tell(word)` once the line is stored or refused; no greenlet waits in between."""
        if len(self._waiting) >= MOST_WAITING:
            self._dropped.inc()
            tell("busy")
            return
        self._waiting.append((line, tell, self._awake.now()))
        self._work.set()

    def commit(self, line: Any) -> Any:
        """The same for a caller that waits: the word for the line, `busy` when patience ends."""
        done = AsyncResult()
        self.submit(line, done.set)
        until = self._awake.now() + self._patience_s
        while not done.ready() and (left_s := until - self._awake.now()) > 0:
            done.wait(timeout=min(STEP_S, left_s))
        return done.get() if done.ready() else "busy"

    @property
    def oldest_waiting(self) -> int | None:
        """Receive time of the oldest line not stored yet; a worker has not `read` beyond it.

        Lines do not wait in the order they came: one for which the database was asked first comes after others.
        """
        times = [line.received_at for line, _, _ in self._waiting]
        return min(times if self._oldest is None else [*times, self._oldest], default=None)

    def _run(self) -> None:
        took = 0.0
        while True:
            self._work.wait()
            if len(self._waiting) < self._most:
                gevent.sleep(min(max(PAUSE_S, took), LONGEST_PAUSE_S))
            began = time.monotonic()
            group = [self._waiting.popleft() for _ in range(min(len(self._waiting), self._most))]
            if not self._waiting:
                self._work.clear()
            if group:
                self._oldest = min(line.received_at for line, _, _ in group)
                self._store_and_tell(group)
                self._oldest = None
                self._sizes.observe(len(group))
                self._times.observe(time.monotonic() - began)
            took = time.monotonic() - began if len(group) >= CROWD else 0.0

    def _store_and_tell(self, group: list[tuple[Any, Tell, float]]) -> None:
        lines = [line for line, _, _ in group]
        point("storing")
        words = self._words(lines, until=group[0][2] + self._patience_s - MARGIN_S)
        point("stored")
        for line, (_, tell, since), word in zip(lines, group, words, strict=True):
            try:
                tell(word)
                self._acks.observe(self._seconds(line, since))
                if word == "busy":
                    self._dropped.inc()
                if word == OK:
                    self._stored(line)
            except Exception:
                log.exception("an answer was stored but not told", **line.about)

    def _seconds(self, line: Any, since: float) -> float:
        """The seconds from the kernel's receipt of a line, where that is known, to its word; at least its wait here."""
        here = self._awake.now() - since
        return max(here, (self._clock() - line.received_at) / 1_000_000) if line.received_at else here

    def _words(self, lines: list[Any], until: float) -> Sequence[Any]:
        if self._awake.now() > until + LATE_S:
            return ["busy"] * len(lines)
        tries = 0
        while tries < 2:
            try:
                return self._in_time(lines, until)
            except Exception as problem:
                trouble = self._failed(problem, lines)
                if trouble and (trouble != AWAY or self._awake.now() > until):
                    return ["busy"] * len(lines)
                tries += not trouble
                gevent.sleep(PAUSE_AWAY_S if trouble else 0.05)
        return self._by_halves(lines, until)

    def _by_halves(self, lines: list[Any], until: float) -> Sequence[Any]:
        middle = len(lines) // 2
        words: list[Any] = []
        for part in [lines[:middle], lines[middle:]] if middle else [lines]:
            try:
                words += self._in_time(part, until) if self._awake.now() < until else ["busy"] * len(part)
            except Exception as problem:
                alone = self._failed(problem, part) is not None or len(part) == 1
                words += ["busy"] * len(part) if alone else self._by_halves(part, until)
        return words

    def _in_time(self, lines: list[Any], until: float) -> Sequence[Any]:
        """The answers to these lines after storing, or `busy` when the database hangs."""
        storing = gevent.spawn(_outcome, self._store, lines)
        latest = max(until, self._awake.now() + LEAST_S)
        while not storing.ready() and (left_s := latest - self._awake.now()) > 0:
            storing.join(timeout=min(STEP_S, left_s))
        if not storing.ready():
            storing.kill(block=False)
            log.error("the database hangs", size=len(lines))
            return ["busy"] * len(lines)
        words, problem = storing.value
        if problem is not None:
            raise problem
        self._passed()
        return words  # type: ignore[no-any-return]

    def _failed(self, problem: Exception, lines: list[Any]) -> str | None:
        trouble = trouble_of(problem)
        if trouble:
            log.warning("lines wait for the database", trouble=trouble, size=len(lines))
        else:
            log.exception("group failed", size=len(lines), **lines[0].about)
        self._noticed(problem)
        return trouble


def _outcome(store: Callable[[Sequence[Any]], Sequence[Any]], lines: list[Any]) -> tuple[Any, Exception | None]:
    """An error crosses the greenlets as a value: gevent would print each as a crash."""
    try:
        return store(lines), None
    except Exception as problem:
        return None, problem
