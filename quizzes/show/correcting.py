"""A corrected verdict in the state of a show: the results as they should have been, and what other scores changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from quizzes.anew import STANDS
from quizzes.copies import replace
from quizzes.engine import Event
from quizzes.mechanics.evolving import results_of
from quizzes.mechanics.verdicts import CORRECTED
from quizzes.questions.contract import FULL
from quizzes.round_state.ask import REVEALED, VOID, Ask, Result
from quizzes.show.changes import with_change
from quizzes.show.placing import Fold, with_carried, with_places
from quizzes.show.state import ShowState, Void

Nth = Callable[[ShowState, int, int], int]
"""(state, round, question) -> the number under which people know it, from 1."""


def is_right(ask: Ask, seat: int) -> bool:
    return ask.results.get(seat, (0, 0, 0))[1] == FULL


def verdicts_told(state: ShowState) -> list[tuple[Ask, int, bool]]:
    """(opening, seat, right) of every verdict on the question being played, or played last, and in the openings that
    stand beside questions."""
    played = state.round
    if played is None:
        return []
    asked = (ask for ask in played.asks.values() if ask.status != VOID)
    near = [ask for ask in asked if ask.standing or ask.during == played.question]
    return verdicts_of(state, len(state.rounds) - 1, near)


def verdicts_before(state: ShowState, nth: Nth) -> list[dict[str, Any]]:
    """The other verdicts of the show, the last first: `round` and `question` count from 1, as people count them; of an
    opening that stood beside questions `question` is None."""
    last, now = len(state.rounds) - 1, state.round.question if state.round else -1
    before = (
        (index, ask)
        for index, ask in state.openings()
        if ask.status != VOID and (index, ask.during) != (last, now) and not (index == last and ask.standing)
    )
    told = [_told(state, nth, index, said) for index, ask in before for said in verdicts_of(state, index, [ask])]
    return told[::-1]


def _told(state: ShowState, nth: Nth, index: int, said: tuple[Ask, int, bool]) -> dict[str, Any]:
    ask, seat, right = said
    question = None if ask.standing else nth(state, index, ask.during)
    return {"no": ask.no, "seat": seat, "right": right, "round": index + 1, "question": question}


def verdicts_of(state: ShowState, index: int, asks: list[Ask]) -> list[tuple[Ask, int, bool]]:
    kinds, played = state.format_of(index).kinds, state.rounds[index]
    return [(ask, seat, is_right(ask, seat)) for ask in asks for seat in kinds[ask.kind].verdicts(played, ask)]


def has_verdicts(state: ShowState) -> bool:
    return any(ask.status != VOID and verdicts_of(state, index, [ask]) for index, ask in state.openings())


def corrections_told(state: ShowState, nth: Nth) -> dict[str, Any]:
    """Verdicts that were made right during the question being played, or on its answers: everybody is told what
    followed, and the shell says why."""
    here = [state.index, state.round.question if state.round else -1]
    told = [
        {name: one.data[name] for name in ("no", "seat", "right", "reason_ref")}
        | _elsewhere(state, nth, one.data["no"])
        | consequences(state, one.data)
        for one in state.changes
        if one.what == CORRECTED and (one.data.get("during") == here or _question_of(state, one.data["no"]) == here)
    ]
    return {"corrected": told} if told else {}


def consequences(state: ShowState, data: Mapping[str, Any]) -> dict[str, Any]:
    """The rest after a correction: the sentences of what stays, and how many other questions are void."""
    own = _question_of(state, data["no"])
    others = {tuple(one) for no in data.get("voids", ()) if (one := _question_of(state, no)) not in (own, [])}
    told = {"stands": [STANDS[what] for what in data.get("stands", ())], "others": len(others)}
    return {name: value for name, value in told.items() if value}


def _elsewhere(state: ShowState, nth: Nth, no: int) -> dict[str, int]:
    """The question a correction is about, where another one is on the screens; its `round`, where that is another."""
    found = state.opening(no)
    now = state.round.question if state.round else -1
    if found is None or found[1].standing or (found[0], found[1].during) == (state.index, now):
        return {}
    index, ask = found
    return {"question": nth(state, index, ask.during)} | ({"round": index + 1} if index != state.index else {})


def _question_of(state: ShowState, no: int) -> list[int]:
    found = state.opening(no)
    return [found[0], found[1].during] if found else []


def corrected(state: ShowState, event: Event, at: int) -> ShowState:
    """The results as they should have been; the table follows where they were public already."""
    found = state.opening(event.data["no"])
    if found is None:
        return state
    index, _ask = found
    before, void = state.rounds[index], dict(state.void)
    after = state.format_of(index).evolve(before, event)
    for no in event.data["voids"]:
        void[no] = Void(no, index, before.asks[no].during, CORRECTED, event.data.get("reason_ref"))
    moved = [int(no) for no in (event.data["no"], *event.data["voids"], *event.data.get("others", ()))]
    table = state.table
    kinds = state.format_of(index).kinds
    for no in (no for no in moved if before.asks[no].status == REVEALED and kinds[before.asks[no].kind].scored):
        table = table.plus([before.asks[no].results], sign=-1)
        table = table if after.asks[no].status == VOID else table.plus([after.asks[no].results])
    changed = [*state.rounds[:index], after, *state.rounds[index + 1 :]]
    moved_on = replace(state, finished=tuple(changed[:-1]), round=changed[-1], table=table, void=void)
    return with_change(state, with_places(moved_on, event.data["no"]), event, at)


def with_results(state: ShowState, index: int, results: Mapping[int, Mapping[int, Result]]) -> ShowState:
    """The state with other results of openings of a round; what is public moves the table and the rounds after it."""
    fmt, played = state.format_of(index), state.rounds[index]
    table, asks = state.table, dict(played.asks)
    for no, one in results.items():
        if asks[no].status == REVEALED and fmt.kinds[asks[no].kind].scored:
            table = table.plus([asks[no].results], sign=-1).plus([one])
        asks[no] = replace(asks[no], results=one)
    changed = [*state.rounds[:index], replace(played, asks=asks), *state.rounds[index + 1 :]]
    after = replace(state, finished=tuple(changed[:-1]), round=changed[-1], table=table)
    return with_carried(state, after, index + 1)


def with_later(change: Fold) -> Fold:
    """The same change, and the results that other scores have changed since: `later` {round: {opening: results}}."""

    def changed(state: ShowState, event: Event, at: int) -> ShowState:
        after = change(state, event, at)
        for index, asks in event.data.get("later", {}).items():
            after = with_results(after, int(index), {int(no): results_of(one) for no, one in asks.items()})
        return after

    return changed
