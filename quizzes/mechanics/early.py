"""Early: whoever presses the bell ahead of the signal has no part in that question.

While a question waits for its signal the bell lies on the contestants' phones already; the format opens the buzzers to
those who waited.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from quizzes.engine import CONTESTANT, Command, Event, Setting, Viewer
from quizzes.grammar import Mechanic, Move
from quizzes.refusals import N_
from quizzes.round_state.ask import Round

EARLY = "early"
SETTING = Setting("flag", True, N_("Bấm chuông trước hiệu lệnh thì mất quyền ở câu đó"))


@dataclass(frozen=True)
class Early:
    seats: tuple[int, ...] = ()
    """The seats that pressed ahead of the signal of the present question."""


def who_waited(state: Round) -> list[int]:
    """The contestants who may buzz: a bell pressed ahead of the signal costs the whole team the question."""
    gone = state.cast.mates(state.of(Early).seats)
    return [seat for seat in state.cast.order if seat not in gone]


def forfeiting() -> Mechanic:
    """Makes the mechanic, which says `forfeited {seat}`. Of bots one is early, at the first question: a rehearsal shows
    it once."""
    pressed = Move(frozenset({CONTESTANT}), press, when=forfeits, tries=once)
    return Mechanic(
        keeps=Early(),
        moves={"ready": {EARLY: pressed}},
        changes={"forfeited": _forfeited, "ready": lambda state, data: state.keeping(Early())},
        group=group,
        view=view,
    )


def forfeits(state: Round) -> bool:
    return bool(state.settings.get(EARLY, SETTING.default))


def once(state: Round) -> Iterable[Mapping[str, Any]]:
    return () if state.question or state.of(Early).seats else ({},)


def press(state: Round, command: Command) -> Iterator[Event]:
    """Forfeits the question; pressing again adds nothing."""
    if command.actor.seat not in state.of(Early).seats:
        yield Event("forfeited", {"seat": command.actor.seat})


def _forfeited(state: Round, data: Mapping[str, Any]) -> Round:
    return state.keeping(Early((*state.of(Early).seats, data["seat"])))


def group(state: Round, seat: int) -> str:
    waits = state.phase in ("ready", "open", "answering")
    return EARLY if waits and seat in state.cast.mates(state.of(Early).seats) else ""


def view(state: Round, viewer: Viewer) -> dict[str, Any]:
    seats = list(state.of(Early).seats)
    return {EARLY: seats, "seats": seats} if seats else {}
