"""The state while a keyword is being said: the seat that has the word, the asks that wait meanwhile, the seat that
solved it. The mechanic `keyword` keeps it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from quizzes.copies import replace
from quizzes.engine import CONTESTANT, OUT
from quizzes.mechanics.evolving import later
from quizzes.mechanics.floor import CHANGES as FLOOR_CHANGES
from quizzes.questions.contract import FULL
from quizzes.round_state.ask import OPEN, VOID, Ask, Round

KEYWORD = "keyword"


@dataclass(frozen=True)
class Guess:
    answering: int | None = None
    until: int | None = None
    waiting: tuple[int, ...] = ()
    back: str = "open"
    """The phase that goes on after a wrong keyword."""
    since: int | None = None
    """Since when the clocks wait."""
    solved: int | None = None
    last: bool = False
    """The last seconds for the keyword run, or are over."""
    stopped: tuple[tuple[int, int | None], ...] = ()
    """The asks that a right keyword, or the last wrong one, closed early, and when they would have closed."""
    stopped_at: int = 0
    said: tuple[int, ...] = ()
    """The opening and the seat of the verdict that was said last, until the next row is asked."""


def still_in(state: Round) -> list[int]:
    return [seat for seat in state.cast.order if state.cast.role(seat) != OUT]


def standing(state: Round) -> Ask | None:
    """The open buzzer for the keyword."""
    return next((ask for ask in state.open_asks() if ask.kind == KEYWORD), None)


def is_over(state: Round) -> bool:
    """True when it is solved, or nobody may say it any more."""
    return state.of(Guess).solved is not None or not still_in(state)


# the changes of each event


def _held(state: Round, data: Mapping[str, Any]) -> Round:
    asks = {no: replace(state.asks[no], held=data["at"]) for no in data["nos"]}
    kept = state.of(Guess)
    since = data["at"] if kept.since is None else kept.since
    return state.keeping(replace(kept, since=since, back=state.phase), asks={**state.asks, **asks})


def _guess(state: Round, data: Mapping[str, Any]) -> Round:
    kept = replace(
        state.of(Guess),
        answering=data["seat"],
        until=data["until"],
        waiting=tuple(data["waiting"]),
        back=data.get("back", state.of(Guess).back),
    )
    return state.keeping(kept, phase="answering")


def _guessed(state: Round, data: Mapping[str, Any]) -> Round:
    kept, seat, result = state.of(Guess), data["seat"], data["result"]
    free = state.keeping(replace(kept, answering=None, until=None))
    if result is None:
        return free
    ask = state.asks[data["no"]]
    worth = {"worth": data["worth"]} if "worth" in data else {}
    free = free.keeping(replace(free.of(Guess), said=(ask.no, seat)))
    told = free.with_ask(replace(ask, results={**ask.results, seat: tuple(result)}, more={**ask.more, **worth}))
    if result[1] == FULL:
        return told.keeping(replace(told.of(Guess), solved=seat))
    return replace(told, cast=told.cast.called(OUT, [seat]))


def _over_with(state: Round, data: Mapping[str, Any]) -> Round:
    """Closes the held ask with the ballots that had come until then."""
    asks = {no: replace(ask, held=None) for no, ask in state.asks.items()}
    waits = any(ask.live and not ask.standing for ask in asks.values())
    held = {ask.no: ask for ask in state.asks.values() if ask.held is not None}
    kept = replace(state.of(Guess), since=None)
    if held:
        stopped = tuple((no, ask.closes_at) for no, ask in held.items())
        kept = replace(kept, stopped=stopped, stopped_at=min(ask.held or 0 for ask in held.values()))
    return state.keeping(kept, asks=asks, phase="open" if waits else "closed")


def _reopened(state: Round, data: Mapping[str, Any]) -> Round:
    """Takes the early closing of an ask back: it waits again, as it did while the keyword was being said."""
    ask, kept = state.asks[data["no"]], state.of(Guess)
    again = replace(ask, status=OPEN, closes_at=data["closes_at"], held=data["held"], results={}, counts={}, more={})
    return state.keeping(replace(kept, since=data["held"], back="open"), phase="open").with_ask(again)


def _released(state: Round, data: Mapping[str, Any]) -> Round:
    asks = {
        no: replace(ask, held=None).shifted(ask.held, data["at"]) if ask.held is not None else ask
        for no, ask in state.asks.items()
    }
    kept = state.of(Guess)
    waits = any(ask.live and not ask.standing for ask in asks.values())
    phase = "closed" if kept.back == "open" and not waits else kept.back
    return state.keeping(replace(kept, since=None, waiting=()), asks=asks, phase=phase)


def _last_call(state: Round, data: Mapping[str, Any]) -> Round:
    kept = state.keeping(replace(state.of(Guess), last=True))
    no = data["no"]
    return kept if no is None else kept.with_ask(replace(kept.asks[no], closes_at=data["closes_at"]))


def _more_time(state: Round, data: Mapping[str, Any]) -> Round:
    return state.keeping(replace(state.of(Guess), until=data["until"]))


def _resumed(state: Round, data: Mapping[str, Any]) -> Round:
    kept = state.of(Guess)
    return state.keeping(replace(kept, until=later(kept.until, data)))


def _opened(state: Round, data: Mapping[str, Any]) -> Round:
    """Forgets the last verdict when a row is asked."""
    kept = state.of(Guess)
    return state if data["kind"] != "question" or not kept.said else state.keeping(replace(kept, said=()))


def _voided(state: Round, data: Mapping[str, Any]) -> Round:
    """Undoes a void buzz: a seat it threw out is in again, and a keyword it solved is unsolved."""
    ask, kept = state.asks[data["no"]], replace(state.of(Guess), said=())
    if ask.kind != KEYWORD:
        return state
    thrown = [seat for seat, (_, share, _) in ask.results.items() if share != FULL]
    free = replace(state, cast=state.cast.called(CONTESTANT, thrown))
    solved = None if kept.solved in ask.results else kept.solved
    if kept.since is not None:
        freed = free.keeping(replace(kept, solved=solved))
        freed = _released(freed, {"since": kept.since, "at": kept.since})
        return freed.keeping(replace(freed.of(Guess), answering=None, until=None))
    return free.keeping(replace(kept, solved=solved))


def _corrected(state: Round, data: Mapping[str, Any]) -> Round:
    """Whoever is out, and whoever solved it, after the verdicts as they should have been; nobody has the word."""
    if state.asks[data["no"]].kind != KEYWORD:
        return state
    tries = [ask for ask in state.asks.values() if ask.kind == KEYWORD and ask.status != VOID]
    said = {seat: share for ask in tries for seat, (_, share, _) in ask.results.items()}
    solved = next((seat for seat, share in said.items() if share == FULL), None)
    named = {**dict.fromkeys(state.cast.order, CONTESTANT), **dict.fromkeys((s for s in said if s != solved), OUT)}
    kept = replace(state.of(Guess), answering=None, until=None, waiting=(), solved=solved, said=())
    return state.keeping(kept, cast=replace(state.cast, named={**state.cast.named, **named}))


def _buzzed(state: Round, data: Mapping[str, Any]) -> Round:
    return FLOOR_CHANGES["buzzed"](state, data)


CHANGES: Mapping[str, Callable[[Round, Mapping[str, Any]], Round]] = {
    "buzzed": _buzzed,
    "held": _held,
    "guess": _guess,
    "guessed": _guessed,
    "over_with": _over_with,
    "reopened": _reopened,
    "released": _released,
    "last_call": _last_call,
    "more_time": _more_time,
    "opened": _opened,
    "resumed": _resumed,
    "voided": _voided,
    "corrected": _corrected,
}
