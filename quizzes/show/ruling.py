"""Makes a wrong verdict right by a command of its own: points move, and what followed from it is taken back.

The tries at the same question after the corrected one would not have been: their points go back, and what was opened
for them is void. After a right word for the keyword that holds for the rest of its round. Before the key is shown the
question goes on from the right verdict; after it only points move. What else follows the mechanics say
(`quizzes.anew`); the event tells what stays as it was.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from quizzes import rounds
from quizzes.anew import ROUNDS
from quizzes.engine import Command, Event, whole
from quizzes.grammar import MAIN, Kind
from quizzes.mechanics.verdicts import CORRECTED
from quizzes.refusals import Rejected
from quizzes.round_state.ask import MOST_SEATS, VOID, Ask
from quizzes.show import state as s
from quizzes.show.changes import need_reason
from quizzes.show.correcting import corrected, is_right, verdicts_of, with_results
from quizzes.show.fold import evolve
from quizzes.show.state import ShowState


def correct(state: ShowState, command: Command) -> Iterator[Event]:
    """`no`, `seat`, `right`: what the verdict should have been. Rejected: not_found, where no such verdict was said or
    it is so already; not_now in a pause."""
    if state.halt:
        raise Rejected("not_now")
    right = command.args.get("right")
    if not isinstance(right, bool):
        raise Rejected("bad_request", argument="right")
    seat = whole(command.args, "seat", 1, MOST_SEATS)
    index, ask = _opening_of(state, whole(command.args, "no", 1, max(1, state.last_no)), seat)
    if is_right(ask, seat) is right:
        raise Rejected("not_found", argument="right")
    event = Event(CORRECTED, {**_ruled(state, index, ask, seat, right, command.at), **need_reason(command)})
    later = rescored(state, evolve(state, event, at=command.at))
    event = Event(CORRECTED, {**event.data, **({"later": later} if later else {})})
    yield event
    if index == state.index and state.stage == s.ROUND:
        yield from _what_follows(state, event, command)


def _ruled(state: ShowState, index: int, ask: Ask, seat: int, right: bool, at: int) -> dict[str, Any]:
    """The results as they should have been, what is void, and what stays as it was."""
    fmt, played = state.format_of(index), state.rounds[index]
    found = fmt.corrected(played, ask, seat, right)
    others = {str(no): _as_data(one) for no, one in found.items() if no != ask.no}
    ruled: dict[str, Any] = {
        "no": ask.no,
        "seat": seat,
        "right": right,
        "results": _as_data(found[ask.no]),
        **({"others": others} if others else {}),
        "voids": _would_not_have_been(state, index, ask, right),
    }
    after = corrected(state, Event(CORRECTED, ruled), at).rounds[index]
    undone = {no for piece in fmt.mechanics for no in piece.anew.undoes(played, after, ask)}
    stands = [what for piece in fmt.mechanics for what in piece.anew.stands(played, after, ask)]
    stands += [ROUNDS] if any(one.cast.order or one.cast.is_closed for one in state.rounds[index + 1 :]) else []
    during = [state.index, state.round.question if state.round else -1]
    ruled |= {"voids": sorted({*ruled["voids"], *undone}), "during": during}
    return ruled | ({"stands": stands} if stands else {})


def _what_follows(state: ShowState, event: Event, command: Command) -> Iterator[Event]:
    fmt, after = state.format, corrected(state, event, command.at).playing
    for piece in fmt.mechanics:
        if CORRECTED in piece.after:
            said = piece.after[CORRECTED](after, event, command)
            answer = tuple(rounds.with_what_follows(fmt, after, said, command))
            yield from answer
            after = rounds.replay(fmt, after, answer)


def rescored(state: ShowState, after: ShowState) -> dict[str, dict[str, Any]]:
    """The results that other scores change, of every round: {round: {opening: results}}."""
    found: dict[str, dict[str, Any]] = {}
    for index, before in enumerate(state.rounds):
        for piece in state.format_of(index).mechanics:
            results = piece.anew.rescores(before, after.rounds[index])
            if results:
                found.setdefault(str(index), {}).update({str(no): _as_data(one) for no, one in results.items()})
                after = with_results(after, index, results)
    return found


def _as_data(results: Mapping[int, Any]) -> dict[str, list[int]]:
    return {str(seat): list(got) for seat, got in results.items()}


def _would_not_have_been(state: ShowState, index: int, ask: Ask, right: bool) -> list[int]:
    """The openings after this one that are void: later tries, or all the rest of a round that a right answer ends."""
    kinds, played = state.format_of(index).kinds, state.rounds[index]
    if kinds[ask.kind].ends_round and right:
        return [one.no for one in played.asks.values() if one.no > ask.no and one.status != VOID]
    later = (one for one in played.of_question(ask.during) if one.no > ask.no)
    return [one.no for one in later if _is_a_try(kinds[one.kind])]


def _is_a_try(kind: Kind) -> bool:
    return kind.verdicts is not Kind.verdicts or (kind.part == MAIN and kind.scored)


def _opening_of(state: ShowState, no: int, seat: int) -> tuple[int, Ask]:
    """The opening in which the seat was told right or wrong."""
    found = state.opening(no)
    if found is None or found[1].status == VOID:
        raise Rejected("not_found")
    if all(one != seat for _, one, _ in verdicts_of(state, found[0], [found[1]])):
        raise Rejected("not_found")
    return found
