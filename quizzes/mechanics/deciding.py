"""Deciding: one right buzz decides a round, and nothing more of it is asked.

It stands on `buzzing`. Where a verdict is corrected to right, later questions would not have been asked: their openings
are void, and the one being played ends.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from quizzes.copies import replace
from quizzes.engine import Command, Event
from quizzes.grammar import Mechanic
from quizzes.mechanics.buzzing import A_BUZZ
from quizzes.mechanics.floor import BUZZ, Floor
from quizzes.mechanics.verdicts import CORRECTED
from quizzes.round_state.ask import Round


def deciding() -> Mechanic:
    kinds = {BUZZ: replace(A_BUZZ, ends_round=True)}
    return Mechanic(after={CORRECTED: _end_the_later}, changes={"cut_off": _cut_off}, kinds=kinds)


def _end_the_later(state: Round, event: Event, command: Command) -> Iterator[Event]:
    ask = state.asks[event.data["no"]]
    if ask.kind == BUZZ and event.data["right"] and ask.during != state.question and state.phase != "revealed":
        yield Event("cut_off")


def _cut_off(state: Round, data: Mapping[str, Any]) -> Round:
    """Ends the question being played without a reveal."""
    return state.keeping(Floor(), phase="revealed", until=None)
