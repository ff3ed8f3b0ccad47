"""Answers of a mechanic to a corrected verdict, besides its results (`Mechanic.corrects`).

What followed from the verdict is taken back or void; what stays as it was is told to everybody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from quizzes.refusals import N_
from quizzes.round_state.ask import Ask, Result, Round

KEY, SHORT, TURN, ROUNDS = "key", "short", "turn", "rounds"
STANDS: Mapping[str, str] = {
    KEY: N_("Đáp án đã công bố nên không ai được trả lời thêm."),
    SHORT: N_("Câu đã hiện đáp án trong lúc đó giữ nguyên."),
    TURN: N_("Lượt thi đã bắt đầu giữ nguyên."),
    ROUNDS: N_("Phần thi đã bắt đầu giữ nguyên người chơi và thứ tự."),
}
"""The thing that stays as it was after a correction -> the sentence that tells it."""


@dataclass(frozen=True)
class Anew:
    undoes: Callable[[Round, Round, Ask], Iterable[int]] = lambda before, after, ask: ()
    """(the round before, after the correction, opening) -> openings that are void besides later tries at it."""
    stands: Callable[[Round, Round, Ask], Iterable[str]] = lambda before, after, ask: ()
    """(the same) -> what stays though it followed from the verdict: names in STANDS."""
    rescores: Callable[[Round, Round], Mapping[int, Mapping[int, Result]]] = lambda before, after: {}
    """(the round before, after) -> opening -> results that other scores change."""


PLAIN = Anew()
"""Nothing but its results changes."""
