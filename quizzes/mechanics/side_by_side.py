"""Side by side: what each contestant typed and when, told once all is closed; right and points with the key."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from quizzes.engine import Command, Graded, Viewer
from quizzes.grammar import Judged
from quizzes.mechanics import bank_question
from quizzes.mechanics.boards import in_points
from quizzes.questions.contract import FULL
from quizzes.round_state.ask import Ask, Round

STEP_US = 10_000
"""The step to which times are told and compared, microseconds: seats that are equal in hundredths of a second are
equal."""
Order = Callable[[Round], Ask | None]


def hundredths(us: int) -> int:
    return us - us % STEP_US


def given(ask: Ask, graded: Sequence[Graded]) -> list[list[int]]:
    """[seat, microseconds] of every answer, the quickest first: part of `judged`. It says nothing of the key."""
    times = [(hundredths(ask.elapsed_us(one.at)), one.seat) for one in graded]
    return [[seat, us] for us, seat in sorted(times)]


def answers(state: Round, ask: Ask | None, viewer: Viewer) -> list[dict[str, Any]]:
    """The contestants with their answers, those without one last. The shell gives the texts."""
    if ask is None or state.phase not in ("closed", "revealed") or ask.live:
        return []
    times = dict(ask.more.get("given", ()))
    silent = [seat for seat in state.cast.order if seat in ask.roll and seat not in times]
    rows: list[dict[str, Any]] = [
        {"seat": seat, "no": ask.no, "time_us": times.get(seat)} for seat in [*times, *silent]
    ]
    if state.phase == "revealed":
        for row in rows:
            half, share, _ = ask.results.get(row["seat"], (0, 0, 0))
            row |= {"right": share == FULL, "points": in_points(half)}
    return rows


def quoted(state: Round, ask: Ask | None, viewer: Viewer) -> Iterable[tuple[int, int]]:
    return [(row["no"], row["seat"]) for row in answers(state, ask, viewer) if row["time_us"] is not None]


def by_rank(times: Sequence[tuple[int, int]], points: Sequence[int]) -> Mapping[int, int]:
    """seat -> points of its place among (time, seat); equal times share the better one, beyond the list is 0."""
    place: dict[int, int] = {}
    firsts: dict[int, int] = {}
    for at, (time, seat) in enumerate(sorted(times)):
        rank = firsts.setdefault(time, at)
        place[seat] = points[rank] if rank < len(points) else 0
    return place


def judged_full(state: Round, ask: Ask, graded: Sequence[Graded], command: Command) -> Judged:
    """Gives the points to wholly right answers and nothing to half right ones; tells the time of each with them."""
    found = bank_question.points_for_right(state, ask, graded, command)
    full = {seat: result for seat, result in found.results.items() if result[1] == FULL}
    return Judged(full, found.counts, {"given": given(ask, graded)})


def is_solved(ask: Ask) -> bool:
    return any(share == FULL for _, share, _ in ask.results.values())
