"""Bấm chuông: one answers at a time, aloud; the host or a judge says right or wrong; wrong passes on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from quizzes.engine import Command, Event, Setting, Viewer
from quizzes.grammar import Format, Mechanic
from quizzes.mechanics import asking, buzzing
from quizzes.mechanics.ask import Round
from quizzes.mechanics.floor import BUZZ, locked
from quizzes.refusals import N_

SETTINGS: Mapping[str, Setting] = {
    "points": Setting("whole", 10, N_("Điểm cho một câu đúng"), 1, 10_000),
    "wrong_penalty": Setting("whole", 0, N_("Điểm trừ khi trả lời sai"), 0, 10_000),
    "seconds": Setting("whole", 15, N_("Thời gian bấm chuông (giây, 0 là không giới hạn)"), 0, 3600),
    **buzzing.SETTINGS,
    **asking.SETTINGS,
}


def open_question(state: Round, command: Command) -> Iterator[Event]:
    """Whoever has not tried yet may buzz."""
    roll = asking.roll_of(command).but(locked(state))
    yield asking.opened(state, command, BUZZ, state.settings["seconds"], roll=roll)


def view(state: Round, viewer: Viewer) -> dict[str, Any]:
    return {name: state.settings[name] for name in ("points", "wrong_penalty")}


FORMAT = Format(
    key="buzzer",
    title=N_("Bấm chuông giành quyền trả lời"),
    settings=SETTINGS,
    mechanics=(
        asking.asking(open_question, counted_in=False),
        buzzing.buzzing(
            right=lambda state: 2 * state.settings["points"], wrong=lambda state: -2 * state.settings["wrong_penalty"]
        ),
        Mechanic(view=view),
    ),
    problems=asking.problems,
)
