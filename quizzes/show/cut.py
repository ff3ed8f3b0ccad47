"""The line between those who play the next round and those who look on, told to the host before it is drawn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from quizzes.refusals import N_
from quizzes.show.state import ShowState
from quizzes.show.table import Row

RIGHT, TIME, LOT = "right", "time", "lot"
SAID: Mapping[str, str] = {
    RIGHT: N_("Bằng điểm ở vạch vào phần sau: ai đúng nhiều câu hơn thì vào."),
    TIME: N_("Bằng điểm và số câu đúng ở vạch vào phần sau: ai trả lời nhanh hơn thì vào."),
    LOT: N_("Bằng cả điểm, số câu đúng và thời gian ở vạch vào phần sau: bốc thăm bằng hạt giống của chương trình."),
}
"""The thing that decides between equal ones -> the sentence that tells it."""
MOST_TOLD = 12
"""Seats that are named on each side of the line."""


def coming_players(before: ShowState, after: ShowState) -> dict[str, Any]:
    """Tells the line-up after the next step, where it begins a round of a few: `plays` are its contestants in order,
    `cut` says what parts those with as many points: `enter` and `stay` are the seats on both sides."""
    if after.round is None or after.index == before.index:
        return {}
    playing = after.round.cast.order or after.round.setup.room.contestants
    if not playing:
        return {}
    found = cut(before, frozenset(playing))
    return {"plays": list(playing[:MOST_TOLD]), "of": len(playing)} | ({"cut": found} if found else {})


def cut(state: ShowState, playing: frozenset[int]) -> dict[str, Any] | None:
    """The equal ones at the line; None where points, places or a tie-break part them, or somebody chose."""
    table = state.table
    rows = [row for row in table.rows if row.seat not in state.kicked] if table.is_ranked else []
    inside, outside = [row for row in rows if row.seat in playing], [row for row in rows if row.seat not in playing]
    if not inside or not outside:
        return None
    last, first = max(inside, key=_place), min(outside, key=_place)
    order = [{table.places.get(one.seat), table.orders.get(one.seat)} for one in (last, first)]
    if last.half != first.half or order[0] != order[1] or _place(last) > _place(first):
        return None
    by = RIGHT if last.right != first.right else TIME if last.time_us != first.time_us else LOT
    sides = [[one.seat for one in side if one.half == last.half][:MOST_TOLD] for side in (inside, outside)]
    return {"enter": sides[0], "stay": sides[1], "by": by, "says": SAID[by]}


def _place(row: Row) -> int:
    return row.rank
