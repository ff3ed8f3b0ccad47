"""Hints between workers through Redis: "show X is at number N". A hint only causes a look at the table.

Without Redis, or while it is away, each worker looks at the heads once a second: nothing is lost, screens
are a second later. Redis can never hold a show up: every call has 100 ms, and after a failure it rests.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import gevent
import structlog
from redis import Redis
from redis.exceptions import RedisError

from app.measures import REDIS_AWAY, REDIS_FAILURES

log = structlog.get_logger()

CHANNEL = "scs:pokes"
PATIENCE_S = 0.1  # how long a call to Redis may take
REST_S = 2.0  # how long Redis is left alone after a failure
MOST_LOOKS = 20  # a second and show: a flood of junk costs no more than this
MOST_HEARD = 1_000  # messages a second, of all shows
LONGEST = 40  # characters of one poke


class Pokes:
    """Sends and hears pokes; `heard(show_id, seq)` is called for those of other workers."""

    def __init__(self, url: str, heard: Callable[[int, int], None]) -> None:
        self._url, self._heard = url.replace("valkey://", "redis://", 1), heard
        self._redis: Any = None
        self._resting_until = 0.0
        self._looked: dict[int, tuple[float, int]] = {}
        self._outgoing: dict[int, int] = {}

    def start(self) -> None:
        """Listen and send in greenlets of their own."""
        if self._url:
            gevent.spawn(self._listen)
            gevent.spawn(self._send)

    def poke(self, show_id: int, seq: int) -> None:
        """Tell the other workers; never waits."""
        if self._url:
            self._outgoing[show_id] = seq

    def _send(self) -> None:
        while True:
            gevent.sleep(0.01)
            if not self._outgoing or time.monotonic() < self._resting_until:
                continue
            outgoing, self._outgoing = self._outgoing, {}
            try:
                for show_id, seq in outgoing.items():
                    self._client().publish(CHANNEL, f"{show_id}:{seq}")
            except (RedisError, OSError) as problem:
                self._rest(problem)

    def _client(self) -> Any:
        if self._redis is None:
            self._redis = Redis.from_url(
                self._url, socket_timeout=PATIENCE_S, socket_connect_timeout=PATIENCE_S, retry=None
            )
        return self._redis

    def _rest(self, problem: Exception) -> None:
        self._resting_until = time.monotonic() + REST_S
        self._redis = None
        REDIS_FAILURES.labels("pokes").inc()
        log.warning("pokes without redis", problem=type(problem).__name__)

    def _listen(self) -> None:
        while True:
            try:
                self._listen_once()
            except (RedisError, OSError):
                REDIS_AWAY.set(1)
            gevent.sleep(REST_S)

    def _listen_once(self) -> None:
        """Listen until the connection breaks, or until somebody shouts so much that listening costs too much."""
        ears = Redis.from_url(self._url, socket_connect_timeout=PATIENCE_S, socket_timeout=PATIENCE_S, retry=None)
        with ears.pubsub(ignore_subscribe_messages=True) as channel:
            channel.subscribe(CHANNEL)
            REDIS_AWAY.set(0)
            since, count = time.monotonic(), 0
            while True:
                message = channel.get_message(timeout=PATIENCE_S / 2)
                count += 1
                if time.monotonic() - since > 1:
                    since, count = time.monotonic(), 0
                elif count > MOST_HEARD:
                    log.warning("pokes: a flood, not listening for a while")
                    return
                if message is not None:
                    self.hear(message["data"])

    def hear(self, data: Any) -> None:
        """One message from the channel; junk is ignored, a flood is thinned."""
        show, _, seq = data[:LONGEST].partition(b":") if isinstance(data, bytes) else (b"", b"", b"")
        if not (show.isdigit() and seq.isdigit() and len(show) < 19 and len(seq) < 19):
            return
        show_id, now = int(show), time.monotonic()
        since, looks = self._looked.get(show_id, (now, 0))
        since, looks = (now, 0) if now - since > 1 else (since, looks)
        if len(self._looked) > 10_000:
            self._looked.clear()
        self._looked[show_id] = (since, looks + 1)
        if looks < MOST_LOOKS:
            self._heard(show_id, int(seq))
