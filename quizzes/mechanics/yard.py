"""The yard: the places of a knock-out floor, who stands, who fell or came back just now, and who held out how long."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from quizzes.engine import HOST, MC, PLAYER, STAGE, Viewer
from quizzes.grammar import Mechanic
from quizzes.mechanics.elimination import Fallen, alive
from quizzes.mechanics.rescue import RESCUE
from quizzes.mechanics.reserves import waiting
from quizzes.round_state.ask import Round

MOST_SHOWN, FEW = 300, 6
"""The most places of the floor that the stage shows one by one; how many are left when their names are told."""


def yard() -> Mechanic:
    """Makes the mechanic, which stands on `elimination`, `rescue` and `reserves`."""
    return Mechanic(view=view)


def by_survival(state: Round) -> Mapping[int, int]:
    """Places first those who stand, then those who held out longest; at the same question points decide, as
    everywhere."""
    fell, bench = sorted(state.of(Fallen).at.values(), reverse=True), set(waiting(state))
    standing = alive(state)
    place = {no: standing + at + 1 for at, no in reversed(list(enumerate(fell)))}
    return {
        seat: place[no] if (no := state.of(Fallen).at.get(seat)) else 1 for seat in state.cast.hall if seat not in bench
    }


def view(state: Round, viewer: Viewer) -> dict[str, Any]:
    """The yard's part of a screen: the number that stand, out of how many; the seats that fell or came back just now;
    the names of the last few."""
    fallen, room, bench = state.of(Fallen), state.cast.room, set(waiting(state))
    floor: dict[str, Any] = {"alive": alive(state), "of": len(state.cast.hall) - len(bench)}
    if viewer.role in (STAGE, HOST, MC) and len(room) <= MOST_SHOWN:
        floor["yard"] = [[seat, fallen.at.get(seat, 0)] for seat in state.cast.hall if seat not in bench]
    ask = state.newest("question", RESCUE)
    if state.phase == "revealed" and ask is not None:
        floor["fell"] = sum(1 for no in fallen.at.values() if no == ask.no)
        floor["back"] = len(fallen.returned.get(ask.no, {}))
        floor["now"] = ask.no
    left = list(state.cast.those({PLAYER}, room)) if 0 < floor["alive"] <= FEW else []
    return {**floor, "left": left, "seats": left}
