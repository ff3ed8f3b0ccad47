"""A verdict that was pressed wrongly, made right by a command of its own: points move, what followed is taken back.

Of the tries at one question those after the corrected one would not have been: their points go back, and what was
opened for them is void. Before the key is shown the question goes on from the right verdict; after it only points move.
"""

from __future__ import annotations

from collections.abc import Iterator

from quizzes import rounds
from quizzes.copies import replace
from quizzes.engine import Command, Event, whole
from quizzes.mechanics.floor import BUZZ
from quizzes.mechanics.said import CORRECTED, verdicts
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
    index, ask = _said(state, whole(command.args, "no", 1, max(1, state.last_no)), seat)
    if (ask.results[seat][1] == FULL) is right:
        raise Rejected("not_found", argument="right")
    played = state.rounds[index]
    found = state.format_of(index).corrected(played, ask, seat, right)
    later = [one for one in played.of_question(ask.during) if one.no > ask.no and one.kind == BUZZ]
    event = Event(
        CORRECTED,
        {
            "no": ask.no,
            "seat": seat,
            "right": right,
            "results": {str(one): list(got) for one, got in found.items()},
            "voids": [one.no for one in later],
            **need_reason(command),
        },
    )
    yield event
    if index == state.index and state.stage == s.ROUND and state.playing.question == ask.during:
        after = corrected(state, event, command.at).playing
        fmt = state.format
        for piece in fmt.mechanics:
            if CORRECTED in piece.after:
                yield from rounds.with_what_follows(fmt, after, piece.after[CORRECTED](after, event, command), command)


def said(state: ShowState) -> list[tuple[Ask, int, bool]]:
    """(opening, seat, right) of every verdict on the question being played, or played last."""
    played = state.round
    if played is None:
        return []
    asks = [ask for ask in played.of_question() if ask.kind == BUZZ]
    return [(ask, seat, ask.results[seat][1] == FULL) for ask in asks for seat in verdicts(ask)]


def has_verdicts(state: ShowState) -> bool:
    return any(ask.kind == BUZZ and ask.status != VOID and ask.results for _, ask in state.openings())


def _said(state: ShowState, no: int, seat: int) -> tuple[int, Ask]:
    """The opening in which the seat was told right or wrong."""
    found = state.opening(no)
    if found is None or found[1].status == VOID or found[1].kind != BUZZ or seat not in verdicts(found[1]):
        raise Rejected("not_found")
    return found


def corrected(state: ShowState, event: Event, at: int) -> ShowState:
    """The results as they should have been; the table follows where they were public already."""
    found = state.opening(event.data["no"])
    if found is None:
        return state
    index, ask = found
    rounds_now, table, void = list(state.rounds), state.table, dict(state.void)
    for no in event.data["voids"]:
        gone = rounds_now[index].asks[no]
        table = table.plus([gone.results], sign=-1) if gone.status == REVEALED else table
        void[no] = Void(no, index, gone.during, CORRECTED, event.data.get("reason_ref"))
    rounds_now[index] = state.format_of(index).evolve(rounds_now[index], event)
    if ask.status == REVEALED:
        table = table.plus([ask.results], sign=-1).plus([rounds_now[index].asks[ask.no].results])
    after = replace(state, finished=tuple(rounds_now[:-1]), round=rounds_now[-1], table=table, void=void)
    return with_change(state, after, event, at)
