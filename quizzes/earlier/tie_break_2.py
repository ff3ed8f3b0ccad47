"""The places of a tie-break in rule versions 1 and 2: of those with points only."""

from __future__ import annotations

from collections.abc import Mapping

from quizzes.formats.tie_break import Decided, winner
from quizzes.round_state.ask import Round


def places(state: Round) -> Mapping[int, int]:
    """Leaves the points as they are and only orders the equal ones: the winner first, or all of them by lots."""
    scores = state.setup.carried.scores
    lots = state.of(Decided).lots
    first = winner(state)
    key = {seat: lots.index(seat) if seat in lots else 0 if seat == first else 1 for seat in state.cast.order}
    seats = sorted(scores, key=lambda seat: (-scores[seat], key.get(seat, 0)))
    found: dict[int, int] = {}
    for at, seat in enumerate(seats, start=1):
        before = seats[at - 2] if at > 1 else None
        same = before is not None and (scores[before], key.get(before, 0)) == (scores[seat], key.get(seat, 0))
        found[seat] = found[before] if same and before is not None else at
    return found
