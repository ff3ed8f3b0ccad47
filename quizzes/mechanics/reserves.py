"""Reserves: some begin beside the floor; when a unit has few left, its reserves come on, by number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from quizzes.copies import replace
from quizzes.engine import AUDIENCE, PLAYER, Command, Event, Viewer
from quizzes.grammar import Mechanic
from quizzes.round_state.ask import Round
from quizzes.round_state.cast import Cast

NO_UNIT = 0
"""The unit of a seat that belongs to none."""


@dataclass(frozen=True)
class Reserves:
    came: tuple[tuple[int, int], ...] = ()
    """(the opening after which, seat) of each that came on."""


def with_reserves(cast: Cast, places: int) -> Cast:
    """Makes the mechanic: the first `places` seats begin on the floor, the others wait beside it. 0: everybody is on
    the floor."""
    waiting = [seat for seat in cast.hall if seat in cast.room][places:] if places else []
    return replace(cast, named={**cast.named, **dict.fromkeys(waiting, AUDIENCE)})


def waiting(state: Round) -> list[int]:
    """The reserves that have not come on."""
    return sorted(seat for seat, role in state.cast.named.items() if role == AUDIENCE and seat in state.cast.hall)


def reserves() -> Mechanic:
    """Calls reserves in from question `rescue_after` on: where a unit has at most `unit_left` on the floor, one of its
    reserves comes on."""

    def come_on(state: Round, event: Event, command: Command) -> Iterator[Event]:
        since, few = state.settings.get("reserves_from", 0), state.settings.get("unit_left", 0)
        bench = waiting(state) if state.question + 1 >= since else []
        if not bench:
            return
        left = Counter(state.cast.units.get(seat, NO_UNIT) for seat in state.cast.those({PLAYER}))
        chosen = []
        for seat in bench:
            unit = state.cast.units.get(seat, NO_UNIT)
            if left[unit] <= few:
                chosen.append(seat)
                left[unit] += 1
        if chosen:
            yield Event("came_on", {"no": state.last_no, "seats": chosen})

    return Mechanic(keeps=Reserves(), after={"revealed": come_on}, changes={"came_on": _came_on}, view=_view)


def _came_on(state: Round, data: Mapping[str, Any]) -> Round:
    came = (*state.of(Reserves).came, *((data["no"], seat) for seat in data["seats"]))
    return state.keeping(Reserves(came), cast=state.cast.called(PLAYER, data["seats"]))


def _view(state: Round, viewer: Viewer) -> dict[str, Any]:
    came = [seat for no, seat in state.of(Reserves).came if no == state.last_no]
    waits = len(waiting(state)) if state.settings.get("places") else 0
    return {"reserves": waits, "came_on": len(came) if state.phase == "revealed" else 0}
