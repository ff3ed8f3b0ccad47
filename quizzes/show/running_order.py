"""The running order: what was planned for each round, when it began, and how far the show is behind or ahead.

The plan is the script's own `minutes`, else a guess from the format. It starts when the first round does, so a hall
that filled late makes nobody late.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from quizzes.engine import SECOND
from quizzes.lengths import round_seconds
from quizzes.script import EVERY
from quizzes.show import state as s
from quizzes.show.state import ShowState

Slice = tuple[int, int]
"""The begin and end of the time in which a step is on time, microseconds since the first round began."""


def planned_s(state: ShowState) -> list[int]:
    """Seconds for each round."""
    teams = int((state.teams_setting or {}).get("count") or 0)
    return [
        60 * int(spec["minutes"])
        if spec.get("minutes")
        else round_seconds(spec, len(state.created["questions"][index]), state.standings_wanted(index) == EVERY, teams)
        for index, spec in enumerate(state.specs)
    ]


def on_time(state: ShowState) -> Slice | None:
    """The moments between which the show should stand here; None before the first round and after the last."""
    if state.index < 0 or state.stage == s.OVER or 0 not in state.begun_at:
        return None
    plan = planned_s(state)
    start, here = sum(plan[: state.index]), plan[state.index]
    count = max(1, len(state.created["questions"][state.index]))
    at = min(max(state.round.question if state.round else 0, 0), count - 1)
    if state.stage == s.BREAK:
        return (start + here) * SECOND, (start + here) * SECOND
    return (start + here * at // count) * SECOND, (start + here * (at + 1) // count) * SECOND


def seen(state: ShowState) -> dict[str, Any] | None:
    """For the console and the MC: when it began, and between which moments this step is on time."""
    window = on_time(state)
    return None if window is None else {"begun_at": state.begun_at[0], "from_us": window[0], "to_us": window[1]}


def behind_us(state: ShowState, at: int) -> int:
    """How far the show is behind its plan at `at`, microseconds; below 0 it is ahead."""
    window = on_time(state)
    if window is None:
        return 0
    gone = at - state.begun_at[0]
    return gone - window[1] if gone > window[1] else min(0, gone - window[0])


def report(state: ShowState, over_at: int | None) -> list[dict[str, Any]]:
    """Each round as planned and as it was: seconds, None for what has not begun or not ended."""
    ends: Sequence[int | None] = [state.begun_at.get(index + 1) for index in range(len(state.specs) - 1)] + [over_at]
    return [
        {
            "index": index,
            "planned_s": planned,
            "begun_at": state.begun_at.get(index),
            "took_s": _took_s(state.begun_at.get(index), ends[index] or over_at),
        }
        for index, planned in enumerate(planned_s(state))
    ]


def _took_s(begun: int | None, ended: int | None) -> int | None:
    return None if begun is None or ended is None else max(0, ended - begun) // SECOND
