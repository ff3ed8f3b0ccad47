"""The promise tests turn red where they should: three sabotaged formats."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pytest

from quizzes.engine import AUDIENCE, CONTESTANT, TURN, Event, Viewer
from quizzes.formats import FORMATS
from quizzes.grammar import Format, Mechanic, Move
from quizzes.mechanics.parts import can_be_halved, halved
from quizzes.refusals import Rejected
from quizzes.round_state.ask import OPEN, Round
from tests.quizzes.formats import test_every_format as promises


def sabotaged(fmt: Format, **changes: Any) -> Format:
    """With one piece more, that stands last and so has the last word."""
    return replace(fmt, mechanics=(*fmt.mechanics, Mechanic(**changes)))


def turns_red(promise: Callable[..., None], fmt: Format, monkeypatch: pytest.MonkeyPatch, *seeds: int) -> bool:
    monkeypatch.setitem(FORMATS, fmt.key, fmt)
    for seed in seeds or (None,):
        try:
            promise(fmt, seed) if seed is not None else promise(fmt)
        except AssertionError:
            return True
    return False


@dataclass(frozen=True)
class Gone:
    options: tuple[str, ...] = ()


def test_a_fifty_fifty_behind_the_back_of_the_leak_test(monkeypatch: pytest.MonkeyPatch) -> None:
    """The options vanish by an event of its own that says nothing of what it shows."""

    def can_halve(state: Round) -> bool:
        ask = state.newest("question")
        return ask is not None and ask.status == OPEN and can_be_halved(state, ask) and not state.of(Gone).options

    def fifty(state: Round, command: Any) -> Iterator[Event]:
        ask = state.newest("question")
        assert ask is not None
        yield Event("halved", {"gone": halved(state, ask).data["parts"]})

    def vanished(state: Round, data: Mapping[str, Any]) -> Round:
        return state.keeping(Gone(tuple(data["gone"])))

    def view(state: Round, viewer: Viewer) -> dict[str, Any]:
        return {"gone": list(state.of(Gone).options)}

    leaky = sabotaged(
        FORMATS["finish"],
        keeps=Gone(),
        moves={"open": {"fifty": Move(frozenset({TURN}), fifty, when=can_halve)}},
        changes={"halved": vanished},
        view=view,
    )
    assert turns_red(
        promises.test_nothing_public_depends_on_a_key_before_its_reveal, leaky, monkeypatch, *range(promises.ALL)
    )


def test_a_group_that_walks_the_hall(monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(state: Round, seat: int) -> str:
        standing = [one for one in state.cast.room if state.cast.role(one) != AUDIENCE]
        return "" if seat in standing else "dark"

    monkeypatch.setattr(promises, "HALLS", (30, 300))
    promise = promises.test_a_hall_of_5000_is_regrouped_with_as_many_looks_for_each_seat_as_one_of_500
    assert turns_red(promise, sabotaged(FORMATS["golden_bell"], group=slow), monkeypatch)


def test_an_act_offered_to_a_seat_that_may_not_make_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def only_the_turn(state: Round, command: Any) -> list[Event]:
        """The format refuses by itself what the table offers."""
        if command.actor.seat != state.cast.turn:
            raise Rejected("not_yours")
        return []

    offered = sabotaged(FORMATS["finish"], moves={"open": {"wave": Move(frozenset({CONTESTANT, TURN}), only_the_turn)}})
    promise = promises.test_what_is_offered_to_a_seat_is_accepted_from_it_and_nothing_else_is
    assert turns_red(promise, offered, monkeypatch)
