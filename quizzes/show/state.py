"""The state of a show: lobby, rounds, standings, breaks and what can happen to all of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from quizzes.earlier import FORMATS_2
from quizzes.engine import CONTESTANT
from quizzes.formats import FORMATS
from quizzes.grammar import Format
from quizzes.line_up import KNOWN_BEFORE
from quizzes.round_state.ask import REVEALED, Ask, Round
from quizzes.round_state.room import Room
from quizzes.round_state.setup import Carried, Setup
from quizzes.show.rows import Change, TeamRow, ranked
from quizzes.show.table import Table

RULE_VERSION = 3
"""The version of the rules that a new show is played by."""
FORMATS_OF: Mapping[int, Mapping[str, Format]] = {1: FORMATS_2, 2: FORMATS_2, 3: FORMATS}
"""Rule version -> its formats. A change that would judge an old journal otherwise is a new version with its own
values here (and in `fold.CHANGES_OF`): the old ones stay in `quizzes.earlier`, and no `if` asks for a version."""
LOBBY, ROUND, STANDINGS, BREAK, OVER = "lobby", "round", "standings", "break", "over"
PAUSED, SUSPENDED = "paused", "suspended"


@dataclass(frozen=True)
class Halt:
    """A pause: the clock has stood still since `at`; the time that was left then is left when it goes on."""

    why: str
    at: int


@dataclass(frozen=True)
class Void:
    """An opening that does not count: voided by the host, or undone. The reason's text is the shell's."""

    no: int
    round: int
    question: int
    why: str
    reason_ref: Any = None


@dataclass(frozen=True)
class Step:
    """The state before a host command, and when that command came."""

    state: ShowState
    at: int


@dataclass(frozen=True)
class ShowState:
    """Folded from the journal. A value: every change makes a new one."""

    created: Mapping[str, Any] = field(repr=False)
    """The `created` event: script with every setting, questions as asked, seed, title, rule version."""
    seq: int = 1
    at: int = 0
    stage: str = LOBBY
    index: int = -1
    """The current round, from 0; -1 before the first."""
    round: Round | None = field(default=None, repr=False)
    finished: tuple[Round, ...] = field(default=(), repr=False)
    """The rounds before the current one."""
    table: Table = field(default_factory=Table, repr=False)
    table_shown: Table | None = field(default=None, repr=False)
    """The table when standings were shown last, and the time before that: it tells who moved since."""
    table_before: Table | None = field(default=None, repr=False)
    last: tuple[int, ...] = ()
    """The scored openings revealed last: what a phone tells its owner."""
    revealed: tuple[int, ...] = ()
    """All that was revealed last, also what is not scored."""
    last_no: int = 0
    key_shown: frozenset[int] = frozenset()
    """Openings whose key everybody knows; undo does not change that."""
    void: Mapping[int, Void] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    """The changes the host made; undo leaves them."""
    adjusted: frozenset[int] = frozenset()
    """The adjustments that stand, by the numbers of their events."""
    seconded: Mapping[int, bool] = field(default_factory=dict)
    """The second person's word on each adjustment; undo leaves it, too."""
    kicked: frozenset[int] = frozenset()
    locked: bool = False
    blackout: bool = False
    spread: str = ""
    """The view of 1+2 that lies over the stage: see picture.SPREAD."""
    awards: tuple[str, int] | None = None
    """The prize-giving over the stage: which awards, and how far it is."""
    thrown: Mapping[str, Any] = field(default_factory=dict)
    message: Mapping[str, Any] = field(default_factory=dict)
    """The things from the shelf that lie over the stage, each on its track: see shelf.SHELF."""
    lots: tuple[Mapping[str, Any], ...] = ()
    """Every lot drawn so far; undo leaves them."""
    armed: Mapping[str, Any] = field(default_factory=dict)
    """The act that waits for a `go`: see arming.ARMABLE."""
    gone: Mapping[tuple[int, int], tuple[Mapping[str, Any], ...]] = field(default_factory=dict)
    """(round, question) -> what stood there before it was replaced."""
    begun_at: Mapping[int, int] = field(default_factory=dict)
    """Round -> when it began."""
    hidden: frozenset[int] = frozenset()
    """Seats whose names are not shown; 0 for all of them."""
    sound: Mapping[str, Any] = field(default_factory=dict)
    sound_checks: int = 0
    sound_heard: bool = False
    unveiled: int = 0
    """How many of the podium the host has brought on: third, second, first, and then the others."""
    chosen: tuple[int, ...] = ()
    """The seats that the host named for a round of chosen ones, in order."""
    teams: Mapping[int, int] = field(default_factory=dict)
    captains: Mapping[int, int] = field(default_factory=dict)
    """seat -> its team, 0: in none; team -> the captain whom the host named."""
    followed: str = ""
    """The show in which the same people play again."""
    halt: Halt | None = None
    told: int = 0
    """Partial reveals so far: nothing goes back behind one."""
    previous: Step | None = field(default=None, compare=False, repr=False)

    @property
    def phase(self) -> str:
        """The protocol's phase."""
        return self.halt.why if self.halt else self.inner_phase

    @property
    def inner_phase(self) -> str:
        """The phase without regard to a pause."""
        return self.round.phase if self.stage == ROUND and self.round else self.stage

    @property
    def no(self) -> int | None:
        """The newest opening of the question being played."""
        return self.round.no if self.round and self.stage in (ROUND, STANDINGS) else None

    @property
    def settings(self) -> Mapping[str, Any]:
        settings: Mapping[str, Any] = self.created["script"]["settings"]
        return settings

    @property
    def auto_close(self) -> bool:
        return bool(self.settings["auto_close"])

    @property
    def teams_setting(self) -> Mapping[str, Any] | None:
        """The script's setting for teams; None where people do not play in teams."""
        found: Mapping[str, Any] | None = self.created["script"].get("teams")
        return found

    @property
    def wants_units(self) -> str:
        """The fact about each seat that a round may need: its chapter ("unit"), its team in the field ("field"), or ""
        for none."""
        form = (self.teams_setting or {}).get("form", "")
        return form if form in KNOWN_BEFORE else ""

    @cached_property
    def team_rows(self) -> tuple[TeamRow, ...]:
        """The standing of the teams, as of the last reveal."""
        wanted = self.teams_setting
        in_teams = {seat: team for seat, team in self.teams.items() if team}
        return ranked(self.table, in_teams, wanted["points"]) if wanted else ()

    @cached_property
    def _row_of_team(self) -> Mapping[int, TeamRow]:
        return {row.team: row for row in self.team_rows}

    def team_row(self, team: int) -> TeamRow | None:
        return self._row_of_team.get(team)

    def standings_wanted(self, index: int) -> str:
        """The moment of a round at which standings are shown: the round's own word, else the show's."""
        return str(self.specs[index].get("standings") or self.settings["standings"])

    @property
    def specs(self) -> Sequence[Mapping[str, Any]]:
        """The rounds as the script has them."""
        specs: Sequence[Mapping[str, Any]] = self.created["script"]["rounds"]
        return specs

    @cached_property
    def format(self) -> Format:
        """The format of the current round; only where there is one. Looked up once: every seat asks for it."""
        return self.format_of(self.index)

    @property
    def version(self) -> int:
        """The rules this show is played by, from its first event to its last."""
        return int(self.created["rule_version"])

    def format_of(self, index: int) -> Format:
        """The format of round `index`, as the show's rule version has it."""
        return FORMATS_OF[self.version][self.specs[index]["format"]]

    @property
    def playing(self) -> Round:
        """The current round; only where there is one."""
        assert self.round is not None  # noqa: S101
        return self.round

    @property
    def survivors(self) -> frozenset[int] | None:
        """The seats that played the round before and were still in at its end; None where it was open to all."""
        cast = self.round.cast if self.round else None
        return cast.still_in if cast and (cast.named or cast.is_closed) else None

    @property
    def sent(self) -> tuple[int, ...]:
        """The seats that the round before sends on to the next."""
        return self.format_of(self.round.setup.index).sends(self.round) if self.round else ()

    @property
    def contested(self) -> frozenset[int]:
        """The seats that were contestants of a round so far."""
        return frozenset(seat for one in self.rounds for seat in one.cast.those({CONTESTANT}))

    @property
    def rounds(self) -> tuple[Round, ...]:
        return (*self.finished, self.round) if self.round else self.finished

    def openings(self) -> Iterator[tuple[int, Ask]]:
        """(round index, ask) of the whole show in order; undone ones are gone, void ones are there."""
        return ((index, ask) for index, one in enumerate(self.rounds) for ask in one.asks.values())

    def opening(self, no: int) -> tuple[int, Ask] | None:
        if self.round and no in self.round.asks:  # looked at first: each answer asks for one of these
            return len(self.finished), self.round.asks[no]
        return next(((index, one.asks[no]) for index, one in enumerate(self.rounds) if no in one.asks), None)

    @cached_property
    def last_asks(self) -> tuple[Ask, ...]:
        """The asks revealed last, without void ones. They are looked up once: every seat asks for them."""
        last = set(self.last)
        return tuple(ask for _, ask in self.openings() if ask.no in last and ask.status == REVEALED)

    def setup(self, index: int, room: Mapping[str, Any] | None = None) -> Setup:
        """The setup that round `index` begins with: questions, the room, and what earlier rounds leave."""
        questions = tuple(self.created["questions"][index])
        settings = self.specs[index]["settings"]
        carried = Carried(self.table.scores, self.survivors, self.sent, self.contested)
        spec, seed = self.specs[index], self.created["seed"]
        slots, material = spec.get("slots", {}), spec.get("material", {})
        return Setup(index, questions, settings, seed, self.last_no, Room.of(room), carried, slots, material)
