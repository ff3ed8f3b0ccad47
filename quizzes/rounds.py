"""The functions that play a round of any format.

events = decide(format, state, command)   # may raise Rejected
state  = replay(format, state, events)    # never fails: the journal is enough to rebuild a round
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import reduce
from typing import Any

from quizzes.engine import CLOCK, Command, Event, Graded
from quizzes.grammar import Format, Move
from quizzes.refusals import Rejected
from quizzes.round_state.ask import Round
from quizzes.round_state.teams import spoken

MOST_DEEP = 20
"""How many levels of events may follow from one another."""


def decide(fmt: Format, state: Round, command: Command) -> tuple[Event, ...]:
    """The events of `command`, given now, and all that follows. Raises `Rejected` where it may not be given."""
    if command.name == "time_up":
        events = time_up(fmt, state, command)
    else:
        events = run(fmt.moves.get(state.phase, {}), state, command, state.cast.names(command.actor))
    return tuple(with_what_follows(fmt, state, events, command))


def run(
    moves: Mapping[str, Move], state: Any, command: Command, names: frozenset[str] | None = None
) -> tuple[Event, ...]:
    """Runs a command through the table of moves. `names` are the names under which a move may list this actor; without
    them its role counts."""
    move = moves.get(command.name)
    if move is None:
        raise Rejected("not_now", command=command.name)
    if not move.by & (names or {command.actor.role}):
        raise Rejected("not_yours", command=command.name)
    if not move.when(state):
        raise Rejected("not_now", command=command.name)
    return tuple(move.run(state, command))


def time_up(fmt: Format, state: Round, command: Command) -> Iterable[Event]:
    """Refuses a command of the clock that comes early, or that was meant for another opening."""
    if command.actor.role != CLOCK:
        raise Rejected("not_yours", command=command.name)
    clock = fmt.clock(state)
    if clock is None or command.at < clock[0] or command.args.get("no", state.no) != state.no:
        raise Rejected("not_now", command=command.name)
    return clock[1](state, command)


def judge(fmt: Format, state: Round, no: int, graded: Iterable[Graded], command: Command) -> tuple[Event, ...]:
    """The verdicts of a closed ask, and what follows from them."""
    ask = state.asks[no]
    kind = fmt.kinds[ask.kind]
    ballots = tuple(graded)
    if kind.scored and not kind.first_ballot:
        ballots = tuple(spoken(state.cast, ballots, typed=not ask.shown))
    found = kind.judge(state, ask, ballots, command)
    results = {str(seat): list(result) for seat, result in sorted(found.results.items())}
    event = Event("judged", {"no": no, "results": results, "counts": dict(found.counts), **found.more})
    return tuple(with_what_follows(fmt, state, [event], command))


def with_what_follows(
    fmt: Format, state: Round, events: Iterable[Event], command: Command, deep: int = 0
) -> Iterator[Event]:
    """Yields each event, then the pieces' answers to it, then what follows from those. Raises RuntimeError when that
    never ends."""
    if deep > MOST_DEEP:
        raise RuntimeError(f"pieces of {fmt.key} answer each other for ever")
    for event in events:
        yield event
        state = fmt.evolve(state, event)
        for piece in fmt.mechanics:
            if event.name in piece.after:
                said = piece.after[event.name](state, event, command)
                answer = tuple(with_what_follows(fmt, state, said, command, deep + 1))
                yield from answer
                state = replay(fmt, state, answer)


def replay(fmt: Format, state: Round, events: Iterable[Event]) -> Round:
    return reduce(fmt.evolve, events, state)
