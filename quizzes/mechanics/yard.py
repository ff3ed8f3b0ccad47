"""The yard: the places of a knock-out floor, who stands, who fell or came back just now, and who held out how long.

Up to 300 places are named one by one; of more, up to the 5,000 of the largest hall, each is a dot in rows whose first
numbers are named.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from quizzes.engine import HOST, MC, PLAYER, STAGE, Viewer
from quizzes.grammar import Mechanic
from quizzes.mechanics.elimination import Fallen, alive
from quizzes.mechanics.rescue import RESCUE
from quizzes.mechanics.reserves import waiting
from quizzes.round_state.ask import REVEALED, Ask, Round

MOST_SHOWN, FEW = 300, 6
"""The most places of the floor that the stage shows one by one; how many are left when their names are told."""
ACROSS = {1_000: 40, 2_000: 50, 5_000: 100}
"""Up to so many places -> how many dots stand in a row."""
NAMED_ROWS = 10  # rows whose first number is told, at most
STANDS, FELL, FELL_NOW = "stand", "out", "just"


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


def last_shown(state: Round) -> Ask | None:
    """The last opening whose key is shown, also of the question before."""
    shown = (ask for ask in state.asks.values() if ask.kind in ("question", RESCUE) and ask.status == REVEALED)
    return max(shown, key=lambda ask: ask.no, default=None)


def view(state: Round, viewer: Viewer) -> dict[str, Any]:
    """The yard's part of a screen: the number that stand, out of how many; the seats that fell or came back just now;
    the names of the last few."""
    fallen, room, bench = state.of(Fallen), state.cast.room, set(waiting(state))
    floor: dict[str, Any] = {"alive": alive(state), "of": len(state.cast.hall) - len(bench)}
    ask = last_shown(state)
    now = ask.no if ask is not None and state.phase in ("ready", "revealed") else 0
    if viewer.role in (STAGE, HOST, MC) and len(room) <= MOST_SHOWN:
        floor["yard"] = [[seat, fallen.at.get(seat, 0)] for seat in state.cast.hall if seat not in bench]
    elif viewer.role in (STAGE, MC) and state.phase == "ready":
        floor["dots"] = dots([seat for seat in state.cast.hall if seat not in bench], fallen.at, now)
    if now:
        floor["now"] = now
    if state.phase == "revealed" and now:
        floor["fell"] = sum(1 for no in fallen.at.values() if no == now)
        floor["back"] = len(fallen.returned.get(now, {}))
    left = list(state.cast.those({PLAYER}, room)) if 0 < floor["alive"] <= FEW else []
    return {**floor, "left": left, "seats": left}


def dots(seats: Sequence[int], fell: Mapping[int, int], now: int) -> dict[str, Any]:
    """The places in rows: a line of dots for each stretch of a row that is alike."""
    across = next((wide for most, wide in ACROSS.items() if len(seats) <= most), max(ACROSS.values()))
    rows = [seats[at : at + across] for at in range(0, len(seats), across)]
    lines: dict[str, list[str]] = {STANDS: [], FELL: [], FELL_NOW: []}
    for down, row in enumerate(rows):
        for kind, begin, length in stretches(row, fell, now):
            lines[kind].append(f"M{begin} {down}h{length}")
    step = -(-len(rows) // NAMED_ROWS)
    named = [[down, row[0]] for down, row in enumerate(rows) if down % step == 0]
    return {"across": across, "rows": len(rows), "named": named, **{kind: "".join(one) for kind, one in lines.items()}}


def stretches(row: Iterable[int], fell: Mapping[int, int], now: int) -> Iterable[tuple[str, int, int]]:
    """(what they are, where they begin, how many) of neighbours that are alike."""

    def kind(seat: int) -> str:
        no = fell.get(seat, 0)
        return STANDS if not no else FELL_NOW if no == now else FELL

    begin = 0
    for one, alike in groupby(row, kind):
        length = sum(1 for _ in alike)
        yield one, begin, length
        begin += length
