"""What can be done to a show: its own moves above the rounds, and undo, void, pause at any time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from quizzes import engine, script
from quizzes.engine import CLOCK, HOST, Actor, Command, Event, Graded, Move, Rejected, whole
from quizzes.formats import FORMATS
from quizzes.mechanics.ask import CLOSING, FIRST_AT, JUDGED, MOST_SEATS, OPEN, REVEALED, SETTLED, VOID, Roll
from quizzes.show import state as s
from quizzes.show.fold import evolve, step_back
from quizzes.show.state import ShowState

MOST_STEPS = 50
MOST_HALF = 2_000_000
NOBODY = {"upto": 0, "without": []}


def decide(state: ShowState, command: Command) -> tuple[Event, ...]:
    """The events of `command`, or Rejected("not_now" / "not_yours" / "bad_request" / "not_found" / "key_shown")."""
    command = _without_kicked(state, command)
    if command.name in ALWAYS:
        return engine.run(ALWAYS, state, command)
    own = MOVES.get(state.phase, {})
    if command.name in own:
        return engine.run(own, state, command)
    if state.stage != s.ROUND or (state.halt and command.name != state.format.first_ballot):
        raise Rejected("not_now", command=command.name)
    return engine.decide(state.format, state.round, command)


def _without_kicked(state: ShowState, command: Command) -> Command:
    if not state.kicked or "roll" not in command.args:
        return command
    roll = Roll.of(command.args["roll"]).but(state.kicked)
    return Command(command.name, command.actor, command.at, {**command.args, "roll": roll.to_json()})


def judge(
    state: ShowState, no: int, graded: Iterable[Graded], at: int | None = None, closings: int | None = None
) -> tuple[Event, ...]:
    """The verdicts on all ballots of a closed opening, also while the show is paused. `closings` is the
    opening's count when its ballots were read: after an undone closing they must be read again."""
    found = state.opening(no) if state.stage == s.ROUND else None
    if found is None or found[0] != state.index or found[1].status not in (CLOSING, SETTLED):
        raise Rejected("not_now")
    ask = found[1]
    if closings not in (None, ask.closings):
        raise Rejected("not_now")
    return tuple(state.format.judge(state.round, no, graded, state.at if at is None else at))


# ---- the way through the script


def begin(state: ShowState, command: Command) -> Iterator[Event]:
    """The next round and the announcement of its first question; a round without questions is passed over."""
    index = state.index + 1
    if index >= len(state.specs):
        yield Event("over")
        return
    fmt = FORMATS[state.specs[index]["format"]]
    started = fmt.opening(state.setup(index))
    events = engine.decide(fmt, started, command)
    if any(event.name == "done" for event in events):
        empty = Event("round", {"index": index})
        yield empty
        yield from begin(evolve(state, empty), command)
        return
    yield Event("round", {"index": index})
    yield from events


def after_reveal(state: ShowState, command: Command) -> Iterator[Event]:
    """Standings where the script wants them, else on."""
    wanted = state.settings["standings"] if state.format.scored else script.NEVER
    events = engine.decide(state.format, state.round, command)
    finished = any(event.name == "done" for event in events)
    if wanted == script.EVERY or (wanted == script.ROUND and finished):
        yield Event("standings")
    else:
        yield from _onward(state, command, events)


def after_standings(state: ShowState, command: Command) -> Iterator[Event]:
    yield from _onward(state, command, engine.decide(state.format, state.round, command))


def _onward(state: ShowState, command: Command, events: tuple[Event, ...]) -> Iterator[Event]:
    """What the round does next, or after its end a break, the next round or the podium."""
    if not any(event.name == "done" for event in events):
        yield from events
    elif state.index + 1 >= len(state.specs):
        yield Event("over")
    elif state.settings["breaks"]:
        yield Event("break")
    else:
        yield from begin(state, command)


# ---- at any time


def pause(state: ShowState, command: Command) -> Iterator[Event]:
    if state.halt or state.stage in (s.LOBBY, s.OVER):
        raise Rejected("not_now")
    yield Event("paused", {"at": command.at})


def resume(state: ShowState, command: Command) -> Iterator[Event]:
    if state.halt is None:
        raise Rejected("not_now")
    yield Event("resumed", {"since": state.halt.at, "at": max(command.at, state.halt.at)})


def suspend(state: ShowState, command: Command) -> Iterator[Event]:
    """After a crash: the clock stopped when the last worker was alive. Nothing where no clock ran."""
    alive_at = command.args.get("alive_at", command.at)
    if deadline(state) is not None:
        yield Event("suspended", {"at": min(alive_at, command.at)})


def undo(state: ShowState, command: Command) -> Iterator[Event]:
    """Back by host commands with all the clock did after them; never behind a key that was shown."""
    steps = whole({"steps": 1, **command.args}, "steps", 1, MOST_STEPS)
    try:
        target = step_back(state, steps).state
    except LookupError:
        raise Rejected("not_now", argument="steps") from None
    safe = {ask.no for _, ask in target.openings() if ask.status in (JUDGED, REVEALED, VOID)}
    if state.key_shown - safe:
        raise Rejected("key_shown")
    yield Event("undone", {"steps": steps, **_reason(command)})


def void(state: ShowState, command: Command) -> Iterator[Event]:
    no = whole(command.args, "no", 1, max(1, state.last_no))
    if no in state.void or state.opening(no) is None:
        raise Rejected("not_found")
    yield Event("voided", {"no": no, **_reason(command)})


def adjust(state: ShowState, command: Command) -> Iterator[Event]:
    """`points` as a person writes them: whole or with a half."""
    points = command.args.get("points")
    if isinstance(points, bool) or not isinstance(points, int | float) or not abs(points) * 2 <= MOST_HALF:
        raise Rejected("bad_request", argument="points")
    if points * 2 != int(points * 2):
        raise Rejected("bad_request", argument="points")
    seat = whole(command.args, "seat", 1, MOST_SEATS)
    yield Event("adjusted", {"seat": seat, "half": int(points * 2), **_reason(command)})


def kick(state: ShowState, command: Command) -> Iterator[Event]:
    seat = whole(command.args, "seat", 1, MOST_SEATS)
    if seat not in state.kicked:
        yield Event("kicked", {"seat": seat})


def readmit(state: ShowState, command: Command) -> Iterator[Event]:
    seat = whole(command.args, "seat", 1, MOST_SEATS)
    if seat in state.kicked:
        yield Event("readmitted", {"seat": seat})


def lock(state: ShowState, command: Command) -> Iterator[Event]:
    if not state.locked:
        yield Event("locked")


def unlock(state: ShowState, command: Command) -> Iterator[Event]:
    if state.locked:
        yield Event("unlocked")


def darken(state: ShowState, command: Command) -> Iterator[Event]:
    if not state.blackout:
        yield Event("blackout")


def lighten(state: ShowState, command: Command) -> Iterator[Event]:
    if state.blackout:
        yield Event("unblackout")


def settled(state: ShowState, command: Command) -> Iterator[Event]:
    """All that arrived in time is stored: the fence goes off."""
    found = state.opening(whole(command.args, "no", 1, max(1, state.last_no)))
    if found is None or found[1].status != CLOSING:
        raise Rejected("not_now")
    yield Event("settled", {"no": found[1].no})


def _judge(state: ShowState, command: Command) -> Iterable[Event]:
    args = command.args
    return judge(state, args["no"], args["graded"], command.at, args.get("closings"))


def _reason(command: Command) -> dict[str, Any]:
    """The reason's text stays out of the journal: the shell keeps it and gives a number."""
    reference = command.args.get("reason_ref")
    return {} if reference is None else {"reason_ref": reference}


# ---- what the clock does


def deadline(state: ShowState) -> int | None:
    """When `clock_command` has to be performed; None while nothing runs out."""
    return None if state.halt or state.stage != s.ROUND else state.format.deadline(state.round)


def clock_command(state: ShowState) -> Command:
    """The command of the deadline; the shell gives it with its own time and roll."""
    return Command("time_up", Actor(CLOCK), deadline(state) or 0, {"no": state.no})


def after_ballot(state: ShowState, no: int, at: int) -> Command | None:
    """What the clock has to say as the first ballot of `no`, received `at`, is stored; None once it is said.
    Ask again after a restart and after a pause: it may have been lost between ballot and journal."""
    found = state.opening(no) if state.stage == s.ROUND and state.format.first_ballot else None
    if found is None or found[1].status != OPEN or FIRST_AT in found[1].more:
        return None
    return Command(state.format.first_ballot, Actor(CLOCK), at, {"no": no, "at": at})


def possible(state: ShowState, at: int | None = None) -> Iterator[Command]:
    """Commands that make sense now, for bots, rehearsals and property tests; roll and time are the shell's."""
    now = state.at if at is None else at
    if state.phase in MOVES:
        yield from (Command(name, Actor(HOST), now) for name in MOVES[state.phase])
    if not state.halt and state.stage == s.ROUND:
        for one in state.format.possible(state.round):
            if one.name not in MOVES.get(state.phase, {}):
                yield Command(one.name, one.actor, now, one.args)
        yield Command("pause", Actor(HOST), now)


def next_phase(state: ShowState) -> str | None:
    """Where `advance` leads, as far as it is known now."""
    try:
        events = decide(state, Command("advance", Actor(HOST), state.at, {"roll": NOBODY}))
    except Rejected:
        return None
    if events and events[0].name == "closing":
        return "closed"
    for event in events:
        state = evolve(state, event, at=state.at)
    return state.phase


BY_HOST, BY_CLOCK = frozenset({HOST}), frozenset({CLOCK})
REASON = {"reason": "text"}
ALWAYS: Mapping[str, Move] = {
    "pause": Move(BY_HOST, pause),
    "undo": Move(BY_HOST, undo, {"steps": "whole", **REASON}),
    "void": Move(BY_HOST, void, {"no": "whole", **REASON}),
    "adjust": Move(BY_HOST, adjust, {"seat": "seat", "points": "points", **REASON}),
    "kick": Move(BY_HOST, kick, {"seat": "seat"}),
    "readmit": Move(BY_HOST, readmit, {"seat": "seat"}),
    "lock": Move(BY_HOST, lock),
    "unlock": Move(BY_HOST, unlock),
    "blackout": Move(BY_HOST, darken),
    "unblackout": Move(BY_HOST, lighten),
    "suspend": Move(BY_CLOCK, suspend),
    "settled": Move(BY_CLOCK, settled),
    "judge": Move(BY_CLOCK, _judge),
}
RESUMING = {"advance": Move(BY_HOST, resume), "resume": Move(BY_HOST, resume)}
MOVES: Mapping[str, Mapping[str, Move]] = {
    "lobby": {"advance": Move(BY_HOST, begin)},
    "revealed": {"advance": Move(BY_HOST, after_reveal)},
    "standings": {"advance": Move(BY_HOST, after_standings)},
    "break": {"advance": Move(BY_HOST, begin)},
    "paused": RESUMING,
    "suspended": RESUMING,
}
