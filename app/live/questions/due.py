"""The next command of the clock for each show, computed once for each step: twenty times a second it is only looked
up."""

from __future__ import annotations

from typing import Any

from app.services.shows.shows import Replica
from quizzes import show as rules

MOST_KEPT = 2_000  # shows whose next command is remembered

Waiting = tuple[int | None, tuple[Any, ...]]
"""When its deadline is, and the closed openings that wait for their verdicts."""


class Due:
    """Remembers it by replica, which is never changed but replaced."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[Replica, Waiting]] = {}

    def of(self, replica: Replica) -> Waiting:
        """The deadline of a show, and its openings that are not judged."""
        known = self._known.get(replica.show_id)
        if known is None or known[0] is not replica:
            if len(self._known) >= MOST_KEPT:
                self._known.clear()
            known = replica, (rules.deadline(replica.state), rules.unjudged(replica.state))
            self._known[replica.show_id] = known
        return known[1]
