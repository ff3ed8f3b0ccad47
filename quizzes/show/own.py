"""One seat's own part of the screens: its role, its points, what the last reveal gave it."""

from __future__ import annotations

from typing import Any

from quizzes.engine import HOST, JUDGE, MC, PLAYER, STAGE
from quizzes.questions.contract import FULL
from quizzes.round_state.ask import REVEALED
from quizzes.round_state.teams import speaker
from quizzes.show import state as s
from quizzes.show import teams
from quizzes.show.state import ShowState
from quizzes.show.table import points


def role(state: ShowState, seat: int, side: str) -> str:
    """The present role of a seat. `side` is "public" or, for staff, the role of its ticket."""
    if side in (HOST, MC, JUDGE, STAGE):
        return side
    return state.round.cast.role(seat) if state.round and state.stage == s.ROUND else PLAYER


def group(state: ShowState, seat: int) -> str:
    """The group of public seats in a role that share a screen."""
    return state.format.group(state.playing, seat) if state.stage == s.ROUND else ""


def score(state: ShowState, seat: int) -> int | float:
    """A seat's points as of the last `revealed`; 0 for who has none yet."""
    row = state.table.by_seat.get(seat)
    return points(row.half) if row else 0


def me(state: ShowState, seat: int) -> dict[str, Any]:
    """One seat's own part, as of the last `revealed`; a look into dicts, so it may be asked for everybody."""
    row = state.table.by_seat.get(seat)
    own = state.format.me(state.playing, seat) if state.stage == s.ROUND else {}
    return {
        "role": role(state, seat, "public"),
        "group": group(state, seat),
        "score": score(state, seat),
        "rank": row.rank if row and state.table.is_ranked else None,
        "of": len(state.table.rows),
        "last": _last(state, seat),
        **_results(state, seat),
        **_turn(state, seat),
        **teams.me(state, seat),
        **own,
    }


def _results(state: ShowState, seat: int) -> dict[str, Any]:
    """The results by ask, when the last reveal was of several: points of a side ask are no part of the score."""
    if len(state.revealed) < 2 or state.stage != s.ROUND:
        return {}
    kinds, asks = state.format.kinds, (state.playing.asks[no] for no in state.revealed if no in state.playing.asks)
    mine = {}
    for ask in asks:
        if seat in ask.roll and ask.status == REVEALED:
            half, share, _ = ask.results.get(seat, (0, 0, 0))
            mine[str(ask.no)] = {"points": points(half), "right": share == FULL, "scored": kinds[ask.kind].scored}
    return {"results": mine} if mine else {}


def _turn(state: ShowState, seat: int) -> dict[str, Any]:
    playing = state.round if state.stage == s.ROUND else None
    return {"turn": True} if playing and playing.cast.turn == seat else {}


def standing(state: ShowState) -> tuple[Any, ...]:
    """The results and roles from which everybody's part of `me` is made. While the value is equal, nobody's part has
    changed."""
    cast = state.round.cast if state.round else None
    return state.table, state.last_asks, state.teams, cast.named if cast else None, cast.turn if cast else None


def _last(state: ShowState, seat: int) -> dict[str, Any] | None:
    """The seat's outcome at the last reveal; None for a seat that was not on the roll, or where the question is
    void."""
    if not any(seat in ask.roll or seat in ask.results for ask in state.last_asks):
        return None
    cast = state.playing.cast
    results = [ask.results.get(speaker(cast, ask.results, seat), (0, 0, 0)) for ask in state.last_asks]
    won, right = sum(one[0] for one in results), any(one[1] == FULL for one in results)
    return {"no": state.last[-1], "points": points(won), "right": right}
