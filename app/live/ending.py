"""The planned end of a worker: what was received is stored before nobody waits for it any more."""

from __future__ import annotations

from contextlib import suppress

import gevent

from app.live.worker import Live
from app.services.shows import workers

STORING_S, LOOK_S = 3.0, 0.02
"""How long the end waits for the last answers, and how often it looks, seconds."""


def leave(live: Live) -> None:
    """Stop on purpose."""
    with suppress(gevent.Timeout), gevent.Timeout(STORING_S):
        while live.committer.oldest_waiting is not None:
            gevent.sleep(LOOK_S)
    workers.leave(live.name)
