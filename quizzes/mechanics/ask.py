"""An ask: one opening of one question to a roll of seats until a deadline. The core of every format.

Openings are numbered by `no` from 1 over the whole show; a number is never used twice, also after undo.
An ask closes in two steps: `closing` says until when answers count, `settled` shuts the fence once all
that arrived in time is stored, `judged` brings the verdicts. Nothing of them is seen before `revealed`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self, TypeVar

from quizzes.engine import Event, Setup

FIRST, LAST = "first", "last"
OPEN, CLOSING, SETTLED, JUDGED, REVEALED, VOID = "open", "closing", "settled", "judged", "revealed", "void"

FIRST_AT = "first_at"
"""In `Ask.more`: when the first ballot came, where the format wants to be told."""
MOST_SEATS = 1_000_000
"""A seat number above this is nobody's."""

Result = tuple[int, int, int]
"""(half-points, share right 0..1000, microseconds needed)."""


@dataclass(frozen=True)
class Roll:
    """Who may answer, frozen at the opening: every seat up to a number, but for some."""

    upto: int = 0
    without: frozenset[int] = frozenset()

    def __contains__(self, seat: int) -> bool:
        return 0 < seat <= self.upto and seat not in self.without

    def __len__(self) -> int:
        return self.upto - len(self.without)

    def but(self, seats: frozenset[int]) -> Roll:
        return Roll(self.upto, self.without | {seat for seat in seats if 0 < seat <= self.upto})

    def joined(self, other: Roll) -> Roll:
        """Everybody who is on either roll."""
        both = self.without | other.without
        return Roll(max(self.upto, other.upto), frozenset(s for s in both if s not in self and s not in other))

    def to_json(self) -> dict[str, Any]:
        return {"upto": self.upto, "without": sorted(self.without)}

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Roll:
        return cls(data["upto"]).but(frozenset(data["without"]))


@dataclass(frozen=True)
class Ask:
    no: int
    kind: str
    question: int
    """Index in the round."""
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
    """What else the format found while judging: buzz order, words."""

    @property
    def live(self) -> bool:
        """Still taking ballots, or waiting for its verdicts."""
        return self.status in (OPEN, CLOSING, SETTLED)

    def elapsed_us(self, at: int) -> int:
        """Time on the show's clock from the opening to `at`; pauses do not count."""
        stood = sum(max(0, min(at, until) - since) for since, until in self.gaps)
        return max(0, at - self.opens_at - stood)

    def shifted(self, since: int, until: int) -> Ask:
        """The clock stood still from `since` to `until`: what was left is left."""
        if self.status != OPEN:
            return self
        closes_at = None if self.closes_at is None else max(self.closes_at, since) + until - since
        return replace(self, closes_at=closes_at, gaps=(*self.gaps, (since, until)))

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Ask:
        """From an `opened` event."""
        shown = tuple((str(option), int(index)) for option, index in data["shown"])
        return cls(
            data["no"],
            data["kind"],
            data["question"],
            shown,
            data["opens_at"],
            data["closes_at"],
            data["take"],
            Roll.of(data["roll"]),
        )


@dataclass(frozen=True)
class Round:
    """What every round state has; formats extend it with their own fields."""

    setup: Setup
    phase: str = "begin"
    question: int = -1
    until: int | None = None
    """When the CLOCK moves this phase on, besides closing an ask (reading time)."""
    last_no: int = 0
    asks: Mapping[int, Ask] = field(default_factory=dict)

    @property
    def settings(self) -> Mapping[str, Any]:
        return self.setup.settings

    def body(self, index: int | None = None) -> Mapping[str, Any]:
        """A question of the round; the current one when no index is given."""
        return self.setup.questions[self.question if index is None else index]

    def worth(self, index: int) -> int:
        """Half-points of a right answer to a question."""
        return 2 * int(self.settings.get("points", 0))

    def of_question(self, index: int | None = None) -> Iterator[Ask]:
        """The openings of a question in order; void ones are left out."""
        wanted = self.question if index is None else index
        return (ask for ask in self.asks.values() if ask.question == wanted and ask.status != VOID)

    def live_asks(self) -> tuple[Ask, ...]:
        return tuple(ask for ask in self.asks.values() if ask.live)

    def open_asks(self) -> tuple[Ask, ...]:
        return tuple(ask for ask in self.asks.values() if ask.status == OPEN)

    @property
    def no(self) -> int | None:
        """The number of the newest opening of the current question, void or not."""
        return max((ask.no for ask in self.asks.values() if ask.question == self.question), default=None)

    def with_ask(self, ask: Ask, **changes: Any) -> Self:
        return replace(self, asks={**self.asks, ask.no: ask}, **changes)

    def shifted(self, since: int, until: int) -> Self:
        """Gives lost time back. A format with more clocks of its own extends this."""
        later = None if self.until is None else max(self.until, since) + until - since
        asks = {no: ask.shifted(since, until) for no, ask in self.asks.items()}
        return replace(self, until=later, asks=asks)

    def voided(self, no: int) -> Self:
        """Without the points of `no`. Voiding what is being played ends that question unrevealed."""
        ask = self.asks[no]
        current = no == self.no and self.phase not in ("ready", "revealed")
        changes = {"phase": "revealed", "until": None} if current else {}
        return self.with_ask(replace(ask, status=VOID), **changes)


R = TypeVar("R", bound=Round)


def evolve(state: R, event: Event) -> R:
    """The events every asking format shares; a format's own `evolve` falls back to this."""
    data = event.data
    match event.name:
        case "ready":
            return replace(state, phase="ready", question=data["question"], until=data["until"])
        case "opened":
            ask = Ask.of(data)
            return state.with_ask(ask, phase="open", until=None, last_no=max(state.last_no, ask.no))
        case "closing":
            ask = state.asks[data["no"]]
            closed = replace(ask, status=CLOSING, closes_at=data["closes_at"], closings=ask.closings + 1)
            return state.with_ask(closed)
        case "settled":
            return state.with_ask(replace(state.asks[data["no"]], status=SETTLED))
        case "judged":
            return _judged(state, data)
        case "revealed":
            shown = {no: replace(state.asks[no], status=REVEALED) for no in data["nos"]}
            return replace(state, phase="revealed", until=None, asks={**state.asks, **shown})
    raise ValueError(f"no such event: {event.name}")


def _judged(state: R, data: Mapping[str, Any]) -> R:
    results = {int(seat): (half, right, us) for seat, (half, right, us) in data["results"].items()}
    more = {name: value for name, value in data.items() if name not in ("no", "results", "counts")}
    ask = state.asks[data["no"]]
    judged = state.with_ask(replace(ask, status=JUDGED, results=results, counts=dict(data["counts"]), more=more))
    return judged if judged.live_asks() else replace(judged, phase="closed", until=None)
