"""The promise tests turn red where they should: a sabotaged format for each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pytest

from quizzes.engine import AUDIENCE, CONTESTANT, HOST, TURN, Event, Viewer
from quizzes.formats import FORMATS
from quizzes.grammar import Clock, Format, Mechanic, Move
from quizzes.mechanics.parts import can_be_halved, halved
from quizzes.refusals import Rejected
from quizzes.round_state.ask import OPEN, Round
from tests.quizzes.formats import test_every_format as promises
from tests.quizzes.formats import test_every_phase as phases


def sabotaged(fmt: Format, **changes: Any) -> Format:
    """With one piece more, that stands last and so has the last word."""
    return replace(fmt, mechanics=(*fmt.mechanics, Mechanic(**changes)))


def turns_red(promise: Callable[..., None], fmt: Format, monkeypatch: pytest.MonkeyPatch, *seeds: int) -> bool:
    monkeypatch.setitem(FORMATS, fmt.key, fmt)
    for seed in seeds or (None,):
        try:
            promise(fmt, seed) if seed is not None else promise(fmt)
        except (AssertionError, Rejected, KeyError):
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


@dataclass(frozen=True)
class Kept:
    value: int = 0


def outside(counted: list[int]) -> Format:
    """Its state knows how often this process folded an event, which no journal tells."""

    def count(state: Round, data: Mapping[str, Any]) -> Round:
        counted.append(1)
        return state.keeping(Kept(len(counted)))

    return sabotaged(FORMATS["speed"], keeps=Kept(), changes={"opened": count})


def test_a_memory_that_outlives_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    assert turns_red(promises.test_the_journal_alone_rebuilds_the_show, outside([]), monkeypatch, 0)
    killed = phases.test_every_phase_is_paused_undone_voided_and_killed_and_the_end_is_reached
    assert turns_red(killed, outside([]), monkeypatch)


def test_a_clock_that_runs_on_in_a_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    def due(state: Round) -> int | None:
        return state.of(Kept).value or None

    def wound(state: Round, data: Mapping[str, Any]) -> Round:
        return state.keeping(Kept(data["opens_at"] + 1_000_000))

    stubborn = sabotaged(
        FORMATS["speed"],
        keeps=Kept(),
        changes={"opened": wound, "closing": lambda state, data: state.keeping(Kept())},
        clocks=(Clock(due, lambda state, command: ()),),
    )
    killed = phases.test_every_phase_is_paused_undone_voided_and_killed_and_the_end_is_reached
    assert turns_red(killed, stubborn, monkeypatch)
    moments = promises.test_every_moment_can_be_paused_undone_voided_and_replayed
    assert turns_red(moments, stubborn, monkeypatch, *range(4))


def test_a_phase_from_which_no_advance_leads_on(monkeypatch: pytest.MonkeyPatch) -> None:
    shut = sabotaged(
        FORMATS["speed"],
        moves={"closed": {"advance": Move(frozenset({HOST}), lambda state, command: (), when=lambda state: False)}},
    )
    assert turns_red(promises.test_advance_alone_reaches_the_end_whatever_happened_before, shut, monkeypatch, 0)


def test_points_that_come_after_the_reveal(monkeypatch: pytest.MonkeyPatch) -> None:
    """A result that is changed once it is public stands in no table."""

    def generous(state: Round, data: Mapping[str, Any]) -> Round:
        given = {no: replace(ask, results={1: (2, 0, 0)}) for no, ask in state.asks.items()}
        return replace(state, asks=given)

    late = sabotaged(FORMATS["speed"], changes={"ready": generous})
    assert turns_red(promises.test_points_are_the_sum_of_what_was_revealed, late, monkeypatch, *range(4))


def test_a_screen_that_is_no_json(monkeypatch: pytest.MonkeyPatch) -> None:
    odd = sabotaged(FORMATS["speed"], view=lambda state, viewer: {"pair": (1, 2)})
    assert turns_red(promises.test_every_screen_is_json_in_both_languages_at_every_moment, odd, monkeypatch, 0)


def test_a_move_that_trusts_its_arguments(monkeypatch: pytest.MonkeyPatch) -> None:
    def trusting(state: Round, command: Any) -> list[Event]:
        return [Event("extended", {"no": command.args["no"], "closes_at": 0})]

    naive = sabotaged(FORMATS["speed"], moves={"open": {"trust": Move(frozenset({HOST}), trusting, {"no": "whole"})}})
    assert turns_red(promises.test_hostile_arguments_are_refused_and_never_a_crash, naive, monkeypatch, 0, 1)


def test_an_act_that_nobody_ever_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    dead = sabotaged(
        FORMATS["closest"],
        moves={"open": {"wave": Move(frozenset({HOST}), lambda state, command: (), when=lambda state: False)}},
    )
    assert turns_red(promises.test_every_act_is_given_at_least_once_by_a_seat_that_may, dead, monkeypatch)


def test_a_key_on_everybodys_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever shows the key at once is told by the twins, in each language."""
    open_book = sabotaged(
        FORMATS["speed"], view=lambda state, viewer: {"answer": [dict(one)["answer"] for one in state.setup.questions]}
    )
    assert turns_red(promises.test_nothing_public_depends_on_a_key_before_its_reveal, open_book, monkeypatch, 0)
