"""Changes the state of a round for each event of an ask."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from quizzes.copies import replace
from quizzes.engine import Event
from quizzes.round_state.ask import CLOSING, JUDGED, REVEALED, SETTLED, VOID, Ask, Result, Roll, Round

R = TypeVar("R", bound=Round)


def _ready(state: R, data: Mapping[str, Any]) -> R:
    cast = replace(state.cast, stepped_in=()) if state.cast.stepped_in else state.cast
    return replace(state, phase="ready", question=data["question"], until=data["until"], cast=cast)


def _stepped_in(state: R, data: Mapping[str, Any]) -> R:
    """Lets the next of a team answer what its captain, who was sent out, was asked."""
    asks = dict(state.asks)
    for no in data["nos"]:
        roll = asks[no].roll.but([data["of"]]).joined(Roll.only([data["seat"]]))
        asks[no] = replace(asks[no], roll=roll)
    return replace(state, cast=state.cast.led_by(data["seat"], data["of"]), asks=asks)


def _opened(state: R, data: Mapping[str, Any]) -> R:
    ask = Ask.of(data, state.cast, state.question)
    if ask.standing:
        return state.with_ask(ask, last_no=max(state.last_no, ask.no))
    return state.with_ask(ask, phase="open", until=None, last_no=max(state.last_no, ask.no))


def _closing(state: R, data: Mapping[str, Any]) -> R:
    ask = state.asks[data["no"]]
    closing = replace(ask, status=CLOSING, closes_at=data["closes_at"], closings=ask.closings + 1, held=None)
    return state.with_ask(closing)


def _extended(state: R, data: Mapping[str, Any]) -> R:
    """Gives more time."""
    return state.with_ask(replace(state.asks[data["no"]], closes_at=data["closes_at"]))


def _settled(state: R, data: Mapping[str, Any]) -> R:
    return state.with_ask(replace(state.asks[data["no"]], status=SETTLED))


def _judged(state: R, data: Mapping[str, Any]) -> R:
    results = results_of(data["results"])
    more = {name: value for name, value in data.items() if name not in ("no", "results", "counts")}
    ask = state.asks[data["no"]]
    judged = state.with_ask(replace(ask, status=JUDGED, results=results, counts=dict(data["counts"]), more=more))
    waits = state.phase != "open" or any(not one.standing for one in judged.live_asks()) or ask.standing
    return judged if waits else replace(judged, phase="closed", until=None)


def _counted(state: R, data: Mapping[str, Any]) -> R:
    """Makes the outcome of a side ask public; the question goes on."""
    return state.with_ask(replace(state.asks[data["no"]], status=REVEALED))


def _revealed(state: R, data: Mapping[str, Any]) -> R:
    shown = {no: replace(state.asks[no], status=REVEALED) for no in data["nos"]}
    return replace(state, phase="revealed", until=None, asks={**state.asks, **shown})


def _resumed(state: R, data: Mapping[str, Any]) -> R:
    """Gives lost time back."""
    since, until = data["since"], data["at"]
    asks = {no: ask.shifted(since, until) for no, ask in state.asks.items()}
    return replace(state, until=later(state.until, data), asks=asks)


def later(time: int | None, resumed: Mapping[str, Any]) -> int | None:
    """A deadline after a pause: the time that was left is left again."""
    return None if time is None else max(time, resumed["since"]) + resumed["at"] - resumed["since"]


def _voided(state: R, data: Mapping[str, Any]) -> R:
    """The round without the points of opening `no`. Voiding the question that is being played ends it without a
    reveal."""
    current = data["no"] == state.no and state.phase not in ("ready", "revealed")
    changes = {"phase": "revealed", "until": None} if current else {}
    return state.with_ask(replace(state.asks[data["no"]], status=VOID), **changes)


def results_of(data: Mapping[str, Any]) -> dict[int, Result]:
    return {int(seat): (half, share, us) for seat, (half, share, us) in data.items()}


def _corrected(state: R, data: Mapping[str, Any]) -> R:
    """Sets a verdict right. The question then waits for what follows from it, unless its key is shown: then only
    points move."""
    found = {data["no"]: data["results"], **{int(no): one for no, one in data.get("others", {}).items()}}
    changed = {no: replace(state.asks[no], results=results_of(one)) for no, one in found.items()}
    void = {no: replace(state.asks[no], status=VOID) for no in data["voids"]}
    asks = {**state.asks, **changed, **void}
    now = asks[data["no"]].during == state.question and state.phase in ("open", "answering", "closed")
    waits = any(ask.live for ask in asks.values())
    return replace(state, asks=asks, phase="closed" if now and not waits else state.phase)


CHANGES = {
    "ready": _ready,
    "stepped_in": _stepped_in,
    "opened": _opened,
    "extended": _extended,
    "closing": _closing,
    "settled": _settled,
    "judged": _judged,
    "counted": _counted,
    "revealed": _revealed,
    "resumed": _resumed,
    "voided": _voided,
    "corrected": _corrected,
}


def evolve(state: R, event: Event) -> R:
    """The events every round shares, alone."""
    if event.name not in CHANGES:
        raise ValueError(f"no such event: {event.name}")
    return CHANGES[event.name](state, event.data)
