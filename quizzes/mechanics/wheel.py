"""The wheel and the purses of a phrase, as events change them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from quizzes.anew import KEY
from quizzes.copies import replace
from quizzes.engine import Command, Event
from quizzes.mechanics.evolving import later
from quizzes.mechanics.extending import extend, extendable, longer
from quizzes.mechanics.heard import keep_verdict
from quizzes.mechanics.lettering import mask
from quizzes.round_state.ask import OPEN, REVEALED, Ask, Round
from quizzes.settings.values import half_points

OPENED = "letters"
LOSE, BANKRUPT, AGAIN, DOUBLE, HALF, LUCKY, GIFT = "lose", "bankrupt", "again", "double", "half", "lucky", "gift"
SPECIAL = (LOSE, BANKRUPT, AGAIN, DOUBLE, HALF, LUCKY, GIFT)


@dataclass(frozen=True)
class Wheel:
    purses: Mapping[int, int] = field(default_factory=dict)
    """seat -> half-points won with the phrase being played"""
    called: tuple[str, ...] = ()
    sector: str = ""
    """The sector the wheel stopped at while a letter is awaited; "" while a spin is."""
    last: int | None = None
    """The sector it stopped at last, by its place."""
    spins: int = 0
    tickets: Mapping[int, int] = field(default_factory=dict)
    """seat -> turns it may keep after a miss"""
    until: int | None = None
    solved: int | None = None
    """The seat that found the phrase."""
    heard: Mapping[int, Mapping[int, int]] = field(default_factory=dict)
    """opening of a solution that somebody ruled on -> the purses of that moment, also of earlier phrases"""


def sectors(state: Round) -> Sequence[str]:
    return tuple(state.settings["sectors"]) or ("100",)


def hidden(state: Round) -> str:
    """The phrase being played; only for rules."""
    return str(state.body()["answer"][0])


def main_ask(state: Round) -> Ask | None:
    ask = state.newest("question")
    return ask if ask is not None and ask.status == OPEN else None


def has_time(state: Round) -> bool:
    return state.of(Wheel).until is not None or bool(extendable(state))


def more_time(state: Round, command: Command) -> Iterator[Event]:
    """Gives more time for a letter, or for the solution."""
    letter = state.of(Wheel).until
    yield from extend(state, command) if letter is None else [longer(letter, command)]


def phrase_is_known(before: Round, after: Round, ask: Ask) -> tuple[str, ...]:
    """Tells that nobody can solve a phrase any more that everybody has read."""
    phrase = replace(before, question=ask.during).newest("question")
    wrong = ask.no in before.of(Wheel).heard and not after.asks[ask.no].results
    return (KEY,) if wrong and phrase is not None and phrase.status == REVEALED else ()


# the changes of each event


def _cleared(state: Round, data: Mapping[str, Any]) -> Round:
    return state.keeping(Wheel(heard=state.of(Wheel).heard))


def _turned(state: Round, data: Mapping[str, Any]) -> Round:
    return state.keeping(replace(state.of(Wheel), sector="", until=None))


def _spun(state: Round, data: Mapping[str, Any]) -> Round:
    wheel, seat, sector = state.of(Wheel), data["seat"], sectors(state)[data["sector"]]
    purse = wheel.purses.get(seat, 0)
    purses = {**wheel.purses, seat: 0 if sector == BANKRUPT else purse // 2 if sector == HALF else purse}
    tickets = {**wheel.tickets, seat: wheel.tickets.get(seat, 0) + 1} if sector == AGAIN else wheel.tickets
    return state.keeping(
        replace(
            wheel,
            purses=purses,
            tickets=tickets,
            sector=sector if data["calls"] else "",
            last=data["sector"],
            spins=wheel.spins + 1,
            until=data["until"],
        )
    )


def _called(state: Round, data: Mapping[str, Any]) -> Round:
    wheel = state.of(Wheel)
    return state.keeping(replace(wheel, called=(*wheel.called, data["letter"])))


def _letters_paid(state: Round, data: Mapping[str, Any]) -> Round:
    """Pays the sector's points for each place of the letter; a miss costs a ticket where there is one."""
    wheel, seat = state.of(Wheel), state.cast.turn or 0
    if data["what"] != OPENED or not wheel.called or main_ask(state) is None:
        return state
    found = sum(
        1 for sign, before in zip(data["parts"], mask(hidden(state), wheel.called[:-1]), strict=False) if sign != before
    )
    purse, tickets = wheel.purses.get(seat, 0), dict(wheel.tickets)
    won = _won(state, wheel.sector, found, purse)
    if not found and tickets.get(seat):
        tickets[seat] -= 1
    purses = {**wheel.purses, seat: purse + won} if won else wheel.purses
    return state.keeping(replace(wheel, purses=purses, tickets=tickets, sector="", until=None))


def _won(state: Round, sector: str, found: int, purse: int) -> int:
    """Half-points."""
    if not found or not sector:
        return 0
    if sector == DOUBLE:
        return purse
    return half_points(state.settings["gift_points"]) if sector == GIFT else 2 * int(sector) * found


def _solved(state: Round, data: Mapping[str, Any]) -> Round:
    return state.keeping(replace(state.of(Wheel), solved=data["seat"]))


def _heard(state: Round, data: Mapping[str, Any]) -> Round:
    wheel = state.of(Wheel)
    heard = {**wheel.heard, data["no"]: wheel.purses}
    return keep_verdict(state.keeping(replace(wheel, heard=heard)), data)


def _corrected(state: Round, data: Mapping[str, Any]) -> Round:
    """Corrects a verdict on a solution. To found: everything spun and called since would not have been. To not found:
    the premium is nobody's."""
    wheel, ask = state.of(Wheel), state.asks[data["no"]]
    if ask.no not in wheel.heard or ask.during != state.question:
        return state
    purses = wheel.heard[ask.no] if data["right"] else wheel.purses
    solved = data["seat"] if data["right"] else None
    return state.keeping(replace(wheel, purses=purses, solved=solved, sector="", until=None))


def _reopened(state: Round, data: Mapping[str, Any]) -> Round:
    """Lets the phrase go on: it was not found after all."""
    again = replace(state.asks[data["no"]], status=OPEN, closes_at=None, results={}, counts={})
    return state.with_ask(again, phase="open")


def _more_time(state: Round, data: Mapping[str, Any]) -> Round:
    return state.keeping(replace(state.of(Wheel), until=data["until"]))


def _resumed(state: Round, data: Mapping[str, Any]) -> Round:
    wheel = state.of(Wheel)
    return state.keeping(replace(wheel, until=later(wheel.until, data)))


def _still(state: Round, data: Mapping[str, Any]) -> Round:
    """The phrase is over: no clock runs for a letter."""
    if state.asks[data["no"]].kind != "question":
        return state
    return state.keeping(replace(state.of(Wheel), until=None, sector=""))


CHANGES: Mapping[str, Callable[[Round, Mapping[str, Any]], Round]] = {
    "ready": _cleared,
    "turn": _turned,
    "spun": _spun,
    "called": _called,
    "shown": _letters_paid,
    "solved": _solved,
    "heard": _heard,
    "corrected": _corrected,
    "reopened": _reopened,
    "more_time": _more_time,
    "resumed": _resumed,
    "closing": _still,
}
