"""The parts of a format (`quizzes.rounds` plays one).

A format is a list of mechanics, which meet in events: who may do what (`moves`), what follows from what happened
(`after`), what an event changes (`changes`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, reduce
from typing import Any

from quizzes.anew import PLAIN, Anew
from quizzes.copies import merged, replace
from quizzes.engine import Command, Event, Graded, Setting, Slot, Viewer
from quizzes.round_state.ask import Ask, Result, Round
from quizzes.round_state.cast import Cast, everybody_plays
from quizzes.round_state.setup import Setup
from quizzes.settings.values import half_points

Run = Callable[[Any, Command], Iterable[Event]]  # a move of a round, or of the show above it
After = Callable[[Round, Event, Command], Iterable[Event]]
Change = Callable[[Round, Mapping[str, Any]], Round]


@dataclass(frozen=True)
class Move:
    """One command in one phase: the roles that may give it, and its effect. One table refuses, fills `acts`, draws
    buttons and moves bots. `by` names roles, or TURN."""

    by: frozenset[str]
    run: Run
    args: Mapping[str, Any] = field(default_factory=dict)
    """The arguments of the command, described for screens and programs."""
    when: Callable[[Any], bool] = lambda state: True
    """True when the command makes sense now."""
    tries: Callable[[Any], Iterable[Mapping[str, Any]]] = lambda state: ({},)  # sound arguments, for bots and tests


@dataclass(frozen=True)
class Clock:
    """A time that runs out, and what happens then. The shell says `time_up` when it is due."""

    due: Callable[[Round], int | None]
    run: Run


Results = dict[int, dict[int, Result]]  # opening -> its results
Corrects = Callable[[Round, Ask, int, bool, Results], Results]
"""(state, ask, seat, right, results so far) -> the results that change, had the verdict on this seat been so."""
MAIN, SIDE = "main", "side"


@dataclass(frozen=True)
class Judged:
    """The verdicts of an ask: seat -> (half-points, share right, microseconds), counts, and what else was found."""

    results: Mapping[int, Sequence[int]] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    more: Mapping[str, Any] = field(default_factory=dict)


Judge = Callable[[Round, Ask, Sequence[Graded], Command], Judged]


@dataclass(frozen=True)
class Kind:
    """One kind of ask: how it is shown, read, graded and judged."""

    face: Callable[[Round, Ask, str], dict[str, Any]]
    """(state, ask, lang) -> the public face, without the key."""
    read: Callable[[Round, Ask, Any], Any]
    """(state, ask, raw) -> the canonical choice, or Rejected("bad_choice")."""
    grade: Callable[[Round, Ask, Any], int]
    """(state, ask, choice) -> 0..1000."""
    possible: Callable[[Round, Ask], list[Any]]
    """(state, ask) -> a few choices, for bots and tests."""
    judge: Judge
    """(state, ask, all its graded ballots, command) -> the verdicts."""
    part: str = MAIN
    """SIDE: a vote, pick or sheet beside the question."""
    scored: bool = True
    """Its points count in the show's table, and a phone says right or wrong."""
    waits: bool = False
    """It stays open until its time is over or the host closes it, even when everybody asked has answered."""
    verdicts: Callable[[Round, Ask], Sequence[int]] = lambda state, ask: ()
    """The seats that somebody called right or wrong aloud, in that order: such a verdict can be corrected."""
    ends_round: bool = False  # had it been right, nothing more of the round would have been asked
    ends_by: str = ""  # the sentence of the host's button, where closing it does something else than to judge
    first_ballot: str = ""
    """The command the CLOCK gives, also in a pause, when the first ballot is stored ({"no", "at"})."""


@dataclass(frozen=True)
class Mechanic:
    """A piece of the rules as one value. A format lists the pieces it is made of; its own rules are the last piece.

    Pieces never call each other: one does something by an event, another answers that event in `after`. Later pieces
    stand on earlier ones: events change the earlier first, and the later has the last word."""

    moves: Mapping[str, Mapping[str, Move]] = field(default_factory=dict)
    """phase -> command -> move: what may be done."""
    after: Mapping[str, After] = field(default_factory=dict)
    """event -> what follows from it at once."""
    changes: Mapping[str, Change] = field(default_factory=dict)
    """event -> (state, data) -> state. Also hears the show's own `resumed` and `voided`."""
    clocks: Sequence[Clock] = ()
    kinds: Mapping[str, Kind] = field(default_factory=dict)  # the asks it brings
    keeps: Any = None
    """Its memory at the start of the round: a frozen dataclass; `state.of(Type)` finds it by its type."""
    reveals: Mapping[str, Callable[[Round, Mapping[str, Any]], bool]] = field(default_factory=dict)
    """Fact shown before a reveal (`shown {what}`) -> a function that says whether the key makes it true."""
    corrects: Corrects | None = None
    """Computes results again after a corrected verdict."""
    anew: Anew = PLAIN  # what else is taken back then, and what stays
    group: Callable[[Round, int], str] = lambda state, seat: ""
    """Names a group of seats of one role that see another screen than the rest. It may not loop over seats."""
    view: Callable[[Round, Viewer], dict[str, Any]] = lambda state, about: {}
    """Its part of a screen, made whole each time."""
    me: Callable[[Round, int], dict[str, Any]] = lambda state, about: {}
    """Its part of one seat's own screen."""


@dataclass(frozen=True)
class Preset:
    """An earlier or local variant of a format: its name, and the settings in which it differs from the present one."""

    title: str
    settings: Mapping[str, Any]
    material: Mapping[str, Any] = field(default_factory=dict)  # what its season gave besides: the packages it offered


@dataclass(frozen=True)
class Format:
    """The rules of a kind of round, as the pieces they are made of. Phases are PROTOCOL's."""

    key: str
    title: str
    settings: Mapping[str, Setting]
    mechanics: tuple[Mechanic, ...]
    cast: Callable[[Setup], Cast] = everybody_plays
    """Gives every seat its role when the round begins."""
    fixed: Mapping[str, Any] = field(default_factory=dict)  # settings of a mechanic that no script may set
    worth: Callable[[Round, int], int] = lambda state, index: half_points(state.settings.get("points", 0))
    """Half-points of a right answer to a question."""
    problems: Callable[[Mapping[str, Any]], Iterable[tuple[str, str, str]]] = lambda question: ()
    """(field, code, sentence) for a question this format cannot ask."""
    quotes: Callable[[Round, Viewer], Iterable[tuple[int, int]]] = lambda state, viewer: ()
    """(no, seat) of ballots whose typed text this view shows: texts are the shell's, as names are."""
    places: Callable[[Round], Mapping[int, int]] | None = None
    """seat -> its place (1 is the best), where something else than points ranks first. Asked after each reveal."""
    orders: Callable[[Round], Mapping[int, int]] | None = None  # seat -> its order among those with as many points
    ranks_by: str = ""  # the sentence that says what such places or orders go by
    sends: Callable[[Round], tuple[int, ...]] = lambda state: ()
    """The seats that go on to the next round as its contestants, best first; () where points decide."""
    slots: Mapping[str, Slot] = field(default_factory=dict)
    """Kinds of questions that a script may list apart (own, common), in the order they are asked."""
    material: Mapping[str, Setting] = field(default_factory=dict)
    """Material besides questions and settings: a phrase, a picture, packages. It is checked like settings."""
    presets: Mapping[str, Preset] = field(default_factory=dict)
    """Variants that a round of a script may name: `preset: key`; its own settings lie over those."""
    course: Callable[[Round], tuple[Sequence[int], int]] | None = None  # questions as asked, and how many there can be
    lasts: Callable[[Mapping[str, Any], int], int] | None = None  # (settings, questions) -> about the seconds in all
    scored: bool = True
    needs_answer: bool = True
    keeps_contestants: bool = False  # those of the first round of this kind play it
    ground: str = ""  # the light that its rounds are known by on the stage: a name of `show.grounds`
    hides_picture: str = ""  # the material that the shell cuts in `pieces` of the first question, else its own picture
    own_types: Mapping[str, str] = field(default_factory=dict)  # types of questions that only it asks, and their names

    @cached_property
    def moves(self) -> Mapping[str, Mapping[str, Move]]:
        phases = dict.fromkeys(phase for one in self.mechanics for phase in one.moves)
        return {phase: merged(one.moves.get(phase, {}) for one in self.mechanics) for phase in phases}

    @cached_property
    def kinds(self) -> Mapping[str, Kind]:
        return merged(one.kinds for one in self.mechanics)

    @cached_property
    def reveals(self) -> Mapping[str, Callable[[Any, Mapping[str, Any]], bool]]:
        return merged(one.reveals for one in self.mechanics)

    @cached_property
    def groups(self) -> tuple[Callable[[Round, int], str], ...]:
        """The functions of the pieces that group seats, the last first."""
        return tuple(one.group for one in reversed(self.mechanics) if one.group is not Mechanic.group)

    @cached_property
    def own(self) -> tuple[Callable[[Round, int], dict[str, Any]], ...]:
        """The functions of the pieces that say something to each seat."""
        return tuple(one.me for one in self.mechanics if one.me is not Mechanic.me)

    @cached_property
    def first_ballots(self) -> frozenset[str]:
        return frozenset(kind.first_ballot for kind in self.kinds.values() if kind.first_ballot)

    @cached_property
    def changes(self) -> Mapping[str, tuple[Change, ...]]:
        """Event -> what the pieces that know it change, in the order of the list."""
        names = {name for one in self.mechanics for name in one.changes}
        return {name: tuple(one.changes[name] for one in self.mechanics if name in one.changes) for name in names}

    def begin(self, setup: Setup) -> Round:
        setup = replace(setup, settings={**setup.settings, **self.fixed})
        begun = Round(setup, last_no=setup.last_no, cast=self.cast(setup))
        return begun.keeping(*(one.keeps for one in self.mechanics if one.keeps is not None))

    def evolve(self, state: Round, event: Event) -> Round:
        """Every piece that knows the event changes what it keeps, in the order of the list."""
        if event.name not in self.changes:
            raise ValueError(f"no such event: {event.name}")
        for change in self.changes[event.name]:
            state = change(state, event.data)
        return state

    def hears(self, state: Round, event: Event) -> Round:
        """The same for what happens to the room: no piece has to know it."""
        return self.evolve(state, event) if event.name in self.changes else state

    def corrected(self, state: Round, ask: Ask, seat: int, right: bool) -> Results:
        """The results of an ask, and of others that change with them, had the verdict on this seat been so."""
        corrects, known = [one.corrects for one in self.mechanics if one.corrects], {ask.no: dict(ask.results)}
        return reduce(lambda so_far, one: one(state, ask, seat, right, so_far), corrects, known)

    def group(self, state: Round, seat: int) -> str:
        """The group of seats in a role that share a screen. The last mechanic with a word for this seat decides."""
        return next((word for group in self.groups if (word := group(state, seat))), "")

    def view(self, state: Round, viewer: Viewer) -> dict[str, Any]:
        parts = [one.view(state, viewer) for one in self.mechanics]
        seats = [seat for part in parts for seat in part.get("seats", ())]
        return merged(parts) | ({"seats": seats} if seats else {})

    def me(self, state: Round, seat: int) -> dict[str, Any]:
        return merged([me(state, seat) for me in self.own])

    def clock(self, state: Round) -> tuple[int, Run] | None:
        """The clock that runs out next."""
        clocks = ((clock.due(state), clock.run) for piece in self.mechanics for clock in piece.clocks)
        return min(((time, run) for time, run in clocks if time is not None), key=lambda clock: clock[0], default=None)

    def possible(self, state: Round) -> Iterator[Command]:
        """Commands that make sense now, given by those who may: for bots, rehearsals and tests."""
        for name, move in self.moves.get(state.phase, {}).items():
            if move.when(state):
                for actor in state.cast.actors(move.by):
                    yield from (Command(name, actor, 0, args) for args in move.tries(state))
