"""The contract of a format, and the two functions that run one.

    events = decide(format, state, command)   # may raise Rejected
    state  = replay(format, state, events)    # never fails: the journal is enough to rebuild a round

A format never reads a clock, a database or a random source: time stands in the command, questions and
the seed in the Setup. Times are integer microseconds since 1970 (`*_at`), durations `*_us` or, where a
person writes them, seconds; points are integer HALF-points (10 points = 20), shares right 0..1000.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import reduce
from typing import Any

from quizzes.refusals import Rejected

HOST, MC, JUDGE, STAGE = "host", "mc", "judge", "stage"
PLAYER, AUDIENCE, CLOCK = "player", "audience", "clock"
STAFF = frozenset({HOST, MC, JUDGE})
"""Who may see a key before its reveal."""
ROLES = (HOST, MC, JUDGE, STAGE, PLAYER, AUDIENCE)

SECOND = 1_000_000


@dataclass(frozen=True)
class Actor:
    """Who gives a command. CLOCK is the shell itself: deadlines, crashes, first buzzes."""

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


Run = Callable[[Any, Command], Iterable[Event]]


@dataclass(frozen=True)
class Move:
    """Who may give a command in a phase and what it does. `args` says to screens and programs what it takes."""

    by: frozenset[str]
    run: Run
    args: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Setting:
    """A number or choice of a script. Kinds: whole, flag, choice, choices, numbers, words."""

    kind: str
    default: Any
    title: str
    low: int = 0
    high: int = 0
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Setup:
    """All a round is given when it begins. `scores` (seat -> half-points) is what earlier rounds carry over."""

    index: int
    questions: tuple[Mapping[str, Any], ...]
    settings: Mapping[str, Any]
    seed: str
    last_no: int = 0
    scores: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Kind:
    """How one kind of ask is shown, read, graded and counted. `ask` is a mechanics.ask.Ask."""

    face: Callable[[Any, Any, str], dict[str, Any]]
    """(state, ask, lang) -> the public face, without the key."""
    read: Callable[[Any, Any, Any], Any]
    """(state, ask, raw) -> the canonical choice, or Rejected("bad_choice")."""
    grade: Callable[[Any, Any, Any], int]
    """(state, ask, choice) -> 0..1000."""
    possible: Callable[[Any, Any], list[Any]]
    """(state, ask) -> a few choices, for bots and tests."""


def nothing(state: Any, *_: Any) -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class Format:
    """The rules of a kind of round. Round states extend mechanics.ask.Round; phases are PROTOCOL's."""

    key: str
    title: str
    settings: Mapping[str, Setting]
    kinds: Mapping[str, Kind]
    opening: Callable[[Setup], Any]
    moves: Mapping[str, Mapping[str, Move]]
    """phase -> command -> move. Every phase has `advance`; in "revealed" it gives `ready` or `done`."""
    evolve: Callable[[Any, Event], Any]
    judge: Callable[[Any, int, Iterable[Graded], int], Iterable[Event]]
    """(state, no, all graded ballots of a fenced opening, now) -> `judged` and what follows from it."""
    view: Callable[[Any, Viewer], dict[str, Any]]
    """The round's own part of a screen, built up from nothing."""
    group: Callable[[Any, int], str]
    """Which seats share a screen; never depends on what is not revealed."""
    possible: Callable[[Any], Iterable[Command]]
    """Commands that make sense now, with arguments: for bots, rehearsals and property tests."""
    deadline: Callable[[Any], int | None]
    """When the CLOCK has to say `time_up`."""
    me: Callable[[Any, int], dict[str, Any]] = nothing
    sees: Callable[[Any, Viewer, Any], bool] = lambda state, viewer, ask: viewer.group == ""
    """Whether an open ask is put to this player group."""
    first_ballot: str = ""
    """The command the CLOCK gives, also in a pause, when the first ballot of an ask is stored ({"no", "at"});
    its event puts FIRST_AT into the ask. "" where the format does not care."""
    problems: Callable[[Mapping[str, Any]], Iterable[tuple[str, str, str]]] = lambda question: ()
    """(field, code, sentence) for a question this format cannot ask."""
    quotes: Callable[[Any, Viewer], Iterable[tuple[int, int]]] = lambda state, viewer: ()
    """(no, seat) of ballots whose typed text this view shows: texts are the shell's, as names are."""
    scored: bool = True
    needs_answer: bool = True


def decide(fmt: Format, state: Any, command: Command) -> tuple[Event, ...]:
    """What happens if `command` is given now: events, or Rejected."""
    return run(fmt.moves.get(state.phase, {}), state, command)


def run(moves: Mapping[str, Move], state: Any, command: Command) -> tuple[Event, ...]:
    move = moves.get(command.name)
    if move is None:
        raise Rejected("not_now", command=command.name)
    if command.actor.role not in move.by:
        raise Rejected("not_yours", command=command.name)
    return tuple(move.run(state, command))


def replay(fmt: Format, state: Any, events: Iterable[Event]) -> Any:
    return reduce(fmt.evolve, events, state)


def whole(args: Mapping[str, Any], name: str, low: int, high: int) -> int:
    """A whole number of hostile arguments, or Rejected("bad_request")."""
    value = args.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        raise Rejected("bad_request", argument=name)
    return value
