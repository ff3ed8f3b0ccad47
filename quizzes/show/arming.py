"""Arm, then go: the host makes ready a command that cannot be taken back, then does it with one key.

The armed command is part of the show's state, so every console sees it. `arm` tries the command once, so an invalid one
fails there. The next step of the show disarms it; after two minutes `go` refuses it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from quizzes.copies import replace
from quizzes.engine import SECOND, Command, Event
from quizzes.refusals import Rejected
from quizzes.show.state import ShowState

ARMABLE = ("advance", "void", "ask_again", "replace", "kick", "correct", "throw", "unveil")
MUST = ("void", "ask_again", "correct")
"""The commands whose effect everybody is told at once, so that no undo takes it back. A lot is the same: it is drawn
before all eyes."""
HOLDS_US = 120 * SECOND
"""How long what is armed stays armed, microseconds."""
SHELL = ("roll", "room")
"""Arguments that the shell adds to every command: those of `go` count, not those of `arm`."""

Decide = Callable[[ShowState, Command], tuple[Event, ...]]


def must(name: str, args: Mapping[str, Any]) -> bool:
    """True when a console has to arm this command first, because it cannot be taken back."""
    return name in MUST or (name == "throw" and args.get("what") == "lot")


def arm(state: ShowState, command: Command, decide: Decide) -> Iterator[Event]:
    """Arms the command `act`, one of ARMABLE, with its arguments. Raises what the command itself would raise."""
    act = command.args.get("act")
    if act not in ARMABLE:
        raise Rejected("bad_request", argument="act")
    args = {name: value for name, value in command.args.items() if name not in ("act", "reason")}
    decide(state, Command(act, command.actor, command.at, args))
    kept = {name: value for name, value in args.items() if name not in SHELL}
    yield Event("armed", {"act": act, "at": command.at, "args": kept})


def go(state: ShowState, command: Command, decide: Decide) -> Iterator[Event]:
    """Does what is armed. Raises Rejected("not_now") where nothing is, or it was armed too long ago."""
    ready = state.armed
    if not ready or command.at > ready["at"] + HOLDS_US:
        raise Rejected("not_now")
    shell = {name: command.args[name] for name in SHELL if name in command.args}
    yield from decide(
        replace(state, armed={}), Command(ready["act"], command.actor, command.at, {**ready["args"], **shell})
    )
    yield Event("disarmed")


def disarm(state: ShowState, command: Command) -> Iterator[Event]:
    if state.armed:
        yield Event("disarmed")


def seen(state: ShowState) -> dict[str, Any] | None:
    """The armed command, as consoles show it."""
    return dict(state.armed) or None
