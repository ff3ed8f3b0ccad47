"""More time for an ask that is open against the clock."""

from __future__ import annotations

from collections.abc import Iterator

from quizzes.engine import SECOND, Command, Event, whole
from quizzes.round_state.ask import FIRST_AT, Ask, Round

MORE_S, MOST_MORE_S = 10, 600
"""How many seconds are given where nobody says how many, and the most at once."""


def extendable(state: Round) -> list[Ask]:
    """The asks that are open against the clock; right after a first buzz there are none."""
    return [ask for ask in state.open_asks() if ask.closes_at is not None and FIRST_AT not in ask.more]


def seconds_given(command: Command) -> int:
    """The seconds that a command gives, or Rejected("bad_request")."""
    return whole({"seconds": MORE_S, **command.args}, "seconds", 1, MOST_MORE_S)


def longer(until: int | None, command: Command) -> Event:
    """More time for whoever has to speak or to choose by `until`."""
    return Event("more_time", {"until": max(until or command.at, command.at) + seconds_given(command) * SECOND})


def extend(state: Round, command: Command) -> Iterator[Event]:
    """Gives more time to the open asks."""
    seconds = seconds_given(command)
    for one in extendable(state):
        yield Event("extended", {"no": one.no, "closes_at": max(one.closes_at or 0, command.at) + seconds * SECOND})
