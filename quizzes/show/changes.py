"""Records the changes that hosts made to a show: everybody may read them when it is over, and nothing undoes them.

A step that is undone takes its effect along, but not the line that tells of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from quizzes.copies import replace
from quizzes.engine import Command, Event, whole
from quizzes.refusals import Rejected
from quizzes.show.rows import Change
from quizzes.show.state import ShowState

UNDONE, VOIDED, ADJUSTED = "undone", "voided", "adjusted"
WAITS, ALONE = "waits", "alone"
"""The fate of an adjustment that would reach the ledger: it waits for a second person, or one person's word is enough,
because there is nobody else."""
SECOND = "second"
"""The role of who says yes or no to somebody else's adjustment."""
WAIT_US = 14 * 24 * 3600 * 1_000_000
"""How long a change waits for its second person, microseconds."""
WHYS = ("slip", "technical", "question", "rules")
"""The ready reasons of an undo."""


def need_reason(command: Command) -> dict[str, Any]:
    """The number of the reason, whose text the shell keeps. Rejected("bad_request") where none was given."""
    reference = command.args.get("reason_ref")
    if reference is None:
        raise Rejected("bad_request", argument="reason")
    return {"reason_ref": reference}


def explain(state: ShowState, command: Command) -> Iterator[Event]:
    """Adds to the last undo one of the ready reasons."""
    why = command.args.get("why")
    if why not in WHYS:
        raise Rejected("bad_request", argument="why")
    last = unexplained(state)
    if last is None:
        raise Rejected("not_now")
    yield Event("explained", {"of": last.seq, "why": why})


def unexplained(state: ShowState) -> Change | None:
    """The last undo, while it stands without a reason."""
    last = next((one for one in reversed(state.changes) if one.what == UNDONE), None)
    return None if last is None or last.has_reason else last


def second(state: ShowState, command: Command) -> Iterator[Event]:
    """A second person says whether an adjustment counts in the ledger. Said twice it is said once."""
    seq = whole(command.args, "of", 1, max(1, state.seq))
    found = next((one for one in state.changes if one.seq == seq and one.data.get("ledger") == WAITS), None)
    agrees = command.args.get("agrees")
    if found is None or not isinstance(agrees, bool):
        raise Rejected("not_found" if found is None else "bad_request")
    if seq in state.seconded or seq not in state.adjusted or command.at > found.at + WAIT_US:
        raise Rejected("not_now")
    yield Event("seconded", {"of": seq, "agrees": agrees})


def with_change(state: ShowState, after: ShowState, event: Event, at: int) -> ShowState:
    """`after` with the line that tells of the event; `state` is the show before it."""
    line = Change(state.seq + 1, at, event.name, dict(event.data))
    return replace(after, changes=(*state.changes, line))


def explained(state: ShowState, event: Event, at: int) -> ShowState:
    told = [
        replace(one, data={**one.data, "why": event.data["why"]}) if one.seq == event.data["of"] else one
        for one in state.changes
    ]
    return replace(state, changes=tuple(told))


def seconded(state: ShowState, event: Event, at: int) -> ShowState:
    return replace(state, seconded={**state.seconded, event.data["of"]: event.data["agrees"]})


def withheld(state: ShowState) -> dict[int, int]:
    """seat -> the half-points of its adjustments that do not reach the ledger: nobody else has agreed to them."""
    sums: dict[int, int] = {}
    for one in state.changes:
        waits = one.data.get("ledger") == WAITS and state.seconded.get(one.seq) is not True
        if waits and one.seq in state.adjusted:
            sums[one.data["seat"]] = sums.get(one.data["seat"], 0) + one.data["half"]
    return {seat: half for seat, half in sums.items() if half}


def verdict(state: ShowState, change: Change, at: int) -> str:
    """The outcome of an adjustment: undone, counts (a guest's), alone, agreed, refused, lapsed or waits."""
    if change.seq not in state.adjusted:
        return UNDONE
    ledger = change.data.get("ledger")
    if ledger != WAITS:
        return ledger or "counts"
    if change.seq in state.seconded:
        return "agreed" if state.seconded[change.seq] else "refused"
    return "lapsed" if at > change.at + WAIT_US else WAITS
