"""The words of a show: commands, events, ballots, refusals, and the actors who utter them.

A format never reads a clock, a database or a random source: time stands in the command, questions and
the seed in the Setup. Times are integer microseconds since 1970 (`*_at`), durations `*_us` or, where a
person writes them, seconds; points are integer HALF-points (10 points = 20), shares right 0..1000.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from quizzes.refusals import Rejected

HOST, MC, JUDGE, STAGE, CLOCK = "host", "mc", "judge", "stage", "clock"
CONTESTANT, CAPTAIN, PLAYER, OUT, AUDIENCE = "contestant", "captain", "player", "out", "audience"
TURN = "turn"
"""Stands in a move for the one seat whose turn it is, whatever its role."""
STAFF = frozenset({HOST, MC, JUDGE})
"""The roles that may see a key before its reveal."""
CAST = (CONTESTANT, CAPTAIN, PLAYER, OUT, AUDIENCE)
"""The roles that the cast of a round can give a seat."""
ROLES = (HOST, MC, JUDGE, STAGE, *CAST)

SECOND = 1_000_000


@dataclass(frozen=True)
class Actor:
    """The giver of a command. CLOCK is the shell itself: deadlines, crashes, first buzzes."""

    role: str
    seat: int | None = None


@dataclass(frozen=True)
class Command:
    """`args` may come from a stranger: moves check every value they read."""

    name: str
    actor: Actor
    at: int
    args: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Event:
    """One fact of the journal; `data` is JSON and holds opaque numbers, no names and no typed text."""

    name: str
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Viewer:
    """For whom a screen is made: one render for each role, group and language."""

    role: str
    group: str = ""
    lang: str = "vi"


@dataclass(frozen=True)
class Ballot:
    """A stored answer. `choice` is canonical, `at` the server's receive time, `lag_us` what it measured."""

    seat: int
    choice: Any
    at: int
    lag_us: int = 0


@dataclass(frozen=True)
class Graded:
    """A ballot with its share right, 0..1000."""

    seat: int
    right: int
    at: int
    lag_us: int
    choice: Any


@dataclass(frozen=True)
class Setting:
    """A choice that a script, format, question type or contest leaves to people; `quizzes.settings.kinds` reads it."""

    kind: str
    """A key of `KINDS`."""
    default: Any
    title: str
    low: int = 0
    high: int = 0
    choices: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    """The words people use for each choice, in the order of `choices`."""
    in_order: bool = False
    """Of `choices`: their order counts, and one may stand twice."""
    different: bool = False
    """Of lists: what stands twice counts once."""
    parts: Mapping[str, Setting] = field(default_factory=dict)
    """The settings that each of the `parts` declares."""
    make: Callable[..., Any] = dict
    """Makes a part of its settings: a table, or the dataclass that declares them."""

    @property
    def named(self) -> dict[str, str]:
        """Choice -> the words people use for it."""
        return dict(zip(self.choices, self.said or self.choices, strict=True))


@dataclass(frozen=True)
class Slot:
    """Questions that a script may list apart: how many may stand in it, and of which types."""

    title: str
    low: int = 0
    high: int = 500
    types: tuple[str, ...] = ()
    """() for every type that the format asks."""


def whole(args: Mapping[str, Any], name: str, low: int, high: int) -> int:
    """A whole number of hostile arguments, or Rejected("bad_request")."""
    value = args.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        raise Rejected("bad_request", argument=name)
    return value
