"""Performing: the host says when a performance has ended; what it took beyond its time is taken off its marks.

It stands on the sheets: while one is open somebody performs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from quizzes.copies import replace
from quizzes.engine import HOST, SECOND, Command, Event, Setting, Viewer
from quizzes.grammar import Mechanic, Move
from quizzes.mechanics.boards import in_points
from quizzes.mechanics.extending import seconds_given
from quizzes.mechanics.sheets import SHEET
from quizzes.refusals import N_
from quizzes.round_state.ask import OPEN, Ask, Round
from quizzes.settings.values import half_points

SETTINGS: Mapping[str, Setting] = {
    "minutes": Setting("whole", 5, N_("Thời gian trình bày (phút, 0 là không giới hạn)"), 0, 60),
    "overtime_every": Setting("whole", 30, N_("Trừ điểm cho mỗi số giây quá giờ"), 5, 600),
    "overtime_points": Setting("points", 1, N_("Điểm trừ mỗi lần quá giờ"), 0, 100),
}


@dataclass(frozen=True)
class Performance:
    over_us: int | None = None
    """How long a performance had gone over its time when the host ended it, microseconds; None until then."""
    extra_us: int = 0
    """The seconds that the host added, in microseconds."""


def performing() -> Mechanic:
    by_host = frozenset({HOST})
    return Mechanic(
        keeps=Performance(),
        moves={
            "open": {
                "performed": Move(by_host, end, when=is_performing),
                "extend": Move(by_host, longer, {"seconds": "whole"}, when=may_be_longer),
            }
        },
        after={"judged": take_off},
        changes={"opened": _opened, "performed": _performed, "lengthened": _lengthened, "docked": _docked},
        view=view,
    )


def running(state: Round) -> Ask | None:
    """The sheet of the performance that goes on."""
    ask = state.newest(SHEET)
    return ask if ask is not None and ask.status == OPEN else None


def is_performing(state: Round) -> bool:
    return running(state) is not None and state.of(Performance).over_us is None


def end(state: Round, command: Command) -> Iterator[Event]:
    ask = running(state)
    assert ask is not None  # noqa: S101
    yield Event("performed", {"no": ask.no, "over_us": over_us(state, ask, command.at)})


def over_us(state: Round, ask: Ask, at: int) -> int:
    """How long a performance went over its limit, microseconds; a pause does not count."""
    limit = limit_us(state)
    return max(0, ask.elapsed_us(at) - limit) if limit else 0


def limit_us(state: Round) -> int:
    """The limit of a performance, microseconds; 0 where nothing is taken off."""
    minutes = int(state.settings["minutes"])
    return 60 * SECOND * minutes + state.of(Performance).extra_us if minutes else 0


def may_be_longer(state: Round) -> bool:
    return is_performing(state) and bool(limit_us(state))


def longer(state: Round, command: Command) -> Iterator[Event]:
    """More time for who performs."""
    seconds = seconds_given(command)
    yield Event("lengthened", {"us": seconds * SECOND})


def penalty(state: Round, over: int) -> int:
    """The half-points that are taken off for overtime: for each stretch that has begun."""
    steps = -(-over // (SECOND * int(state.settings["overtime_every"])))
    return steps * half_points(state.settings["overtime_points"])


def take_off(state: Round, event: Event, command: Command) -> Iterator[Event]:
    """Takes overtime off the marks, never more than there is."""
    ask = state.asks[event.data["no"]]
    half = ask.results.get(state.cast.turn or 0, (0, 0, 0))[0]
    cost = min(half, penalty(state, state.of(Performance).over_us or 0)) if ask.kind == SHEET else 0
    if cost:
        yield Event("docked", {"no": ask.no, "seat": state.cast.turn, "half": cost})


def _opened(state: Round, data: Mapping[str, Any]) -> Round:
    return state.keeping(Performance())


def _performed(state: Round, data: Mapping[str, Any]) -> Round:
    return state.keeping(replace(state.of(Performance), over_us=data["over_us"]))


def _lengthened(state: Round, data: Mapping[str, Any]) -> Round:
    kept = state.of(Performance)
    return state.keeping(replace(kept, extra_us=kept.extra_us + data["us"]))


def _docked(state: Round, data: Mapping[str, Any]) -> Round:
    ask = state.asks[data["no"]]
    half, share, us = ask.results[data["seat"]]
    results = {**ask.results, data["seat"]: (half - data["half"], share, us)}
    return state.with_ask(replace(ask, results=results, more={**ask.more, "docked": data["half"]}))


def view(state: Round, viewer: Viewer) -> dict[str, Any]:
    """The performance's part of a screen: its clock, and after the reveal the cost of its overtime."""
    ask, limit = state.newest(SHEET), limit_us(state)
    timed = ask is not None and is_performing(state) and limit
    ends = ask.opens_at + limit + sum(until - since for since, until in ask.gaps) if ask and timed else None
    clock: dict[str, Any] = {"performing": is_performing(state), "ends_at": ends}
    if ask is not None and state.phase == "revealed":
        clock["docked"] = in_points(ask.more.get("docked", 0))
    return clock
