"""The host's control of the big screen: darken it, show 1+2 or a prize-giving on it, hide names, set its sound.

Names and players' real names are the shell's; here a seat is hidden or it is not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from quizzes.engine import Command, Event, whole
from quizzes.refusals import Rejected
from quizzes.round_state.ask import MOST_SEATS
from quizzes.show import state as s
from quizzes.show.state import ShowState

EVERYBODY = 0
"""The seat that stands for all of them where names are hidden."""
LOUDEST = 100
"""The full volume, per cent."""
SPREAD = ("map", "growth")
FREE = (s.LOBBY, "revealed", s.STANDINGS, s.BREAK, s.OVER, s.PAUSED)
"""The phases in which the stage may show something else."""
MOST_AWARDS, LONGEST_NAME = 1001, 20
"""The most steps of a prize-giving, and the longest name of what is given, letters."""
VOLUME = 70
"""The volume of a show whose host has not set one, per cent."""
SOUND: Mapping[str, Any] = {"volume": VOLUME, "bed": LOUDEST, "muted": False}
"""The host's mixer: the volume of everything, and that of the bed beside single sounds."""


def darken(state: ShowState, command: Command) -> Iterator[Event]:
    if not state.blackout:
        yield Event("blackout")


def lighten(state: ShowState, command: Command) -> Iterator[Event]:
    if state.blackout:
        yield Event("unblackout")


def show_spread(state: ShowState, command: Command) -> Iterator[Event]:
    """Lays 1+2 over the stage, as a map or as a curve, while nothing is asked. The next step of the show lifts it."""
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


def show_awards(state: ShowState, command: Command) -> Iterator[Event]:
    """A prize-giving lies over the stage: `of` which awards, and who stands there. 0 opens it, then the last comes
    first, the step after the first of all shows everybody. Which awards there are, and whose, is the shell's."""
    of, step = command.args.get("of"), whole(command.args, "step", 0, MOST_AWARDS)
    if not isinstance(of, str) or not of.isalnum() or len(of) > LONGEST_NAME:
        raise Rejected("bad_request", argument="of")
    if state.phase not in FREE:
        raise Rejected("not_now")
    if state.awards != (of, step):
        yield Event("awards_shown", {"of": of, "step": step})


def hide_awards(state: ShowState, command: Command) -> Iterator[Event]:
    if state.awards:
        yield Event("awards_hidden")


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
    return whole(command.args, "seat", 1, MOST_SEATS) if "seat" in command.args else EVERYBODY


def sound(state: ShowState, command: Command) -> Iterator[Event]:
    """Sets the loudness of the stage and its bed, 0 to 100, and mutes; a missing argument changes nothing."""
    now = {**SOUND, **state.sound}
    wanted = {**now, **{name: command.args[name] for name in now if name in command.args}}
    whole(wanted, "volume", 0, LOUDEST)
    whole(wanted, "bed", 0, LOUDEST)
    if not isinstance(wanted["muted"], bool):
        raise Rejected("bad_request", argument="muted")
    if wanted != now:
        yield Event("sound", wanted)


def check_sound(state: ShowState, command: Command) -> Iterator[Event]:
    """The stage plays a few notes, so that somebody in the hall can say that they are heard."""
    yield Event("sound_checked")


def hear_sound(state: ShowState, command: Command) -> Iterator[Event]:
    """Somebody in the hall says that the notes were heard."""
    if not state.sound_checks:
        raise Rejected("not_now")
    if not state.sound_heard:
        yield Event("sound_heard")


def follow(state: ShowState, command: Command) -> Iterator[Event]:
    """Leads everybody who still looks at this show to another one, in which the same people play again. The shell says
    it."""
    if state.stage != s.OVER or state.followed:
        raise Rejected("not_now")
    yield Event("followed", {"show": str(command.args["show"])})


def seen(state: ShowState) -> dict[str, Any]:
    """The part of the picture that the stage is sent."""
    return {**SOUND, **state.sound, "checks": state.sound_checks, "heard": state.sound_heard}
