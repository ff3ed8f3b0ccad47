"""Aloud: a question is read out and answered aloud, by one whose turn it is or by whoever buzzes first.

The buzzer works from a moment that is said ahead, while the question is still being read; when it has been read the
clock begins. What is said last before the host's verdict counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from quizzes.copies import replace
from quizzes.engine import CLOCK, HOST, JUDGE, SECOND, Command, Event, Graded, Viewer
from quizzes.grammar import Corrects, Judged, Kind, Mechanic, Move, Results, Run
from quizzes.mechanics import asking, bank_question
from quizzes.mechanics.boards import in_points
from quizzes.mechanics.evolving import later
from quizzes.mechanics.extending import extend, extendable, seconds_given
from quizzes.mechanics.floor import BUZZ
from quizzes.mechanics.playing_along import ALONG
from quizzes.questions.contract import FULL
from quizzes.refusals import Rejected
from quizzes.round_state.ask import FIRST_AT, OPEN, Ask, Round
from quizzes.round_state.roll import Roll
from quizzes.scoring import rounded_us

ORAL = "oral"
LEAD_US = SECOND // 2
"""How long ahead the opening of a buzzer is announced, and how long before the earliest end of the reading,
microseconds. A slow line hears of it in time, and nobody's buzz is bounded by the moment the news came."""


@dataclass(frozen=True)
class Aloud:
    ruled: Mapping[int, int] = field(default_factory=dict)
    """opening -> the share that the host's verdict gives"""
    read: int = 0
    """The newest opening whose question has been read out."""
    until: int | None = None
    """When the answer is due, or the buzzers close."""


def asked_aloud(state: Round) -> Ask | None:
    """The opening that is answered aloud or buzzed for now."""
    found = state.newest(ORAL, BUZZ)
    return found if found is not None and found.status == OPEN else None


def being_read(state: Round) -> bool:
    ask = asked_aloud(state)
    read = ask is None or ask.closes_at is not None or ask.no == state.of(Aloud).read or FIRST_AT in ask.more
    return not read


def aloud(seconds: Callable[[Round, Ask], int], earns: Callable[[Round, int], int]) -> Mechanic:
    """`seconds`: how long after the reading; `earns`: half-points of an answer in one's own turn, by its share."""

    def read_out(state: Round, command: Command) -> Iterator[Event]:
        """The last word has been read: the clock begins."""
        ask = asked_aloud(state)
        assert ask is not None  # noqa: S101
        since = max(command.at, ask.opens_at + LEAD_US) if ask.kind == BUZZ else command.at
        yield Event("read", {"no": ask.no, "until": since + seconds(state, ask) * SECOND})

    def onward(state: Round, command: Command) -> Iterator[Event]:
        yield from (read_out if being_read(state) else asking.close)(state, command)

    def judge(state: Round, ask: Ask, graded: Sequence[Graded], command: Command) -> Judged:
        share, seat = state.of(Aloud).ruled.get(ask.no), state.cast.turn
        if share is None or seat is None:
            return Judged()
        time_us = rounded_us(ask.elapsed_us(ask.closes_at or command.at))
        return Judged({seat: (earns(state, share), share, time_us if share == FULL else 0)})

    by_judges, by_host = frozenset({HOST, JUDGE}), frozenset({HOST})
    return Mechanic(
        keeps=Aloud(),
        moves={
            "open": {
                "advance": Move(by_host, onward),
                "read": Move(by_host, read_out, when=being_read),
                "right": Move(by_judges, ruled(FULL), when=is_oral),
                "wrong": Move(by_judges, ruled(0), when=is_oral),
                "extend": Move(by_host, more_time, {"seconds": "whole"}, when=has_time),
            }
        },
        changes={"ruled": _ruled, "read": _read, "resumed": _resumed, "ready": _ready},
        corrects=_corrects(earns),
        kinds={ORAL: Kind(bank_question.face, _nothing_to_send, _no_share, _no_choices, judge, verdicts=ruled_on)},
        view=view,
    )


def _corrects(earns: Callable[[Round, int], int]) -> Corrects:
    def corrects(state: Round, ask: Ask, seat: int, right: bool, so_far: Results) -> Results:
        if ask.kind != ORAL:
            return so_far
        share, time_us = (FULL, rounded_us(ask.elapsed_us(ask.closes_at or ask.opens_at))) if right else (0, 0)
        return {**so_far, ask.no: {seat: (earns(replace(state, question=ask.during), share), share, time_us)}}

    return corrects


def is_being_answered(state: Round) -> bool:
    """True after the reading of a question in one's own turn: its time to answer runs."""
    return is_oral(state) and not being_read(state) and state.of(Aloud).until is not None


def has_time(state: Round) -> bool:
    return is_being_answered(state) or bool(extendable(state))


def more_time(state: Round, command: Command) -> Iterator[Event]:
    """Gives more time to whoever answers aloud, and to every ask that is open against the clock."""
    yield from extend(state, command)
    ask, until = asked_aloud(state), state.of(Aloud).until
    if ask is not None and until is not None and is_being_answered(state):
        yield Event("read", {"no": ask.no, "until": max(until, command.at) + seconds_given(command) * SECOND})


def ask_aloud(state: Round, command: Command) -> Event:
    """Opens the question of the seat whose turn it is. Nothing is sent, so nobody is on its roll."""
    return asking.opened(state, command, ORAL, 0, roll=Roll())


def spoken() -> Mechanic:
    """Ends the question with the verdict that was said aloud; the key follows at once."""
    return Mechanic(after={"closing": close_along, "judged": tell, "closed": tell}, view=verdicts)


def ruled_on(state: Round, ask: Ask) -> list[int]:
    return list(ask.results)


def is_oral(state: Round) -> bool:
    ask = asked_aloud(state)
    return ask is not None and ask.kind == ORAL


def ruled(share: int) -> Run:
    """The host's verdict ends the question."""

    def run(state: Round, command: Command) -> Iterator[Event]:
        ask = asked_aloud(state)
        assert ask is not None  # noqa: S101
        yield Event("ruled", {"no": ask.no, "share": share})
        yield from (asking.closing(one, command) for one in state.open_asks())

    return run


def close_along(state: Round, event: Event, command: Command) -> Iterator[Event]:
    """Closes the ask of those who play along as soon as somebody has the word; the host's commands close everything by
    themselves."""
    by_itself = command.actor.role == CLOCK and command.name != "all_answered"
    if by_itself and state.asks[event.data["no"]].kind in (ORAL, BUZZ):
        yield from (asking.closing(ask, command) for ask in state.open_asks() if ask.kind == ALONG)


def tell(state: Round, event: Event, command: Command) -> Iterator[Event]:
    """Shows the key right after the host's verdict, which was heard aloud. Without a verdict nothing is shown."""
    if state.phase == "closed" and not state.live_asks() and has_verdict(state):
        yield from asking.reveal(state, command)


def has_verdict(state: Round) -> bool:
    ask = state.newest(ORAL, BUZZ)
    return ask is not None and bool(ask.results)


def _nothing_to_send(state: Round, ask: Ask, raw: Any) -> Any:
    raise Rejected("bad_choice")


def _no_share(state: Round, ask: Ask, choice: Any) -> int:
    return 0


def _no_choices(state: Round, ask: Ask) -> list[Any]:
    return []


def _ruled(state: Round, data: Mapping[str, Any]) -> Round:
    kept = state.of(Aloud)
    return state.keeping(replace(kept, ruled={**kept.ruled, data["no"]: data["share"]}))


def _read(state: Round, data: Mapping[str, Any]) -> Round:
    ask = state.asks[data["no"]]
    known = state.keeping(replace(state.of(Aloud), read=ask.no, until=data["until"]))
    return known.with_ask(replace(ask, closes_at=data["until"])) if ask.kind == BUZZ else known


def _resumed(state: Round, data: Mapping[str, Any]) -> Round:
    kept = state.of(Aloud)
    return state.keeping(replace(kept, until=later(kept.until, data)))


def _ready(state: Round, data: Mapping[str, Any]) -> Round:
    return state.keeping(replace(state.of(Aloud), until=None))


def view(state: Round, viewer: Viewer) -> dict[str, Any]:
    """The time by which it is to be answered, and whether it is still being read."""
    own = is_oral(state)
    return {"reading": being_read(state), "until": state.of(Aloud).until if own else None, "oral": own}


def verdicts(state: Round, viewer: Viewer) -> dict[str, Any]:
    """The verdict on each seat, after the reveal."""
    if state.phase != "revealed":
        return {}
    asks = [ask for ask in state.of_question() if ask.kind in (ORAL, BUZZ)]
    results = [one for ask in asks for one in ask.results.items()]
    rows = [{"seat": seat, "right": share == FULL, "points": in_points(half)} for seat, (half, share, _) in results]
    return {"verdicts": rows}
