"""Pairs: at some questions the floor stands two by two, drawn by the seed, and a pair stands or falls together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from quizzes.draws import Draws
from quizzes.engine import Command, Event
from quizzes.grammar import Mechanic
from quizzes.round_state.ask import Ask, Round


@dataclass(frozen=True)
class Pairs:
    no: int = 0
    of: Mapping[int, int] = field(default_factory=dict)
    """seat -> the other of its pair, at opening `no`."""


def pairing(when: Callable[[Round, Ask], bool], kind: str = "question") -> Mechanic:
    """Makes the mechanic. `when` is True for an opening that is played in pairs. An odd floor is not paired."""

    def pair(state: Round, event: Event, command: Command) -> Iterator[Event]:
        ask = state.asks[event.data["no"]]
        if ask.kind == kind and len(ask.roll) > 1 and len(ask.roll) % 2 == 0 and when(state, ask):
            drawn = Draws(state.setup.seed, "pairs", ask.no).shuffled(list(ask.roll))
            yield Event("paired", {"no": ask.no, "pairs": [drawn[at : at + 2] for at in range(0, len(drawn), 2)]})

    def me(state: Round, seat: int) -> dict[str, Any]:
        other = state.of(Pairs).of.get(seat)
        shown = other is not None and state.phase in ("open", "closed", "revealed")
        return {"partner": other} if shown and state.asks[state.of(Pairs).no].during == state.question else {}

    return Mechanic(keeps=Pairs(), after={"opened": pair}, changes={"paired": _paired}, me=me)


def with_partners(state: Round, ask: Ask, seats: Iterable[int]) -> set[int]:
    """These seats and, where the opening was one of pairs, the others of their pairs."""
    pairs, chosen = state.of(Pairs), set(seats)
    return chosen | ({pairs.of[seat] for seat in chosen if seat in pairs.of} if pairs.no == ask.no else set())


def _paired(state: Round, data: Mapping[str, Any]) -> Round:
    pairs = [(a, b) for a, b in data["pairs"]]
    return state.keeping(Pairs(data["no"], dict(pairs) | {b: a for a, b in pairs}))
