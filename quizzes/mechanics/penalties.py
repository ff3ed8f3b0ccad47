"""Penalties that let nobody fall below nothing: each is as large as what the seat had then."""

from __future__ import annotations

from collections.abc import Callable

from quizzes.copies import replace
from quizzes.grammar import Mechanic, Results
from quizzes.mechanics.floor import BUZZ, UNSEEN, as_of
from quizzes.mechanics.verdicts import verdicts
from quizzes.round_state.ask import REVEALED, Ask, Round


def bounded(penalty: Callable[[Round], int]) -> Mechanic:
    """Makes the mechanic, which stands on `buzzing` and on all that corrects verdicts. After a correction the later
    penalties of the round are what they would have been. `penalty`: (state) -> half-points, as `wrong` of `buzzing`."""

    def corrects(state: Round, ask: Ask, seat: int, right: bool, so_far: Results) -> Results:
        asks, found = dict(state.asks), dict(so_far)
        asks |= {no: replace(asks[no], results=results) for no, results in found.items()}
        for later in [one for one in state.asks.values() if _is_later(one, ask)]:
            then, now = later.results, dict(later.results)
            for one in verdicts(state, later) if later.kind == BUZZ else list(then):
                was, would_be = (penalty(as_of(replace(state, asks=held), later, one)) for held in (state.asks, asks))
                now[one] = (would_be, 0, 0) if then[one] == (was, 0, 0) else then[one]
            if now != then:
                found[later.no] = now
                asks[later.no] = replace(later, results=now)
        return found

    return Mechanic(corrects=corrects)


def _is_later(one: Ask, ask: Ask) -> bool:
    return one.kind in (BUZZ, UNSEEN) and one.status == REVEALED and one.no > ask.no and one.during != ask.during
