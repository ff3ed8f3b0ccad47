"""The rules of the grammar itself, whatever a format is made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from quizzes.engine import HOST, Actor, Command, Event
from quizzes.formats import FORMATS
from quizzes.grammar import Mechanic, Setup
from quizzes.round_state.ask import Round
from quizzes.rounds import decide
from tests.quizzes.people import ROOM, single


def test_two_pieces_that_answer_each_other_for_ever_are_stopped() -> None:
    def answered(state: Round, event: Event, command: Command) -> Iterator[Event]:
        yield Event("pong" if event.name == "ping" else "ping")

    silent = {name: lambda state, data: state for name in ("ping", "pong")}
    one = Mechanic(after={"ready": answered, "pong": answered}, changes=silent)
    other = Mechanic(after={"ping": answered}, changes=silent)
    speed = FORMATS["speed"]
    fmt = replace(speed, mechanics=(*speed.mechanics, one, other))
    settings = {name: setting.default for name, setting in fmt.settings.items()}
    state = fmt.begin(Setup(0, (single(1),), settings, "hạt"))
    with pytest.raises(RuntimeError, match="for ever"):
        decide(fmt, state, Command("advance", Actor(HOST), 0, {"roll": ROOM}))
