"""Commands that every show knows at any time: pause, undo, void, adjust, the room, and what the shell itself says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from quizzes import rounds
from quizzes.engine import CLOCK, HOST, SECOND, Actor, Command, Event, Graded, whole
from quizzes.grammar import Move
from quizzes.refusals import Rejected
from quizzes.round_state.ask import CLOSING, JUDGED, MOST_SEATS, REVEALED, SETTLED, VOID, Ask
from quizzes.show import changes, picture, shelf, teams
from quizzes.show import state as s
from quizzes.show.clock import deadline
from quizzes.show.correcting import has_verdicts
from quizzes.show.fold import evolve, step_back
from quizzes.show.ruling import correct, rescored
from quizzes.show.state import ShowState

MOST_STEPS = 50
"""Steps that one command takes back."""
MOST_AT_ONCE = 100_000
"""Seats named in one command."""
DAY = 24 * 3600 * SECOND
BEGUN, UNBEGUN = 14 * DAY, 90 * DAY
"""How long a show may lie untouched before it ends by itself."""
MOST_HALF = 2_000_000
"""The largest adjustment, half-points."""


def pause(state: ShowState, command: Command) -> Iterator[Event]:
    if state.halt or state.stage in (s.LOBBY, s.OVER):
        raise Rejected("not_now")
    yield Event("paused", {"at": command.at})


def resume(state: ShowState, command: Command) -> Iterator[Event]:
    if state.halt is None:
        raise Rejected("not_now")
    yield Event("resumed", {"since": state.halt.at, "at": max(command.at, state.halt.at)})


def suspend(state: ShowState, command: Command) -> Iterator[Event]:
    """Suspends a show after a crash: its clock stopped when the last worker was alive. A show without a running clock
    goes on."""
    alive_at = command.args.get("alive_at", command.at)
    if deadline(state) is not None:
        yield Event("suspended", {"at": min(alive_at, command.at)})


def expire(state: ShowState, command: Command) -> Iterator[Event]:
    """Ends a show that nobody has touched for long; a question left open does not count."""
    if not is_old(state, command.at):
        raise Rejected("not_now")
    if state.halt is not None:
        yield Event("resumed", {"since": state.halt.at, "at": state.halt.at})
    yield Event("over")


def is_old(state: ShowState, at: int) -> bool:
    """True when a show has waited too long for its next step: two weeks for a begun one, three months for one in the
    lobby."""
    left = UNBEGUN if state.stage == s.LOBBY else BEGUN
    return state.stage != s.OVER and at - (state.at or 0) > left


def undo(state: ShowState, command: Command) -> Iterator[Event]:
    """Goes back by host commands, with everything the clock did after them; never behind a key that was shown."""
    steps = whole({"steps": 1, **command.args}, "steps", 1, MOST_STEPS)
    try:
        target = step_back(state, steps).state
    except LookupError:
        raise Rejected("not_now", argument="steps") from None
    safe = {ask.no for _, ask in target.openings() if ask.status in (JUDGED, REVEALED, VOID)}
    if state.key_shown - safe or state.told > target.told:
        raise Rejected("key_shown")
    yield Event("undone", {"steps": steps, **_reason(command)})


def void(state: ShowState, command: Command) -> Iterator[Event]:
    no = whole(command.args, "no", 1, max(1, state.last_no))
    if no in state.void or state.opening(no) is None:
        raise Rejected("not_found")
    event = Event("voided", {"no": no, **changes.need_reason(command)})
    later = rescored(state, evolve(state, event, at=command.at))
    yield Event("voided", {**event.data, **({"later": later} if later else {})})


def adjust(state: ShowState, command: Command) -> Iterator[Event]:
    """Adjusts a score. `points` as a person writes them: whole or with a half. The shell says in `ledger` whether that
    would reach the ledger, and then whether somebody is there to agree."""
    points = command.args.get("points")
    if isinstance(points, bool) or not isinstance(points, int | float) or not abs(points) * 2 <= MOST_HALF:
        raise Rejected("bad_request", argument="points")
    if points * 2 != int(points * 2):
        raise Rejected("bad_request", argument="points")
    seat = whole(command.args, "seat", 1, MOST_SEATS)
    ledger = command.args.get("ledger")
    reaches = {"ledger": ledger} if ledger in (changes.WAITS, changes.ALONE) else {}
    yield Event("adjusted", {"seat": seat, "half": int(points * 2), **changes.need_reason(command), **reaches})


def kick(state: ShowState, command: Command) -> Iterator[Event]:
    seats = [seat for seat in _seats(command) if seat not in state.kicked]
    yield from _of_seats("kicked", seats)
    yield from teams.stepping_in(state, seats)


def readmit(state: ShowState, command: Command) -> Iterator[Event]:
    yield from _of_seats("readmitted", [seat for seat in _seats(command) if seat in state.kicked])


def _seats(command: Command) -> list[int]:
    """One `seat`, or many `seats` at once."""
    many = command.args.get("seats")
    if many is None:
        return [whole(command.args, "seat", 1, MOST_SEATS)]
    if not isinstance(many, list) or not 0 < len(many) <= MOST_AT_ONCE:
        raise Rejected("bad_request", argument="seats")
    return sorted({whole({"seats": seat}, "seats", 1, MOST_SEATS) for seat in many})


def _of_seats(name: str, seats: list[int]) -> Iterator[Event]:
    if len(seats) == 1:
        yield Event(name, {"seat": seats[0]})
    elif seats:
        yield Event(name, {"seats": seats})


def lock(state: ShowState, command: Command) -> Iterator[Event]:
    if not state.locked:
        yield Event("locked")


def unlock(state: ShowState, command: Command) -> Iterator[Event]:
    if state.locked:
        yield Event("unlocked")


def settled(state: ShowState, command: Command) -> Iterator[Event]:
    """Shuts the fence of an opening: all that arrived in time is stored. `closings` is the opening's count when the
    waiting for that began; after an undone closing it has to be waited for again."""
    found = state.opening(whole(command.args, "no", 1, max(1, state.last_no)))
    if found is None or found[1].status != CLOSING or not _same_closing(found[1], command.args.get("closings")):
        raise Rejected("not_now")
    yield Event("settled", {"no": found[1].no})


def _same_closing(ask: Ask, closings: int | None) -> bool:
    return closings in (None, ask.closings)


def _judge(state: ShowState, command: Command) -> Iterable[Event]:
    args = command.args
    return _judge_ask(state, args["no"], args["graded"], command)


def _reason(command: Command) -> dict[str, Any]:
    """The reason's text stays out of the journal: the shell keeps it and gives a number."""
    reference = command.args.get("reason_ref")
    return {} if reference is None else {"reason_ref": reference}


def judge(
    state: ShowState, no: int, graded: Iterable[Graded], at: int | None = None, closings: int | None = None
) -> tuple[Event, ...]:
    """The verdicts on all ballots of a closed opening, also while the show is paused. `closings` is the
    opening's count when its ballots were read: after an undone closing they must be read again."""
    roll = {"upto": 0, "without": []}
    command = Command("judge", Actor(CLOCK), state.at if at is None else at, {"closings": closings, "roll": roll})
    return _judge_ask(state, no, graded, command)


def _judge_ask(state: ShowState, no: int, graded: Iterable[Graded], command: Command) -> tuple[Event, ...]:
    found = state.opening(no) if state.stage == s.ROUND else None
    if found is None or found[0] != state.index or found[1].status not in (CLOSING, SETTLED):
        raise Rejected("not_now")
    if not _same_closing(found[1], command.args.get("closings")):
        raise Rejected("not_now")
    return rounds.judge(state.format, state.playing, no, graded, command)


BY_HOST, BY_CLOCK, BY_SECOND = frozenset({HOST}), frozenset({CLOCK}), frozenset({changes.SECOND})
REASON = {"reason": "text"}
ALWAYS: Mapping[str, Move] = {
    "pause": Move(BY_HOST, pause),
    "undo": Move(BY_HOST, undo, {"steps": "whole", **REASON}),
    "explain": Move(BY_HOST, changes.explain, {"why": list(changes.WHYS)}),
    "second": Move(BY_SECOND, changes.second, {"of": "whole", "agrees": "flag"}),
    "correct": Move(BY_HOST, correct, {"no": "whole", "seat": "seat", "right": "flag", **REASON}, when=has_verdicts),
    "void": Move(BY_HOST, void, {"no": "whole", **REASON}),
    "adjust": Move(BY_HOST, adjust, {"seat": "seat", "points": "points", **REASON}),
    "kick": Move(BY_HOST, kick, {"seat": "seat"}),
    "readmit": Move(BY_HOST, readmit, {"seat": "seat"}),
    "lock": Move(BY_HOST, lock),
    "unlock": Move(BY_HOST, unlock),
    "blackout": Move(BY_HOST, picture.darken),
    "unblackout": Move(BY_HOST, picture.lighten),
    "show_spread": Move(BY_HOST, picture.show_spread, {"what": list(picture.SPREAD)}),
    "hide_spread": Move(BY_HOST, picture.hide_spread),
    "show_awards": Move(BY_HOST, picture.show_awards, {"of": "text", "step": "whole"}),
    "hide_awards": Move(BY_HOST, picture.hide_awards),
    "throw": Move(BY_HOST, shelf.throw, {"what": list(shelf.SHELF), **REASON}),
    "lift": Move(BY_HOST, shelf.lift, {"what": list(shelf.SHELF)}, when=shelf.lies),
    "hide_names": Move(BY_HOST, picture.hide_names, {"seat": "seat"}),
    "show_names": Move(BY_HOST, picture.show_names, {"seat": "seat"}),
    "choose": Move(BY_HOST, teams.choose, {"seats": "seats"}, when=teams.are_chosen),
    "team": Move(BY_HOST, teams.put, {"seats": "seats", "team": "whole"}, when=teams.are_played),
    "captain": Move(BY_HOST, teams.lead, {"seat": "seat"}, when=teams.are_played),
    "sound": Move(BY_HOST, picture.sound, {"volume": "whole", "bed": "whole", "muted": "flag"}),
    "check_sound": Move(BY_HOST, picture.check_sound),
    "hear_sound": Move(BY_HOST, picture.hear_sound, when=lambda state: bool(state.sound_checks)),
    "follow": Move(BY_CLOCK, picture.follow),
    "suspend": Move(BY_CLOCK, suspend),
    "expire": Move(BY_CLOCK, expire),
    "settled": Move(BY_CLOCK, settled),
    "judge": Move(BY_CLOCK, _judge),
}
RESUMING = {"advance": Move(BY_HOST, resume), "resume": Move(BY_HOST, resume)}
