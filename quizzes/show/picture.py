"""What the host does to the big screen, and not to the game: darken it, show 1+2 on it, hide names, set its sound.

Names and players' real names are the shell's; here a seat is hidden or it is not.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from quizzes.engine import Command, Event, whole
from quizzes.mechanics.ask import MOST_SEATS
from quizzes.refusals import Rejected
from quizzes.show import state as s
from quizzes.show.state import ShowState

LOUDEST = 100
SPREAD = ("map", "growth")
FREE = (s.LOBBY, "revealed", s.STANDINGS, s.BREAK, s.OVER, s.PAUSED)
"""The phases in which the stage may show something else."""
VOLUME = 70
"""How loud a show is whose host has not said, percent."""


def darken(state: ShowState, command: Command) -> Iterator[Event]:
    if not state.blackout:
        yield Event("blackout")


def lighten(state: ShowState, command: Command) -> Iterator[Event]:
    if state.blackout:
        yield Event("unblackout")


def show_spread(state: ShowState, command: Command) -> Iterator[Event]:
    """1+2 lies over the stage, as a map or as a curve, while nothing is asked. The next step of the show lifts it."""
    what = command.args.get("what", SPREAD[0])
    if what not in SPREAD:
        raise Rejected("bad_request", argument="what")
    if state.phase not in FREE:
        raise Rejected("not_now")
    if what != state.spread:
        yield Event("spread_shown", {"what": what})


def hide_spread(state: ShowState, command: Command) -> Iterator[Event]:
    if state.spread:
        yield Event("spread_hidden")


def hide_names(state: ShowState, command: Command) -> Iterator[Event]:
    """Hide the name of one `seat`, or everybody's."""
    seat = _seat(command)
    if seat not in state.hidden:
        yield Event("names_hidden", {"seat": seat})


def show_names(state: ShowState, command: Command) -> Iterator[Event]:
    seat = _seat(command)
    if seat in state.hidden:
        yield Event("names_shown", {"seat": seat})


def _seat(command: Command) -> int:
    """0 stands for everybody."""
    return whole(command.args, "seat", 1, MOST_SEATS) if "seat" in command.args else s.EVERYBODY


def sound(state: ShowState, command: Command) -> Iterator[Event]:
    """How loud the stage is, 0 to 100, and whether it is mute; what is not said stays."""
    now = {"volume": VOLUME, "muted": False, **state.sound}
    wanted = {**now, **{name: command.args[name] for name in now if name in command.args}}
    whole(wanted, "volume", 0, LOUDEST)
    if not isinstance(wanted["muted"], bool):
        raise Rejected("bad_request", argument="muted")
    if wanted != now:
        yield Event("sound", wanted)


def check_sound(state: ShowState, command: Command) -> Iterator[Event]:
    """The stage plays a few notes, so that somebody in the hall can say that they are heard."""
    yield Event("sound_checked")


def follow(state: ShowState, command: Command) -> Iterator[Event]:
    """The same people play again, in another show: who still looks at this one is led there. Said by the shell."""
    if state.stage != s.OVER or state.followed:
        raise Rejected("not_now")
    yield Event("followed", {"show": str(command.args["show"])})


def seen(state: ShowState) -> dict[str, Any]:
    """What the stage has to know of it."""
    return {"volume": VOLUME, "muted": False, **state.sound, "checks": state.sound_checks}
