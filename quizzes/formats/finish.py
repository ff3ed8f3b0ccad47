"""Về đích: each contestant picks what three questions are worth; what it cannot answer, the others may steal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from quizzes.engine import Command, Event, Setting, Viewer
from quizzes.grammar import Format, Mechanic
from quizzes.mechanics import asking
from quizzes.mechanics.ask import LAST, Round
from quizzes.mechanics.asking import asking as questions
from quizzes.mechanics.asking import opened, ready
from quizzes.mechanics.boards import boards
from quizzes.mechanics.buzzing import CLOSE, buzzing
from quizzes.mechanics.buzzing import SETTINGS as BUZZING
from quizzes.mechanics.cast import contestants
from quizzes.mechanics.parts import parts
from quizzes.mechanics.picking import pick, picking
from quizzes.mechanics.playing_along import ALONG_SETTING, playing_along
from quizzes.mechanics.stakes import Stakes, has_star, judge, stakes, value
from quizzes.mechanics.steal import stealing
from quizzes.mechanics.turns import Turns, best_first, turn_of, turns
from quizzes.refusals import N_

SETTINGS: Mapping[str, Setting] = {
    "contestants": Setting("whole", 4, N_("Số thí sinh"), 1, 10),
    "each": Setting("whole", 3, N_("Số câu của mỗi thí sinh"), 1, 10),
    "values": Setting("numbers", (20, 30), N_("Các mức điểm để chọn"), 1, 1000),
    "seconds": Setting("whole", 20, N_("Thời gian trả lời (giây)"), 1, 600),
    "steal_seconds": Setting("whole", 5, N_("Thời gian giành quyền trả lời (giây)"), 1, 60),
    "answer_seconds": BUZZING["answer_seconds"],
    "tie": BUZZING["tie"],
    "along": ALONG_SETTING,
    **asking.SETTINGS,
}


def next_question_or_turn(state: Round, command: Command) -> Iterator[Event]:
    """The contestant's next question; after the last of them whoever stands best of those who wait."""
    had, waiting = state.of(Turns).had, best_first(state)
    turn_is_over = state.question + 1 >= len(had) * state.settings["each"]
    if state.question + 1 >= len(state.setup.questions) or (turn_is_over and not waiting):
        yield Event("done")
        return
    if turn_is_over:
        yield turn_of(waiting[0], command)
    yield ready(state, command)


def let_pick(state: Round, event: Event, command: Command) -> Iterator[Event]:
    """The question is announced; then its contestant says what it shall be worth, once."""
    if state.question not in state.of(Stakes).values:
        yield pick(state, command, [str(one) for one in state.settings["values"]] or ["10"])


def ask_the_turn(state: Round, command: Command) -> Iterator[Event]:
    assert state.cast.turn is not None  # noqa: S101
    yield opened(state, command, "question", state.settings["seconds"], take=LAST, only=[state.cast.turn])


def stolen(state: Round) -> int:
    """A thief takes the value from who failed. With the star it is lost already."""
    return 0 if has_star(state, state.question) else value(state, state.question)


def view(state: Round, viewer: Viewer) -> dict[str, Any]:
    """How far the turn has come."""
    each = state.settings["each"]
    return {"nth": state.question % each + 1, "each": each}


FORMAT = Format(
    key="finish",
    title=N_("Về đích"),
    settings=SETTINGS,
    mechanics=(
        questions(ask_the_turn, then=next_question_or_turn, judge=judge),
        turns(),
        picking(),
        stakes(),
        parts(),
        buzzing(
            right=lambda state: value(state, state.question), wrong=lambda state: -value(state, state.question) // 2
        ),
        stealing(takes=stolen),
        playing_along(worth=value),
        boards(lambda state, seat: {"star": state.of(Stakes).stars.get(seat) == state.question}),
        Mechanic(after={"ready": let_pick}, view=view),
    ),
    cast=lambda setup: contestants(setup, setup.settings["contestants"]),
    fixed={"attempts": 1, "after_wrong": CLOSE},
    worth=value,
    keeps_contestants=True,
    problems=asking.problems,
)
