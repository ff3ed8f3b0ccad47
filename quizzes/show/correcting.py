"""Makes a wrong verdict right by a command of its own: points move, and what followed from it is taken back.

The tries at the same question after the corrected one would not have been: their points go back, and what was opened
for them is void. After a right word for the keyword that holds for the rest of its round. Before the key is shown the
question goes on from the right verdict; after it only points move.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from quizzes import rounds
from quizzes.copies import replace
from quizzes.engine import Command, Event, whole
from quizzes.grammar import Kind
from quizzes.mechanics.verdicts import CORRECTED
from quizzes.questions.contract import FULL
from quizzes.refusals import Rejected
from quizzes.round_state.ask import MOST_SEATS, REVEALED, VOID, Ask
from quizzes.show import state as s
from quizzes.show.changes import need_reason, with_change
from quizzes.show.state import ShowState, Void


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
    found = state.format_of(index).corrected(state.rounds[index], ask, seat, right)
    others = {str(no): _as_data(one) for no, one in found.items() if no != ask.no}
    event = Event(
        CORRECTED,
        {
            "no": ask.no,
            "seat": seat,
            "right": right,
            "results": _as_data(found[ask.no]),
            **({"others": others} if others else {}),
            "voids": _would_not_have_been(state, index, ask, right),
            **need_reason(command),
        },
    )
    yield event
    if index == state.index and state.stage == s.ROUND:
        after = corrected(state, event, command.at).playing
        fmt = state.format
        for piece in fmt.mechanics:
            if CORRECTED in piece.after:
                said = piece.after[CORRECTED](after, event, command)
                answer = tuple(rounds.with_what_follows(fmt, after, said, command))
                yield from answer
                after = rounds.replay(fmt, after, answer)


def _as_data(results: Mapping[int, Any]) -> dict[str, list[int]]:
    return {str(seat): list(got) for seat, got in results.items()}


def _would_not_have_been(state: ShowState, index: int, ask: Ask, right: bool) -> list[int]:
    """The openings after this one that are void: later tries, or all the rest of a round that a right answer ends."""
    kinds, played = state.format_of(index).kinds, state.rounds[index]
    if kinds[ask.kind].ends_round and right:
        return [one.no for one in played.asks.values() if one.no > ask.no and one.status != VOID]
    later = (one for one in played.of_question(ask.during) if one.no > ask.no)
    return [one.no for one in later if kinds[one.kind].verdicts is not Kind.verdicts]


def is_right(ask: Ask, seat: int) -> bool:
    return ask.results.get(seat, (0, 0, 0))[1] == FULL


def verdicts_told(state: ShowState) -> list[tuple[Ask, int, bool]]:
    """(opening, seat, right) of every verdict on the question being played, or played last."""
    if state.round is None:
        return []
    return _verdicts_of(state, len(state.rounds) - 1, list(state.round.of_question()))


def _verdicts_of(state: ShowState, index: int, asks: list[Ask]) -> list[tuple[Ask, int, bool]]:
    kinds, played = state.format_of(index).kinds, state.rounds[index]
    return [(ask, seat, is_right(ask, seat)) for ask in asks for seat in kinds[ask.kind].verdicts(played, ask)]


def has_verdicts(state: ShowState) -> bool:
    return any(ask.status != VOID and _verdicts_of(state, index, [ask]) for index, ask in state.openings())


def _opening_of(state: ShowState, no: int, seat: int) -> tuple[int, Ask]:
    """The opening in which the seat was told right or wrong."""
    found = state.opening(no)
    if found is None or found[1].status == VOID:
        raise Rejected("not_found")
    if all(one != seat for _, one, _ in _verdicts_of(state, found[0], [found[1]])):
        raise Rejected("not_found")
    return found


def corrected(state: ShowState, event: Event, at: int) -> ShowState:
    """The results as they should have been; the table follows where they were public already."""
    found = state.opening(event.data["no"])
    if found is None:
        return state
    index, _ask = found
    before, void = state.rounds[index], dict(state.void)
    after = state.format_of(index).evolve(before, event)
    for no in event.data["voids"]:
        void[no] = Void(no, index, before.asks[no].during, CORRECTED, event.data.get("reason_ref"))
    moved = [int(no) for no in (event.data["no"], *event.data["voids"], *event.data.get("others", ()))]
    table = state.table
    kinds = state.format_of(index).kinds
    for no in (no for no in moved if before.asks[no].status == REVEALED and kinds[before.asks[no].kind].scored):
        table = table.plus([before.asks[no].results], sign=-1)
        table = table if after.asks[no].status == VOID else table.plus([after.asks[no].results])
    changed = [*state.rounds[:index], after, *state.rounds[index + 1 :]]
    moved_on = replace(state, finished=tuple(changed[:-1]), round=changed[-1], table=table, void=void)
    return with_change(state, moved_on, event, at)
