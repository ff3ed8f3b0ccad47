"""Closing an opening in two steps, so that no answer sent in time is lost and none counts that came late.

(1) `closing` fixes `closes_at`. (2) After the settle time, when every living worker has read what had
arrived by then, the fence is shut in a tiny transaction. (3) The ballots are immutable now and are
graded outside any lock, in slices. (4) `judged` is appended. Every step can be repeated after a crash.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import gevent
import structlog

from app.clock import now_us
from app.live.questions.due import Due
from app.services.shows import ballots, shows, workers
from quizzes import show as rules
from quizzes.engine import CLOCK, Actor, Command
from quizzes.refusals import Rejected
from quizzes.round_state.ask import CLOSING

log = structlog.get_logger()

LEAST_SETTLE_US = 300_000
"""How long a close waits for the other workers at least, microseconds."""
MOST_SETTLE_US = 3_000_000
"""How long a close waits for the other workers, microseconds, counted from the moment this worker begins to settle."""
MOST_OWN_US = 14_000_000
"""How long a close waits for what this worker itself has to read and store, microseconds. It is more than the
committer's patience, because a database that is away holds storing up. Neither limit counts time in which this worker
was stopped."""
STOOD_US = 1_000_000
"""A gap of this many microseconds between two looks means that the process was stopped."""
SLICE = 200  # ballots graded between two breaths
REST_S = 0.5  # how long a failed closing rests before it is tried again
LOOK_US = 25_000  # the time between two looks at the other workers


class Closer:
    """Finishes what is closing. `read_until` says how far this worker has read and stored, `gap_began` when it beat
    last before the database was away (None in ordinary times)."""

    def __init__(
        self, worker: str, read_until: Callable[[], int], gap_began: Callable[[], int | None] = lambda: None
    ) -> None:
        self._worker, self._read_until, self._gap_began = worker, read_until, gap_began
        self._busy: dict[int, gevent.Greenlet] = {}
        self._by_clock: dict[int, gevent.Greenlet] = {}
        self.due = Due()
        self._looked: tuple[int, int | None] = (0, None)

    def finish(self, show_id: int) -> None:
        """Wait until nothing of this show is closing any more, 30 s at most."""
        greenlet = self._busy.get(show_id)
        if greenlet is None or greenlet.dead:
            greenlet = self._busy[show_id] = gevent.spawn(_trying, self._finish, show_id)
        greenlet.join(timeout=30)

    def begin(self, show_id: int) -> None:
        """The same in the background."""
        greenlet = self._busy.get(show_id)
        if greenlet is None or greenlet.dead:
            self._busy[show_id] = gevent.spawn(_trying, self._finish, show_id)

    def moved(self, show_id: int) -> None:
        """This worker has moved a show on: what it closed it finishes; the others leave that to it for a while."""
        if rules.unjudged(shows.replica(show_id).state):
            self.begin(show_id)

    def by_clock_soon(self, show_id: int, name: str, args: dict[str, Any]) -> None:
        """A command of the clock in the background; one at a time for each show, however often it is due."""
        greenlet = self._by_clock.get(show_id)
        if greenlet is None or greenlet.dead:
            self._by_clock[show_id] = gevent.spawn(_trying, by_clock, show_id, name, args)

    def _finish(self, show_id: int) -> None:
        while asks := rules.unjudged(shows.replica(show_id).state):  # a step from an old one is refused and read up
            if asks[0].status == CLOSING:
                self._settle(asks[0].closes_at or 0)
                by_clock(show_id, "settled", {"no": asks[0].no, "closings": asks[0].closings})
            else:
                judge(show_id, asks[0].no)

    def _settle(self, closes_at: int) -> None:
        """Wait until everything that arrived before `closes_at` is read and stored, here and on the other workers.

        A worker that stood still across the deadline, or whose database was away, begins late: the limits count from
        then on."""
        waiting = Waiting(closes_at)
        while now_us() < closes_at + LEAST_SETTLE_US:
            waiting.a_moment(0.02)
        if not waiting.until(lambda: self._read_until() >= closes_at, MOST_OWN_US):
            log.warning("own answers are still waiting", closes_at=closes_at)
        if self._others() is None:
            return
        workers.has_read(self._worker, self._read_until())  # others wait for this: sooner than with the next heartbeat
        if not waiting.until(lambda: self._others_have_read(closes_at), MOST_SETTLE_US):
            log.warning("settle time ran out", closes_at=closes_at)

    def _others_have_read(self, closes_at: int) -> bool:
        others = self._others()
        return others is None or others >= closes_at

    def _others(self) -> int | None:
        """How far the other workers have read, as of a moment ago: many shows that close at once share one look."""
        at, others = self._looked
        if now_us() - at >= LOOK_US:
            others = workers.others_read_until(self._worker, self._gap_began())
            self._looked = now_us(), others
        return others


class Waiting:
    """How long has been waited since a moment, or since now where the moment is past."""

    def __init__(self, since: int) -> None:
        self._seen = now_us()
        self._spent = min(0, self._seen - since)

    def a_moment(self, seconds: float) -> None:
        """Wait; if this process stood still meanwhile, only a second of that counts."""
        gevent.sleep(seconds)
        now = now_us()
        self._spent += min(now - self._seen, STOOD_US)
        self._seen = now

    def until(self, is_so: Callable[[], bool], most_us: int) -> bool:
        """Wait for `is_so`, at most so long in all. True when it came; it is looked at once more in the end."""
        while not is_so():
            if self._spent >= most_us:
                return False
            self.a_moment(0.03)
        return True


def _trying(work: Callable[..., None], show_id: int, *args: Any) -> None:
    """The ticker asks again until a thing is done; while the database is away not twenty times a second."""
    try:
        work(show_id, *args)
    except Exception:
        log.exception("the clock's work failed", show=show_id, work=work.__name__)
        gevent.sleep(REST_S)


def judge(show_id: int, no: int) -> None:
    """Grade the immutable ballots of `no` and append the verdicts; a second judging changes nothing."""
    state = shows.recent(show_id).state
    found = state.opening(no)
    given = ballots.given(show_id, no)
    graded = []
    for start in range(0, len(given), SLICE):
        graded += rules.grade(state, no, given[start : start + SLICE])
        gevent.sleep(0)
    by_clock(show_id, "judge", {"no": no, "graded": graded, "closings": found[1].closings if found else None})


def by_clock(show_id: int, name: str, args: dict[str, Any]) -> None:
    """A command of the clock; another worker may have been faster."""
    try:
        shows.perform(show_id, Command(name, Actor(CLOCK), now_us(), args), clock=now_us)
    except Rejected as refusal:
        log.debug("the clock was late", show=show_id, command=name, code=refusal.code)
        shows.catch_up(show_id)


def end_old_shows(now: int) -> None:
    """Let shows that nobody touches any more be over, so that their PINs can be given again."""
    for show_id, replica in shows.known().items():
        if rules.is_old(replica.state, now):
            try:
                by_clock(show_id, "expire", {})
            except Exception:
                log.exception("an old show cannot be ended", show=show_id)
