"""The commands of a show, and its own moves above the rounds: begin, standings, breaks, the end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from quizzes import rounds, script
from quizzes.copies import replace
from quizzes.engine import AUDIENCE, CAST, HOST, PLAYER, Actor, Command, Event
from quizzes.grammar import Move
from quizzes.refusals import Rejected
from quizzes.round_state.ask import Roll
from quizzes.show import arming, teams
from quizzes.show import state as s
from quizzes.show.anytime import ALWAYS, BY_HOST, REASON, RESUMING
from quizzes.show.casting import room_of, team_is_missing
from quizzes.show.changes import need_reason
from quizzes.show.fold import evolve
from quizzes.show.replacing import is_replaceable, replace_question
from quizzes.show.state import ShowState
from quizzes.show.table import PODIUM

NOBODY, A_FEW = {"upto": 0, "without": []}, {"upto": 8, "without": []}
"""The rolls with which a look ahead is tried: nobody, and a few where it is not known yet who plays."""


def decide(state: ShowState, command: Command) -> tuple[Event, ...]:
    """The events of `command`, or Rejected: not_now, not_yours, kicked, bad_request, not_found, key_shown."""
    if command.actor.role in CAST and command.actor.seat in state.kicked:
        raise Rejected("kicked")
    command = _those_who_count(state, command)
    if command.name in ARMING:
        return rounds.run(ARMING, state, command)
    if command.name in ALWAYS:
        return rounds.run(ALWAYS, state, command)
    own = MOVES.get(state.phase, {})
    if command.name in own:
        return rounds.run(own, state, command)
    if command.name in AT_WILL.get(state.phase, {}):
        return rounds.run(AT_WILL[state.phase], state, command)
    if state.stage != s.ROUND or (state.halt and command.name not in state.format.first_ballots):
        raise Rejected("not_now", command=command.name)
    return rounds.decide(state.format, state.playing, command)


def _those_who_count(state: ShowState, command: Command) -> Command:
    """The room without those the host sent out and those who came to look on after the round had begun."""
    if "roll" not in command.args:
        return command
    cast = state.round.cast if state.round else None
    watching = command.args.get("room", {}).get("watching", ())
    late = [seat for seat in watching if cast and cast.role(seat) != AUDIENCE]
    if not state.kicked and not late:
        return command
    roll = Roll.of(command.args["roll"]).but(state.kicked.union(late))
    return Command(command.name, command.actor, command.at, {**command.args, "roll": roll.to_json()})


# ---- the way through the script


def begin(state: ShowState, command: Command) -> Iterator[Event]:
    """The next round and the announcement of its first question; one without questions, or of a team that did not come,
    is passed over."""
    index = state.index + 1
    if index >= len(state.specs):
        yield Event("over")
        return
    fmt = state.format_of(index)
    room = room_of(state, index, command.args)
    started = fmt.begin(state.setup(index, room))
    events = rounds.decide(fmt, started, command)
    if any(event.name == "done" for event in events) or team_is_missing(state, index, room):
        empty = Event("round", {"index": index, "room": room})
        yield empty
        yield from begin(evolve(state, empty), command)
        return
    yield Event("round", {"index": index, "room": room})
    yield from events


def after_reveal(state: ShowState, command: Command) -> Iterator[Event]:
    """Shows standings when the script wants them, else goes on."""
    wanted = state.standings_wanted(state.index) if state.format.scored else script.NEVER
    events = rounds.decide(state.format, state.playing, command)
    finished = any(event.name == "done" for event in events)
    if wanted == script.EVERY or (wanted == script.ROUND and finished):
        yield Event("standings")
    else:
        yield from _onward(state, command, events)


def after_standings(state: ShowState, command: Command) -> Iterator[Event]:
    yield from _onward(state, command, rounds.decide(state.format, state.playing, command))


def _onward(state: ShowState, command: Command, events: tuple[Event, ...]) -> Iterator[Event]:
    """Goes on with the round or, after its end, with a break, the next round or the podium."""
    if not any(event.name == "done" for event in events):
        yield from events
    elif state.index + 1 >= len(state.specs):
        yield Event("over")
    elif state.settings["breaks"]:
        yield Event("break")
    else:
        yield from begin(state, command)


def unveil(state: ShowState, command: Command) -> Iterator[Event]:
    """The host brings the next of the podium on: third, second, first, then everybody else."""
    if state.unveiled > PODIUM:
        raise Rejected("not_now")
    yield Event("unveiled")


def skip(state: ShowState, command: Command) -> Iterator[Event]:
    """Passes over a question that is announced and not opened: on to what follows it."""
    past = replace(state.playing, phase="revealed")
    yield from _onward(state, command, rounds.decide(state.format, past, replace(command, name="advance")))


def ask_again(state: ShowState, command: Command) -> Iterator[Event]:
    """Asks the same question once more, of everybody, after something went wrong: earlier answers do not count. It is
    refused after the key was shown."""
    asks = list(state.playing.of_question())
    if any(ask.no in state.key_shown for ask in asks) or state.no in state.key_shown:
        raise Rejected("key_shown")
    for ask in asks:
        yield Event("voided", {"no": ask.no, **need_reason(command)})
    yield Event("ready", {"question": state.playing.question, "until": None})


def possible(state: ShowState, at: int | None = None) -> Iterator[Command]:
    """Commands that make sense now, for bots, rehearsals and property tests; roll and time are the shell's."""
    now = state.at if at is None else at
    if state.phase in MOVES:
        yield from (Command(name, Actor(HOST), now) for name, move in MOVES[state.phase].items() if HOST in move.by)
    if not state.halt and state.stage == s.ROUND:
        for one in state.format.possible(state.playing):
            if one.name not in MOVES.get(state.phase, {}):
                yield Command(one.name, one.actor, now, one.args)
        yield Command("pause", Actor(HOST), now)


def next_phase(state: ShowState) -> str | None:
    """The phase that `advance` leads to, as far as it is known now."""
    return coming(state)[0]


def coming(state: ShowState) -> tuple[str | None, ShowState]:
    """The phase that `advance` leads to, as far as it is known now, and the state after it."""
    try:
        here = state.round.setup.room.seats.to_json() if state.round else A_FEW
        roll = here if state.phase in MOVES else NOBODY
        events = decide(state, Command("advance", Actor(HOST), state.at, {"roll": roll}))
    except Rejected:
        return None, state
    if events and events[0].name == "closing":
        return "closed", state
    for event in events:
        state = evolve(state, event, at=state.at)
    return state.phase, state


JOINING = {"join_team": Move(frozenset({PLAYER}), teams.join, {"team": "whole"}, when=teams.are_picked)}
MOVES: Mapping[str, Mapping[str, Move]] = {
    "lobby": {"advance": Move(BY_HOST, begin), **JOINING},
    "revealed": {"advance": Move(BY_HOST, after_reveal)},
    "standings": {"advance": Move(BY_HOST, after_standings)},
    "break": {"advance": Move(BY_HOST, begin), **JOINING},
    "paused": RESUMING,
    "suspended": RESUMING,
    "over": {"unveil": Move(BY_HOST, unveil)},
}
AGAIN = Move(BY_HOST, ask_again, REASON)
REPLACE = Move(BY_HOST, replace_question, REASON, when=is_replaceable)
ARMING: Mapping[str, Move] = {
    "arm": Move(BY_HOST, lambda state, command: arming.arm(state, command, decide), {"act": list(arming.ARMABLE)}),
    "go": Move(BY_HOST, lambda state, command: arming.go(state, command, decide), when=lambda state: bool(state.armed)),
    "disarm": Move(BY_HOST, arming.disarm, when=lambda state: bool(state.armed)),
}
AT_WILL: Mapping[str, Mapping[str, Move]] = {
    "ready": {"skip": Move(BY_HOST, skip), "replace": REPLACE},
    "open": {"ask_again": AGAIN, "replace": REPLACE},
    "answering": {"ask_again": AGAIN, "replace": REPLACE},
    "closed": {"ask_again": AGAIN, "replace": REPLACE},
    "revealed": {"ask_again": AGAIN},
}
"""The commands that leave the natural course of a show; only its host gives them."""
