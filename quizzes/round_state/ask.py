"""An ask: one opening of one question to a roll of seats until a deadline. The core of every format.

Openings are numbered by `no` from 1 over the whole show; a number is never used twice, also after undo.
An ask closes in two steps: `closing` says until when answers count, `settled` shuts the fence once all
that arrived in time is stored, `judged` brings the verdicts. Nothing of them is seen before `revealed`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from quizzes.copies import replace
from quizzes.round_state.cast import Cast
from quizzes.round_state.roll import MOST_SEATS, Roll

if TYPE_CHECKING:
    from quizzes.round_state.setup import Setup

__all__ = ["MOST_SEATS", "Ask", "Roll", "Round"]

FIRST, LAST = "first", "last"
OPEN, CLOSING, SETTLED, JUDGED, REVEALED, VOID = "open", "closing", "settled", "judged", "revealed", "void"

FIRST_AT = "first_at"
"""The name in `Ask.more` of the moment the first ballot came, for formats that are told of it."""
Result = tuple[int, int, int]
"""(half-points, share right 0..1000, microseconds needed)."""


@dataclass(frozen=True)
class Ask:
    no: int
    kind: str
    question: int | None
    """Index in the round; None for an ask without a question, such as a pick."""
    shown: tuple[tuple[str, int], ...]
    """Drawn option ids with the index of their option, in shown order."""
    opens_at: int
    closes_at: int | None
    take: str
    roll: Roll
    status: str = OPEN
    gaps: tuple[tuple[int, int], ...] = ()
    """Times the clock stood still: (from, until)."""
    closings: int = 0
    """How often it was closed: an undone closing may be followed by another."""
    results: Mapping[int, Result] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    more: Mapping[str, Any] = field(default_factory=dict)
    """Other facts found while judging: buzz order, words."""
    during: int = -1
    """The question of the round that was being played."""
    standing: bool = False
    """True for an ask that stands open beside the question: no phase waits for it."""
    held: int | None = None
    """Since when its clock waits and nothing is taken."""

    @property
    def live(self) -> bool:
        """True while it takes ballots or waits for its verdicts."""
        return self.status in (OPEN, CLOSING, SETTLED)

    def elapsed_us(self, at: int) -> int:
        """Time on the show's clock from the opening to `at`; pauses do not count."""
        stood = sum(max(0, min(at, until) - since) for since, until in self.gaps)
        return max(0, at - self.opens_at - stood)

    def shifted(self, since: int, until: int) -> Ask:
        """The clock stood still from `since` to `until`: what was left is left."""
        if self.status != OPEN or self.held is not None:
            return self
        closes_at = None if self.closes_at is None else max(self.closes_at, since) + until - since
        return replace(self, closes_at=closes_at, gaps=(*self.gaps, (since, until)))

    @classmethod
    def of(cls, data: Mapping[str, Any], cast: Cast | None = None, during: int | None = None) -> Ask:
        """The ask of an `opened` event. `to` names roles: the journal says to whom, not which 5,000 seats."""
        roll = Roll.of(data["roll"])
        if "to" in data and cast:
            roll = Roll.only(cast.those(data["to"], roll))
        return cls(
            data["no"],
            data["kind"],
            data["question"],
            tuple((str(option), int(index)) for option, index in data["shown"]),
            data["opens_at"],
            data["closes_at"],
            data["take"],
            roll,
            during=data["question"] if during is None else during,
            standing=data.get("standing", False),
        )


K = TypeVar("K")


@dataclass(frozen=True)
class Round:
    """The state of a round: its cast, its asks, and what each mechanic keeps."""

    setup: Setup
    phase: str = "begin"
    question: int = -1
    until: int | None = None
    """The moment at which the CLOCK moves this phase on, besides closing an ask (reading time)."""
    last_no: int = 0
    asks: Mapping[int, Ask] = field(default_factory=dict)
    cast: Cast = field(default_factory=Cast)
    kept: Mapping[type, Any] = field(default_factory=dict)

    @property
    def settings(self) -> Mapping[str, Any]:
        return self.setup.settings

    def of(self, kind: type[K]) -> K:
        """The part of the state that a mechanic keeps, found by its type."""
        return cast("K", self.kept[kind])

    def keeping(self, *values: Any, **changes: Any) -> Self:
        """The state with other values kept, and other changes besides."""
        return replace(self, kept={**self.kept, **{type(one): one for one in values}}, **changes)

    def body(self, index: int | None = None) -> Mapping[str, Any]:
        """A question of the round; the current one when no index is given."""
        return self.setup.questions[self.question if index is None else index]

    def of_question(self, index: int | None = None) -> Iterator[Ask]:
        """The openings during a question in order; void ones are left out."""
        wanted = self.question if index is None else index
        return (ask for ask in self.asks.values() if ask.during == wanted and ask.status != VOID)

    def newest(self, *kinds: str) -> Ask | None:
        """The newest opening of one of these kinds during the current question."""
        return max((ask for ask in self.of_question() if ask.kind in kinds), key=lambda ask: ask.no, default=None)

    def live_asks(self) -> tuple[Ask, ...]:
        return tuple(ask for ask in self.asks.values() if ask.live)

    def open_asks(self) -> tuple[Ask, ...]:
        return tuple(ask for ask in self.asks.values() if ask.status == OPEN)

    @property
    def no(self) -> int | None:
        """The number of the newest opening of the current question, void or not."""
        asked = (ask for ask in self.asks.values() if ask.during == self.question and not ask.standing)
        return max((ask.no for ask in asked), default=None)

    @cached_property
    def scores(self) -> Mapping[int, int]:
        """seat -> half-points, with what was carried in, as of the last reveal."""
        totals = dict(self.setup.carried.scores)
        for ask in self.asks.values():
            if ask.status == REVEALED:
                for seat, (half, _, _) in ask.results.items():
                    totals[seat] = totals.get(seat, 0) + half
        return totals

    def with_ask(self, ask: Ask, **changes: Any) -> Self:
        return replace(self, asks={**self.asks, ask.no: ask}, **changes)


# the changes of shared events
