"""Picking: one seat chooses one of several things before it is asked: a value, a package, a row.

A pick is an ask without a question. A seat that picks nothing gets a choice drawn by the seed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from quizzes.copies import replace
from quizzes.draws import Draws
from quizzes.engine import Command, Event, Graded
from quizzes.grammar import SIDE, Judged, Kind, Mechanic
from quizzes.mechanics.asking import opened
from quizzes.refusals import N_, Rejected
from quizzes.round_state.ask import REVEALED, Ask, Round

PICK = "pick"
LOT = N_("Thôi chờ, để máy bốc thăm")
Choices = Callable[[Round], Sequence[str]]


def pick(state: Round, command: Command, choices: Sequence[str], seconds: int = 0, kind: str = PICK) -> Event:
    """The seat whose turn it is chooses one of `choices`."""
    assert state.cast.turn is not None  # noqa: S101
    shown = [(choice, place) for place, choice in enumerate(choices)]
    return opened(state, command, kind, seconds, shown=shown, only=[state.cast.turn], asks_question=False)


def picking(name: str = PICK) -> Mechanic:
    """`name`: the kind of ask, where phones show it in a way of their own. Says `picked {no, seat, choice}`
    as soon as the pick is judged; the format says what follows."""

    def tell(state: Round, event: Event, command: Command) -> Iterator[Event]:
        if state.asks[event.data["no"]].kind == name:
            yield Event("picked", {"no": event.data["no"], "seat": state.cast.turn, "choice": event.data["choice"]})

    kind = Kind(_face, _read, lambda state, ask, choice: 0, _possible, _judge, part=SIDE, scored=False, ends_by=LOT)
    return Mechanic(kinds={name: kind}, after={"judged": tell}, changes={"picked": _picked})


def _face(state: Round, ask: Ask, lang: str) -> dict[str, Any]:
    options = [{"id": choice, "text": choice} for choice, _ in ask.shown]
    return {"type": "single", "text": "", "options": options}


def _read(state: Round, ask: Ask, raw: Any) -> str:
    if not isinstance(raw, str) or raw not in dict(ask.shown):
        raise Rejected("bad_choice")
    return raw


def _possible(state: Round, ask: Ask) -> list[Any]:
    return [choice for choice, _ in ask.shown]


def _judge(state: Round, ask: Ask, graded: Sequence[Graded], command: Command) -> Judged:
    drawn = Draws(state.setup.seed, PICK, ask.no).shuffled(_possible(state, ask))[0]
    return Judged(more={"choice": graded[0].choice if graded else drawn})


def _picked(state: Round, data: Mapping[str, Any]) -> Round:
    """Makes the pick public; the question then waits to be opened."""
    return state.with_ask(replace(state.asks[data["no"]], status=REVEALED), phase="ready")
