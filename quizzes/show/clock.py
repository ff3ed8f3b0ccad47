"""What the clock has to say, and when."""

from __future__ import annotations

from quizzes.engine import CLOCK, Actor, Command
from quizzes.mechanics.ask import FIRST_AT, OPEN
from quizzes.show import state as s
from quizzes.show.state import ShowState

ENDING = frozenset(("closing", "paused", "suspended"))
"""Events with which a time ends: they happened when they were said, however long the saying took."""


def deadline(state: ShowState) -> int | None:
    """When `clock_command` has to be performed; None while nothing runs out."""
    return None if state.halt or state.stage != s.ROUND else state.format.deadline(state.round)


def clock_command(state: ShowState) -> Command:
    """The command of the deadline; the shell gives it with its own time and roll."""
    return Command("time_up", Actor(CLOCK), deadline(state) or 0, {"no": state.no})


def after_ballot(state: ShowState, no: int, at: int) -> Command | None:
    """What the clock has to say as the first ballot of `no`, received `at`, is stored; None once it is said.
    Ask again after a restart and after a pause: it may have been lost between ballot and journal."""
    found = state.opening(no) if state.stage == s.ROUND and state.format.first_ballot else None
    if found is None or found[1].status != OPEN or FIRST_AT in found[1].more:
        return None
    return Command(state.format.first_ballot, Actor(CLOCK), at, {"no": no, "at": at})
