"""Bấm chuông: one answers at a time, aloud; the host or a judge says right or wrong; wrong passes on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from quizzes.copies import replace
from quizzes.engine import Command, Event, Setting, Viewer
from quizzes.grammar import Format, Mechanic
from quizzes.mechanics import asking, buzzing
from quizzes.mechanics.floor import BUZZ, locked
from quizzes.mechanics.oral import LEAD_US
from quizzes.mechanics.secret import in_secret
from quizzes.refusals import N_
from quizzes.round_state.ask import Round
from quizzes.settings.values import half_points

SETTINGS: Mapping[str, Setting] = {
    "points": Setting("points", 10, N_("Điểm cho một câu đúng"), 1, 10_000),
    "wrong_penalty": Setting("points", 0, N_("Điểm trừ khi trả lời sai"), 0, 10_000),
    "seconds": Setting("whole", 15, N_("Thời gian bấm chuông (giây, 0 là không giới hạn)"), 0, 3600),
    **buzzing.SETTINGS,
    **asking.SETTINGS,
}


def open_question(state: Round, command: Command) -> Iterator[Event]:
    """Opens the question to everybody who has not tried yet. The moment is announced ahead, so that a slow line hears
    of it in time."""
    roll, later = asking.roll_of(command).but(locked(state)), replace(command, at=command.at + LEAD_US)
    yield asking.opened(state, later, BUZZ, state.settings["seconds"], roll=roll)


def right(state: Round) -> int:
    return half_points(state.settings["points"])


def wrong(state: Round) -> int:
    return -half_points(state.settings["wrong_penalty"])


def view(state: Round, viewer: Viewer) -> dict[str, Any]:
    return {name: state.settings[name] for name in ("points", "wrong_penalty")}


FORMAT = Format(
    key="buzzer",
    ground="lotus",
    title=N_("Bấm chuông giành quyền trả lời"),
    settings=SETTINGS,
    mechanics=(
        asking.asking(open_question, counted_in=False),
        buzzing.buzzing(right=right, wrong=wrong),
        in_secret(right, wrong),
        Mechanic(view=view),
    ),
    problems=asking.problems,
)
