"""Ranks by more than points: what a format places first, the order among equal ones, and the scores that rounds begin
from, whenever one of them changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import chain

from quizzes.copies import replace
from quizzes.engine import Event
from quizzes.round_state.ask import REVEALED, Round
from quizzes.show.state import ShowState

Fold = Callable[[ShowState, Event, int], ShowState]


def with_places(state: ShowState, no: int | None = None) -> ShowState:
    """The table as the round ranks. A reveal, a void or a correction (of `no`) may change the order."""
    ranked = state.format.places if no is None or no in state.playing.asks else None
    places = ranked(state.playing) if ranked else state.table.places
    return replace(state, table=replace(state.table, places=places, orders=orders(state)))


def orders(state: ShowState) -> Mapping[int, int]:
    """The order among equal ones, by every round that decided between some since points were given last."""
    found: Mapping[int, int] = {}
    for index, played in reversed(list(enumerate(state.rounds))):
        fmt = state.format_of(index)
        if fmt.orders:
            found = {**fmt.orders(played), **found}
        elif fmt.scored and any(ask.status == REVEALED and fmt.kinds[ask.kind].scored for ask in played.asks.values()):
            return found
    return found


def carried_on(change: Fold) -> Fold:
    """The same change of an opening, or of a score; the rounds that began from the scores before it begin from those
    after it."""

    def changed(state: ShowState, event: Event, at: int) -> ShowState:
        after = change(state, event, at)
        found = state.opening(event.data["no"]) if "no" in event.data else (len(state.rounds) - 2, None)
        return after if found is None else with_carried(state, after, found[0] + 1)

    return changed


def with_carried(state: ShowState, after: ShowState, first: int) -> ShowState:
    """The rounds from `first` on with what has changed in the table."""
    was, now = state.table.scores, after.table.scores
    moved = {seat: now.get(seat, 0) - was.get(seat, 0) for seat in chain(was, now)}
    moved = {seat: half for seat, half in moved.items() if half}
    if not moved or after.round is None:
        return after
    rounds = [_begun_from(one, moved) if index >= first else one for index, one in enumerate(after.rounds)]
    return replace(after, finished=tuple(rounds[:-1]), round=rounds[-1])


def _begun_from(played: Round, moved: Mapping[int, int]) -> Round:
    carried = played.setup.carried
    scores = {**carried.scores, **{seat: carried.scores.get(seat, 0) + half for seat, half in moved.items()}}
    return replace(played, setup=replace(played.setup, carried=replace(carried, scores=scores)))
