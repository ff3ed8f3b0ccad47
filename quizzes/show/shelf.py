"""The things a host throws in between: a logo, the standings, a partner's slide, applause, a fault, a lot, a message.

It lies over the stage until it is lifted or the show takes its next step; the game stands as it was. A message has a
track of its own: it replaces nothing that is on air, and stays through all steps until it is lifted. A lot draws one
of those in the room. Its seed comes from the show's own, which was fixed before anybody came in, and is published
with the name: whoever knows the seats draws the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from quizzes.copies import replace
from quizzes.draws import Draws
from quizzes.engine import Command, Event
from quizzes.refusals import Rejected
from quizzes.round_state.ask import Roll
from quizzes.script import NEVER
from quizzes.show import state as s
from quizzes.show import teams
from quizzes.show.picture import FREE
from quizzes.show.standings import ranked_by, rows
from quizzes.show.state import ShowState
from quizzes.show.table import TOP

LOGO, STANDINGS, SPONSOR, APPLAUSE = "logo", "standings", "sponsor", "applause"
TROUBLE, LOT, MESSAGE = "trouble", "lot", "message"
SHELF = (LOGO, STANDINGS, SPONSOR, APPLAUSE, TROUBLE, LOT, MESSAGE)
ANY_TIME = (TROUBLE, MESSAGE)
"""A fault stops the clock first, and a message covers nothing; the rest waits until nothing is asked."""
SEED_LETTERS = 12  # characters of a lot's seed


def throw(state: ShowState, command: Command) -> Iterator[Event]:
    """`what` of the shelf; a message also has its text, kept by the shell as reasons are. Rejected: not_now, while
    something is asked; bad_request; not_found, where nobody is left to draw."""
    what = command.args.get("what")
    if what not in SHELF:
        raise Rejected("bad_request", argument="what")
    if (what not in ANY_TIME and state.phase not in FREE) or (what == STANDINGS and not may_stand(state)):
        raise Rejected("not_now")
    if what == TROUBLE and state.halt is None and state.stage not in (s.LOBBY, s.OVER):
        yield Event("paused", {"at": command.at})
    yield Event("thrown", {"what": what, **_of(state, what, command)})


def _of(state: ShowState, what: str, command: Command) -> dict[str, Any]:
    if what == LOT:
        return drawn(state, Roll.of(command.args["roll"]), command.args.get("room", {}).get("watching", ()))
    if what != MESSAGE:
        return {}
    if command.args.get("reason_ref") is None:
        raise Rejected("bad_request", argument="reason")
    return {"reason_ref": command.args["reason_ref"]}


def drawn(state: ShowState, roll: Roll, watching: Any) -> dict[str, Any]:
    """The lot: one of those in the room who have not won one yet. `of`: how many there were, in the order of seats."""
    apart = state.kicked | set(watching) | {one["seat"] for one in state.lots}
    pot = sorted(seat for seat in roll if seat not in apart)
    if not pot:
        raise Rejected("not_found")
    seed = Draws(state.created["seed"], "lot", len(state.lots)).token(SEED_LETTERS)
    return {"seat": pot[Draws(seed, "winner").below(len(pot))], "of": len(pot), "seed": seed}


def may_stand(state: ShowState) -> bool:
    """True when there are standings that everybody may know; a show that never shows any has none."""
    wanted = any(
        state.standings_wanted(index) != NEVER and state.format_of(index).scored
        for index in range(max(state.index, 0) + 1)
    )
    return state.stage != s.LOBBY and wanted


def lift(state: ShowState, command: Command) -> Iterator[Event]:
    """Take away `what`; left out: the thing over the stage, and where nothing lies there, the message.

    Raises Rejected: bad_request.
    """
    what = command.args.get("what") or state.thrown.get("what") or MESSAGE
    if what not in SHELF:
        raise Rejected("bad_request", argument="what")
    if what == (MESSAGE if state.message else None) or what == state.thrown.get("what"):
        yield Event("lifted", {"what": what})


def lies(state: ShowState) -> bool:
    """True when something lies on the shelf's tracks and can be lifted."""
    return bool(state.thrown or state.message)


def lifted(state: ShowState, event: Event, at: int) -> ShowState:
    """Shows of the first days had one track: there nothing is named."""
    if event.data.get("what") == MESSAGE:
        return replace(state, message={})
    return replace(state, thrown={}) if event.data.get("what") else replace(state, thrown={}, message={})


def thrown(state: ShowState, event: Event, at: int) -> ShowState:
    if event.data["what"] == MESSAGE:
        return replace(state, message=event.data)
    lots = (*state.lots, event.data) if event.data["what"] == LOT else state.lots
    return replace(state, thrown=event.data, lots=lots)


def seen(state: ShowState) -> dict[str, Any] | None:
    """The overlay on the stage now; standings are as of the last reveal."""
    if not state.thrown:
        return None
    if state.thrown["what"] != STANDINGS:
        return {**state.thrown}
    if state.team_rows:
        listed = teams.shown(state.team_rows)[:TOP] if state.table.is_ranked else []
    else:
        listed = rows(state.table, state.table.top if state.table.is_ranked else (), state.table_shown)
    return {**state.thrown, "rows": listed, "ranked_by": ranked_by(state)}
