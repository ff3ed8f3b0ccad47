"""Lock-out: a wrong buzz costs the next question.

A corrected verdict changes who is locked out. Where the next question was opened with another lock its openings are
void, and it may be asked again while its key is unknown; a lock that was served for a void question stays served.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from quizzes.anew import Anew
from quizzes.copies import replace
from quizzes.engine import Command, Event
from quizzes.grammar import Mechanic
from quizzes.mechanics.floor import BUZZ, UNSEEN, Floor
from quizzes.mechanics.verdicts import CORRECTED
from quizzes.questions.contract import FULL
from quizzes.round_state.ask import VOID, Ask, Round

HEARD = (BUZZ, UNSEEN)


def locked_out(state: Round) -> set[int]:
    """The seats that were wrong at the question before, where the script makes a wrong buzz cost the next question."""
    before = state.of_question(state.question - 1) if state.settings["lock_out"] else ()
    heard = [ask for ask in before if ask.kind in HEARD]
    return {seat for ask in heard for seat, (_, share, _) in ask.results.items() if share != FULL}


def may_buzz(state: Round) -> tuple[int, ...]:
    """The contestants without those who are locked out; all of them, where nobody else is left."""
    locked = locked_out(state)
    return tuple(seat for seat in state.cast.order if seat not in locked) or state.cast.order


def lock_out() -> Mechanic:
    """It stands on `buzzing`."""
    return Mechanic(
        anew=Anew(undoes=_with_another_lock), after={CORRECTED: _end_what_is_void}, changes={"cut_off": cut_off}
    )


def _with_another_lock(before: Round, after: Round, ask: Ask) -> Iterator[int]:
    """Yields the openings of the question after it in which somebody was missing, or buzzed who should not have."""
    following = ask.during + 1
    was, now = (set(may_buzz(replace(one, question=following))) for one in (before, after))
    for one in before.of_question(following):
        buzzed = {seat for seat, *_ in one.more.get("order", ())} | set(one.results)
        if one.kind in HEARD and (now - was or buzzed - now):
            yield one.no


def _end_what_is_void(state: Round, event: Event, command: Command) -> Iterator[Event]:
    newest = max((ask.no for ask in state.asks.values() if ask.kind in HEARD), default=0)
    waits = state.phase in ("open", "answering", "closed")
    if waits and newest in event.data["voids"] and state.asks[newest].during == state.question:
        is_other = state.asks[event.data["no"]].during != state.question
        yield from [Event("cut_off")] if is_other else []


def cut_off(state: Round, data: Mapping[str, Any]) -> Round:
    """Ends the question being played without a reveal; what else of it is open is void."""
    void = {ask.no: replace(ask, status=VOID) for ask in state.live_asks() if ask.during == state.question}
    return state.keeping(Floor(), phase="revealed", until=None, asks={**state.asks, **void})
