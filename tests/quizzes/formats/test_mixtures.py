"""Formats that nobody ships, of mechanics in unusual mixtures: each keeps every promise that the shipped ones keep."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any

import pytest

from quizzes.engine import AUDIENCE, OUT, PLAYER, Command, Event, Setting
from quizzes.formats import FORMATS
from quizzes.grammar import Format, Mechanic
from quizzes.mechanics import asking, lifelines
from quizzes.mechanics.asking import opened, ready
from quizzes.mechanics.boards import boards
from quizzes.mechanics.buzzing import REOPEN, buzzing
from quizzes.mechanics.elimination import elimination, not_right
from quizzes.mechanics.floor import BUZZ
from quizzes.mechanics.oral import aloud, ask_aloud, spoken
from quizzes.mechanics.parts import parts, without_taken
from quizzes.mechanics.picking import PICK, pick, picking
from quizzes.mechanics.playing_along import ALONG_SETTING, playing_along
from quizzes.mechanics.stakes import stakes
from quizzes.mechanics.steal import stealing
from quizzes.mechanics.turns import in_order, turn_of, turns
from quizzes.mechanics.voting import voting
from quizzes.questions.contract import FULL
from quizzes.round_state.ask import Round
from quizzes.round_state.cast import contestants, the_room_plays
from tests.quizzes.formats import test_every_format, test_every_phase

SECONDS = Setting("whole", 5, "Giây", 1, 60)


def next_in_turn(state: Round, command: Command) -> Iterator[Event]:
    if state.question + 1 >= len(state.setup.questions) or not state.cast.order:
        yield Event("done")
        return
    waiting = in_order(state) or [state.cast.order[(state.question + 1) % len(state.cast.order)]]
    yield turn_of(waiting[0], command)
    yield ready(state, command)


def ask_the_turn(state: Round, command: Command) -> Iterator[Event]:
    assert state.cast.turn is not None
    yield opened(state, command, "question", 10, take="last", only=[state.cast.turn])


def ask_the_floor(state: Round, command: Command) -> Iterator[Event]:
    yield opened(state, command, "question", 10, to=[PLAYER])


def was_asked(state: Round, kind: str) -> bool:
    return any(ask.kind == kind and ask.during == state.question for ask in state.asks.values())


def pick_first(state: Round, event: Event, command: Command) -> Iterator[Event]:
    if not was_asked(state, PICK):
        yield pick(state, command, ["10", "20"])


def a_buzzer_beside(state: Round, event: Event, command: Command) -> Iterator[Event]:
    if event.data["kind"] == "question" and not was_asked(state, BUZZ):
        yield opened(state, command, BUZZ, 10, to=[PLAYER])


def worth(state: Round, index: int) -> int:
    return 20


def whole(**declared: Any) -> Format:
    settings = {**declared.pop("settings", {}), **asking.SETTINGS}
    return Format(title="Thử", settings=settings, problems=asking.problems, **declared)


ALOUD = whole(
    key="aloud_only",
    cast=lambda setup: contestants(setup, 3),
    mechanics=(
        asking.asking(lambda state, command: [ask_aloud(state, command)], then=next_in_turn),
        turns(),
        aloud(lambda state, ask: 3, earns=lambda state, share: 20 if share == FULL else 0),
        spoken(),
        boards(),
    ),
)
"""Nothing but questions read out: no ask has a deadline of its own."""
EVERYTHING = whole(
    key="everything_at_once",
    settings={"steal_seconds": SECONDS, "along": ALONG_SETTING, **lifelines.SETTINGS},
    cast=lambda setup: contestants(setup, 3),
    fixed={"after_wrong": REOPEN, "attempts": 3},
    mechanics=(
        asking.asking(ask_the_turn, then=next_in_turn, options=without_taken),
        turns(),
        picking(),
        stakes(),
        parts(),
        lifelines.lifelines(),
        voting(),
        buzzing(right=lambda state: 20, wrong=lambda state: -10, by_hand=False),
        stealing(takes=lambda state: 20),
        playing_along(worth=worth, options=without_taken),
        boards(),
        Mechanic(after={"ready": pick_first}),
    ),
)
"""A pick, a star, lifelines, a vote of the room and a steal that opens the buzzers again, all at one question."""
TWO_ASKS = whole(
    key="two_asks",
    settings={"seconds": SECONDS, "along": ALONG_SETTING},
    cast=the_room_plays,
    mechanics=(
        asking.asking(ask_the_floor),
        elimination(lambda state, ask: not_right(ask)),
        buzzing(right=lambda state: 5, wrong=lambda state: -3, by_hand=False),
        playing_along(worth=worth, roles=[OUT, AUDIENCE]),
        boards(),
        Mechanic(after={"opened": a_buzzer_beside}),
    ),
)
"""A question and a buzzer that are open together, on a floor from which people fall."""
MIXTURES = {one.key: one for one in (ALOUD, EVERYTHING, TWO_ASKS)}
PROMISES = {
    name: promise
    for module in (test_every_format, test_every_phase)
    for name, promise in inspect.getmembers(module, inspect.isfunction)
    if name.startswith("test_") and "fmt" in inspect.signature(promise).parameters
}


@pytest.mark.parametrize("promise", PROMISES)
@pytest.mark.parametrize("key", MIXTURES)
def test_a_mixture_keeps_the_promise(key: str, promise: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(FORMATS, key, MIXTURES[key])
    tried = PROMISES[promise]
    seeds = [{"seed": seed} for seed in range(2)] if "seed" in inspect.signature(tried).parameters else [{}]
    for one in seeds:
        tried(MIXTURES[key], **one)
