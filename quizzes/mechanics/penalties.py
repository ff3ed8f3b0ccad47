"""Penalties that let nobody fall below nothing: each is as large as what the seat had then."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from quizzes.anew import Anew
from quizzes.copies import replace
from quizzes.grammar import Mechanic
from quizzes.mechanics.floor import BUZZ, UNSEEN, as_of
from quizzes.mechanics.verdicts import verdicts
from quizzes.round_state.ask import VOID, Ask, Result, Round


def bounded(penalty: Callable[[Round], int]) -> Mechanic:
    """Makes the mechanic, which stands on `buzzing`. Where other scores come about later, by a correction or a void
    question of this round or of an earlier one, each penalty is what it would have been. `penalty`: (state) ->
    half-points, as `wrong` of `buzzing`."""

    def rescores(before: Round, after: Round) -> Mapping[int, Mapping[int, Result]]:
        found: dict[int, Mapping[int, Result]] = {}
        for no in sorted(after.asks):
            ask, results = after.asks[no], dict(after.asks[no].results)
            for seat in heard(after, ask) if no in before.asks else ():
                was, now = (penalty(as_of(state, ask, seat)) for state in (before, after))
                if was != now and before.asks[no].results.get(seat) == results[seat] == (was, 0, 0):
                    results[seat] = (now, 0, 0)
            if results != ask.results:
                found[no] = results
                after = after.with_ask(replace(ask, results=results))
        return found

    return Mechanic(anew=Anew(rescores=rescores))


def heard(state: Round, ask: Ask) -> list[int]:
    """The seats whose answer was heard or read in this opening, and counts."""
    if ask.kind not in (BUZZ, UNSEEN) or ask.status == VOID:
        return []
    return verdicts(state, ask) if ask.kind == BUZZ else list(ask.results)
