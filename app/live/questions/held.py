"""Answers that came in time to a worker which then stood still for too long: they do not count; the host is told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import gevent

from app.services.shows import ballots, shows
from quizzes import show as rules
from quizzes.refusals import Rejected


@contextmanager
def noting_held(replica: shows.Replica, no: int, arrived: int) -> Iterator[None]:
    """Note for the console when the block refuses as too late what came before the close."""
    try:
        yield
    except Rejected as refusal:
        if refusal.code == "too_late" and rules.came_in_time(replica.state, no, arrived):
            gevent.spawn(ballots.hold, replica.show_id, no)
        raise
