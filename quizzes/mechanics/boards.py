"""Boards: the contestants side by side with their points as of the last reveal. All rounds of a final show them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from quizzes.engine import OUT, Viewer
from quizzes.grammar import Mechanic
from quizzes.round_state.ask import Round


def boards(more: Callable[[Round, int], Mapping[str, Any]] = lambda state, seat: {}) -> Mechanic:
    """Makes the boards. `more`: further values on the board of a seat."""

    def view(state: Round, viewer: Viewer) -> dict[str, Any]:
        rows = [
            {
                "seat": seat,
                "score": in_points(state.scores.get(seat, 0)),
                "turn": seat == state.cast.turn,
                "out": state.cast.role(seat) == OUT,
                **more(state, seat),
            }
            for seat in state.cast.order
        ]
        return {"boards": rows, "seats": list(state.cast.order)}

    return Mechanic(view=view)


def in_points(half: int) -> int | float:
    return half // 2 if half % 2 == 0 else half / 2
