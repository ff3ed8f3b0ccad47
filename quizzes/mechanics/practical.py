"""Practical questions: what is asked is shown by doing, and doing takes time of its own for each value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from quizzes.engine import SECOND, Command, Event, Setting, Viewer
from quizzes.grammar import Mechanic
from quizzes.mechanics.stakes import Stakes
from quizzes.refusals import N_
from quizzes.round_state.ask import Round

SETTINGS: Mapping[str, Setting] = {
    "practical_times": Setting("numbers", (30, 60), N_("Thêm cho câu thực hành của từng mức điểm (giây)"), 1, 600),
    "practical_steal": Setting("numbers", (20, 40), N_("Thời gian thực hành của bạn giành quyền (giây)"), 1, 600),
}


def practical() -> Mechanic:
    """It stands on `stakes` and `buzzing`."""
    return Mechanic(after={"named": time_to_do}, view=view)


def is_practical(state: Round) -> bool:
    return state.question >= 0 and bool(state.body().get("practical"))


def by_value(state: Round, times: Sequence[int]) -> int:
    """Picks from a list that has a figure for each value, the lowest value first; the last figure stands for all
    values above it."""
    values = sorted(set(state.settings["values"]))
    worth = state.of(Stakes).values.get(state.question, 0)
    at = values.index(worth) if worth in values else 0
    return int(times[min(at, len(times) - 1)]) if times else 0


def seconds(state: Round) -> int:
    """The time to think and, for a practical question, to do it, seconds."""
    own = by_value(state, state.settings.get("times", ())) or int(state.settings["seconds"])
    return own + (by_value(state, state.settings["practical_times"]) if is_practical(state) else 0)


def time_to_do(state: Round, event: Event, command: Command) -> Iterator[Event]:
    """Give time to whoever steals a practical question, so that they can do it."""
    if is_practical(state) and (own := by_value(state, state.settings["practical_steal"])):
        yield Event("more_time", {"until": command.at + own * SECOND})


def view(state: Round, viewer: Viewer) -> dict[str, Any]:
    return {"practical": is_practical(state)}
