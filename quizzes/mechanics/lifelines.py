"""Lifelines: each of a list once a round. Half of the options go, the room votes, or somebody is talked to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from quizzes.copies import replace
from quizzes.engine import AUDIENCE, HOST, SECOND, TURN, Command, Event, Setting, Viewer
from quizzes.grammar import Clock, Mechanic, Move
from quizzes.mechanics.evolving import later
from quizzes.mechanics.extending import extend, extendable, longer
from quizzes.mechanics.parts import can_be_halved, halved
from quizzes.mechanics.voting import vote_of_the_room
from quizzes.refusals import N_, Rejected
from quizzes.round_state.ask import OPEN, Ask, Round

FIFTY, PHONE, COMPANION, EXPERT, ROOM, PANEL = "fifty", "phone", "companion", "expert", "room", "panel"
ALL = (FIFTY, PHONE, COMPANION, EXPERT, ROOM, PANEL)

SETTINGS: Mapping[str, Setting] = {
    "lifelines": Setting(
        "choices",
        (FIFTY, PHONE, COMPANION, EXPERT),
        N_("Quyền trợ giúp"),
        choices=ALL,
        said=(
            N_("50 : 50"),
            N_("Gọi điện thoại cho người thân"),
            N_("Hỏi người đồng hành"),
            N_("Hỏi nhà thông thái"),
            N_("Hỏi khán giả"),
            N_("Hỏi tổ tư vấn tại chỗ"),
        ),
    ),
    "vote_seconds": Setting("whole", 30, N_("Thời gian hỏi khán giả (giây)"), 5, 300),
    "talk_seconds": Setting("whole", 30, N_("Thời gian gọi hoặc hỏi một người (giây)"), 5, 600),
}


@dataclass(frozen=True)
class Lifelines:
    used: Mapping[str, int] = field(default_factory=dict)
    """lifeline -> the opening for which it was used"""
    talk: str = ""
    """With whom the contestant is talking now."""
    until: int | None = None


def lifelines() -> Mechanic:
    by = frozenset({TURN, HOST})
    return Mechanic(
        keeps=Lifelines(),
        moves={
            "open": {
                "help": Move(by, _help, {"what": "choice"}, lambda state: bool(left(state)), _each_left),
                "hang_up": Move(by, _hang_up, when=lambda state: bool(state.of(Lifelines).talk)),
                "extend": Move(frozenset({HOST}), _more_time, {"seconds": "whole"}, when=_has_time),
            }
        },
        changes={
            "helped": _helped,
            "more_time": _talks_on,
            "hung_up": _silent,
            "closing": _closing,
            "resumed": _resumed,
            "voided": _voided,
        },
        clocks=(Clock(lambda state: state.of(Lifelines).until, _hang_up),),
        view=_view,
    )


def left(state: Round) -> list[str]:
    """The lifelines that may be asked for now."""
    ask = _asked(state)
    if ask is None or state.of(Lifelines).talk:
        return []
    unused = [one for one in state.settings["lifelines"] if one not in state.of(Lifelines).used]
    possible = {FIFTY: can_be_halved(state, ask), ROOM: bool(ask.shown) and _somebody_looks_on(state)}
    return [one for one in unused if possible.get(one, True)]


def _somebody_looks_on(state: Round) -> bool:
    return next(state.cast.those({AUDIENCE}, state.cast.room), None) is not None


def _asked(state: Round) -> Ask | None:
    ask = state.newest("question")
    return ask if ask is not None and ask.status == OPEN else None


def _help(state: Round, command: Command) -> Iterator[Event]:
    what, ask = command.args.get("what"), _asked(state)
    if not isinstance(what, str) or what not in ALL or ask is None:
        raise Rejected("bad_request", argument="what")
    if what not in left(state):
        raise Rejected("not_now")
    talks = what not in (FIFTY, ROOM)
    until = command.at + state.settings["talk_seconds"] * SECOND if talks else None
    yield Event("helped", {"no": ask.no, "what": what, "until": until})
    if what == FIFTY:
        yield halved(state, ask)
    elif what == ROOM:
        yield vote_of_the_room(state, command, ask, state.settings["vote_seconds"])


def _each_left(state: Round) -> Iterable[Mapping[str, Any]]:
    return [{"what": one} for one in left(state)]


def _has_time(state: Round) -> bool:
    return bool(state.of(Lifelines).talk or extendable(state))


def _more_time(state: Round, command: Command) -> Iterator[Event]:
    """Gives more time to the talk, or to the room that votes."""
    kept = state.of(Lifelines)
    yield from [longer(kept.until, command)] if kept.talk else extend(state, command)


def _talks_on(state: Round, data: Mapping[str, Any]) -> Round:
    return state.keeping(replace(state.of(Lifelines), until=data["until"]))


def _hang_up(state: Round, command: Command) -> Iterator[Event]:
    yield Event("hung_up")


def _helped(state: Round, data: Mapping[str, Any]) -> Round:
    used = {**state.of(Lifelines).used, data["what"]: data["no"]}
    return state.keeping(Lifelines(used, data["what"] if data["until"] else "", data["until"]))


def _silent(state: Round, data: Mapping[str, Any]) -> Round:
    return state.keeping(Lifelines(state.of(Lifelines).used))


def _closing(state: Round, data: Mapping[str, Any]) -> Round:
    return _silent(state, data) if state.asks[data["no"]].kind == "question" else state


def _resumed(state: Round, data: Mapping[str, Any]) -> Round:
    kept = state.of(Lifelines)
    return state.keeping(replace(kept, until=later(kept.until, data)))


def _voided(state: Round, data: Mapping[str, Any]) -> Round:
    """A lifeline that was used on a void question is given back."""
    return state.keeping(Lifelines({what: no for what, no in state.of(Lifelines).used.items() if no != data["no"]}))


def _view(state: Round, viewer: Viewer) -> dict[str, Any]:
    kept, may = state.of(Lifelines), left(state)
    listed = [{"key": one, "used": one in kept.used, "may": one in may} for one in state.settings["lifelines"]]
    return {"lifelines": listed, "talk": kept.talk, "talk_until": kept.until}
