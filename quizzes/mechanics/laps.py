"""Laps: a turn of several questions, asked one after another; a lap with a time of its own goes on by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from quizzes.engine import SECOND, Command, Event, Viewer
from quizzes.grammar import Mechanic
from quizzes.mechanics.asking import ready
from quizzes.mechanics.floor import BUZZ, UNSEEN
from quizzes.mechanics.oral import ORAL
from quizzes.mechanics.turns import Turns, clock_of_turn
from quizzes.questions.contract import FULL
from quizzes.round_state.ask import REVEALED, Round

OWN, COMMON = "own", "common"
"""The slots of questions for turns alone and for the turn of all."""
MOST_LAMPS = 12  # questions of a turn that are shown one by one


@dataclass(frozen=True)
class Lap:
    began: int = 0
    """The question with which the present turn begins."""
    common: int = 0
    """How many common turns there were."""


def slot_of(state: Round) -> str:
    """The slot whose questions the present turn has."""
    return COMMON if state.of(Lap).common else OWN


def following(state: Round, slot: str) -> int | None:
    """The next question of own or of common turns; None where there is no other: a slot keeps its questions."""
    questions = state.setup.slot(slot)
    index = max(state.question + 1, questions.start)
    return index if index < questions.stop else None


def announced(state: Round, command: Command, slot: str = "") -> Event:
    """The next question of a slot, or of that of the present turn; there must be one."""
    event = ready(state, command)
    return Event(event.name, {**event.data, "question": following(state, slot or slot_of(state))})


def goes_on(state: Round, questions: int) -> bool:
    """True when the present turn has another question."""
    asked = state.question + 1 - state.of(Lap).began
    if state.question < 0 or state.of(Turns).ended or following(state, slot_of(state)) is None:
        return False
    return asked < questions


def finish_the_question(state: Round, command: Command) -> Iterator[Event]:
    """Ends the time of a turn. The question that is being asked is still played to its end."""
    yield clock_of_turn(None)


def laps(questions: Callable[[Round], int], seconds: Callable[[Round], int]) -> Mechanic:
    """`questions` of the present turn; its `seconds` as a whole, 0 where each question has its own."""

    def start_the_clock(state: Round, event: Event, command: Command) -> Iterator[Event]:
        """A turn with a time of its own runs from the reading of its first question."""
        turn, of = state.of(Turns), seconds(state)
        if event.data["kind"] in (ORAL, BUZZ) and of and turn.until is None and not turn.ended:
            yield clock_of_turn(command.at + of * SECOND)

    def hurry(state: Round, event: Event, command: Command) -> Iterator[Event]:
        """While the clock of a turn runs, a question follows the verdict of the one before."""
        if state.of(Turns).until is not None and goes_on(state, questions(state)):
            event = announced(state, command)
            yield Event(event.name, {**event.data, "at_once": True})

    def view(state: Round, viewer: Viewer) -> dict[str, Any]:
        timed = seconds(state)
        return {
            "lamps": lamps(state),
            "of": 0 if timed else min(questions(state), MOST_LAMPS),
            "turn_seconds": timed,
            "turn_until": state.of(Turns).until,
        }

    return Mechanic(
        keeps=Lap(), after={"opened": start_the_clock, "revealed": hurry}, changes={"turn": _begin}, view=view
    )


def _begin(state: Round, data: Mapping[str, Any]) -> Round:
    common = data["seat"] is None
    began = following(state, COMMON if common else OWN)
    return state.keeping(Lap(state.question + 1 if began is None else began, state.of(Lap).common + common))


def lamps(state: Round) -> list[str]:
    """The lamps of the present turn, one for each question: yes, no, now, or nothing yet."""
    lap = state.of(Lap)
    known = []
    for index in range(lap.began, state.question + 1):
        asks = [ask for ask in state.of_question(index) if ask.kind in (ORAL, BUZZ, UNSEEN)]
        shown = [ask for ask in asks if ask.status == REVEALED]
        right = any(share == FULL for ask in shown for _, share, _ in ask.results.values())
        known.append(("yes" if right else "no") if shown else "now" if index == state.question else "void")
    return known
