"""The floor: who answers aloud, who comes after, and what everybody may know of it. Kept by `buzzing`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quizzes.anew import KEY
from quizzes.copies import replace
from quizzes.engine import STAFF, Viewer
from quizzes.mechanics import evolving
from quizzes.mechanics.verdicts import verdicts
from quizzes.questions.contract import FULL
from quizzes.round_state import ask
from quizzes.round_state.ask import Round

BUZZ, UNSEEN = "buzz", "unseen"
"""The asks for the floor: a buzz, and the answers of the first ones in secret."""


@dataclass(frozen=True)
class Floor:
    """The seat that has the floor, and the seats that come after it."""

    answering: int | None = None
    answer_by: int | None = None
    waiting: tuple[int, ...] = ()
    """The seats that are named next, in order."""
    tied: tuple[int, ...] = ()
    """The first of those waiting, where the host has to choose one of them."""


def tried(state: Round) -> frozenset[int]:
    """The seats that have had a try at the current question."""
    return frozenset(seat for one in state.of_question() if one.kind == BUZZ for seat in one.results)


def locked(state: Round) -> frozenset[int]:
    """The seats that may not buzz again for this question: a wrong buzz locks the whole team."""
    return state.cast.mates(tried(state))


def order(state: Round) -> Sequence[Sequence[Any]]:
    """[seat, microseconds after the opening, lag_us, tied] of the newest judged opening."""
    newest = state.newest(BUZZ)
    return newest.more.get("order", ()) if newest else ()


def as_of(state: Round, opened: ask.Ask, seat: int) -> Round:
    """The round as it was when this seat had the word in this opening, for what its answer was worth then."""
    before = {no: one for no, one in state.asks.items() if no <= opened.no and one.during != opened.during}
    return state.keeping(Floor(answering=seat), question=opened.during, asks=before)


def key_is_known(before: Round, after: Round, opened: ask.Ask) -> tuple[str, ...]:
    """Tells that nobody can try any more, where a right answer was wrong after all and its key is shown."""
    wrong = opened.kind == BUZZ and not any(share == FULL for _, share, _ in after.asks[opened.no].results.values())
    return (KEY,) if wrong and opened.status == ask.REVEALED else ()


# the changes of each event


def _begun(state: Round, data: Mapping[str, Any]) -> Round:
    opened = replace(state.asks[data["no"]], closes_at=data["closes_at"], more={ask.FIRST_AT: data["at"]})
    return state.with_ask(opened)


def _floor_given(state: Round, data: Mapping[str, Any]) -> Round:
    return state.keeping(Floor(data["seat"], data["until"], tuple(data["waiting"])), phase="answering")


def _tied(state: Round, data: Mapping[str, Any]) -> Round:
    waiting = tuple(data["waiting"])
    return state.keeping(Floor(waiting=waiting, tied=waiting[: data["tied"]]), phase="answering")


def _verdict_kept(state: Round, data: Mapping[str, Any]) -> Round:
    judged = state.asks[data["no"]]
    return state.with_ask(replace(judged, results={**judged.results, data["seat"]: tuple(data["result"])}))


def _more_time(state: Round, data: Mapping[str, Any]) -> Round:
    return state.keeping(replace(state.of(Floor), answer_by=data["until"]))


def _closed(state: Round, data: Mapping[str, Any]) -> Round:
    return state.keeping(Floor(), phase="closed")


def _freed(state: Round, data: Mapping[str, Any]) -> Round:
    return state.keeping(Floor())


def _resumed(state: Round, data: Mapping[str, Any]) -> Round:
    floor = state.of(Floor)
    return state.keeping(replace(floor, answer_by=evolving.later(floor.answer_by, data)))


def _voided(state: Round, data: Mapping[str, Any]) -> Round:
    return state.keeping(Floor()) if state.phase == "revealed" else state


def _corrected(state: Round, data: Mapping[str, Any]) -> Round:
    """Takes the floor away, when the verdict was on the present question."""
    now = state.asks[data["no"]].during == state.question and state.phase in ("open", "answering", "closed")
    return state.keeping(Floor()) if now else state


CHANGES: Mapping[str, Callable[[Round, Mapping[str, Any]], Round]] = {
    "buzzed": _begun,
    "named": _floor_given,
    "tied": _tied,
    "verdict": _verdict_kept,
    "more_time": _more_time,
    "closed": _closed,
    "ready": _freed,
    "opened": _freed,
    "resumed": _resumed,
    "voided": _voided,
    "corrected": _corrected,
}


# the views


def view(state: Round, viewer: Viewer) -> dict[str, Any]:
    """The floor's part of a screen: `order` and the seat that answers are public. Right or wrong is shown only as the
    host said it, until the reveal."""
    floor, found = state.of(Floor), order(state)
    shown: dict[str, Any] = {"answering": floor.answering, "answer_by": floor.answer_by, "tied": list(floor.tied)}
    shown["order"] = [
        {"seat": seat, "after_us": us, "tied": tied} | ({"lag_us": lag} if viewer.role in STAFF else {})
        for seat, us, lag, tied in found
    ]
    shown["tried"] = sorted(tried(state))
    heard = [one for one in state.of_question() if one.kind == BUZZ]
    results = [(seat, one.results[seat]) for one in heard for seat in verdicts(state, one)]
    if results and state.phase in ("open", "answering", "closed"):
        seat, (_, share, _) = results[-1]  # the host has said so aloud
        shown["hit" if share else "missed"] = seat
    shown["seats"] = [*(seat for seat, *_ in found), *shown["tried"]]
    if state.phase == "revealed":
        shown["verdicts"] = [{"seat": seat, "right": share == FULL} for seat, (_, share, _) in results]
    return shown


def group(state: Round, seat: int) -> str:
    """ "answering", or "tried": no buzzing again for this question."""
    if seat == state.of(Floor).answering:
        return "answering"
    return "tried" if state.phase in ("open", "answering") and seat in locked(state) else ""
