"""The end of a show, for ledger, results page and export."""

from __future__ import annotations

from typing import Any

from quizzes.round_state.ask import Ask
from quizzes.show.replacing import body_of
from quizzes.show.state import ShowState


def results(state: ShowState) -> list[dict[str, Any]]:
    """Every ranked seat in order; points are half-points."""
    return [
        {"seat": row.seat, "points": row.half, "right": row.right, "time_us": row.time_us, "rank": row.rank}
        for row in state.table.rows
    ]


def sheet(state: ShowState) -> list[dict[str, Any]]:
    """Every opening with its results, void ones too. With keys and verdicts: only after `over`, only for staff.

    `results`: seat -> [half-points, share right, microseconds]; seats of the roll without an entry got nothing.
    """
    return [
        {
            "scored": state.format_of(index).kinds[ask.kind].scored,
            "no": ask.no,
            "round": index,
            "format": state.specs[index]["format"],
            "kind": ask.kind,
            "question": ask.question,
            "body": _body(state, index, ask),
            "shown": [list(pair) for pair in ask.shown],
            "status": ask.status,
            "void": state.void[ask.no].why if ask.no in state.void else None,
            "opens_at": ask.opens_at,
            "closes_at": ask.closes_at,
            "roll": ask.roll.to_json(),
            "results": {seat: list(result) for seat, result in ask.results.items()},
            "counts": dict(ask.counts),
            "more": dict(ask.more),
        }
        for index, ask in state.openings()
    ]


def _body(state: ShowState, index: int, ask: Ask) -> Any:
    """The question of an opening; a pick has none."""
    return body_of(state, index, ask.question, ask.no)
