"""Closing an opening in two steps, so that no answer sent in time is lost and none counts that came late.

(1) `closing` fixes `closes_at`. (2) After the settle time, when every living worker has read what had
arrived by then, the fence is shut in a tiny transaction. (3) The ballots are immutable now and are
graded outside any lock, in slices. (4) `judged` is appended. Every step can be repeated after a crash.
"""

from __future__ import annotations

from collections.abc import Callable

import gevent
import structlog

from app.live.clock import now_us
from app.services import ballots, shows, workers
from quizzes import show as rules
from quizzes.engine import CLOCK, Actor, Command, Rejected

log = structlog.get_logger()

LEAST_SETTLE_US = 300_000
MOST_SETTLE_US = 3_000_000
SLICE = 200
CLOSING = "closing"


class Closer:
    """Finishes what is closing. `read_until` says how far this worker has read and stored."""

    def __init__(self, worker: str, read_until: Callable[[], int]) -> None:
        self._worker, self._read_until = worker, read_until
        self._busy: dict[int, gevent.Greenlet] = {}

    def finish(self, show_id: int) -> None:
        """Return when nothing of this show is closing any more."""
        greenlet = self._busy.get(show_id)
        if greenlet is None or greenlet.dead:
            greenlet = self._busy[show_id] = gevent.spawn(self._finish, show_id)
        greenlet.join(timeout=30)

    def begin(self, show_id: int) -> None:
        """The same in the background."""
        greenlet = self._busy.get(show_id)
        if greenlet is None or greenlet.dead:
            self._busy[show_id] = gevent.spawn(self._finish, show_id)

    def _finish(self, show_id: int) -> None:
        while ask := closing(shows.catch_up(show_id)):
            self._settle(ask.closes_at)
            shows.shut(show_id, ask.no)
            judge(show_id, ask.no)

    def _settle(self, closes_at: int) -> None:
        while now_us() < closes_at + LEAST_SETTLE_US:
            gevent.sleep(0.02)
        while now_us() < closes_at + MOST_SETTLE_US:
            others = workers.others_read_until(self._worker)
            if self._read_until() >= closes_at and (others is None or others >= closes_at):
                return
            gevent.sleep(0.03)
        log.warning("settle time ran out", closes_at=closes_at)


def closing(replica: shows.Replica) -> rules.Ask | None:
    """The ask of a show that is closed for answers but not judged."""
    return next((ask for ask in rules.asks(replica.state) if ask.status == CLOSING), None)


def judge(show_id: int, no: int) -> None:
    """Grade the immutable ballots of `no` and append the verdicts; a second judging changes nothing."""
    given = ballots.given(show_id, no)
    replica = shows.catch_up(show_id)
    graded = []
    for start in range(0, len(given), SLICE):
        graded += rules.grade(replica.state, no, given[start:start + SLICE])
        gevent.sleep(0)
    try:
        shows.perform(show_id, Command("judge", Actor(CLOCK), now_us(), {"no": no, "graded": graded}))
    except Rejected as refusal:
        log.info("judged already", show=show_id, no=no, code=refusal.code)
