"""A knock-out of one against one: pairs drawn by the seed, whoever is better over a few questions goes on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from quizzes.copies import replace
from quizzes.draws import Draws
from quizzes.engine import CONTESTANT, OUT, Command, Event
from quizzes.grammar import Mechanic
from quizzes.questions.contract import FULL
from quizzes.round_state.ask import REVEALED, Round

Pair = tuple[int, ...]
"""Two seats, or one that meets nobody and goes on."""


@dataclass(frozen=True)
class Bracket:
    rounds: tuple[tuple[Pair, ...], ...] = ()
    """The pairs of each round, from the first."""
    winners: Mapping[Pair, int] = field(default_factory=dict)
    asked: Mapping[Pair, tuple[int, ...]] = field(default_factory=dict)
    """pair -> the questions it was asked"""

    @property
    def pair(self) -> Pair | None:
        """The pair that plays now."""
        return next((one for one in (self.rounds[-1] if self.rounds else ()) if one not in self.winners), None)

    @property
    def champion(self) -> int | None:
        return self.winners.get(self.rounds[-1][0]) if self.rounds and len(self.rounds[-1]) == 1 else None


def paired(seats: tuple[int, ...]) -> list[Pair]:
    return [tuple(seats[at : at + 2]) for at in range(0, len(seats), 2)]


def draw(state: Round) -> Event:
    """The first pairs, drawn by the seed."""
    drawn = Draws(state.setup.seed, "pairs", state.setup.index).shuffled(sorted(state.cast.order))
    return Event("paired", {"pairs": [list(one) for one in paired(tuple(drawn))]})


def next_pairs(state: Round) -> Event | None:
    """The winners of a round that is over meet; None while it goes on, or when one is left."""
    bracket = state.of(Bracket)
    if bracket.pair is not None or bracket.champion is not None or not bracket.rounds:
        return None
    seats = tuple(bracket.winners[one] for one in bracket.rounds[-1])
    return Event("paired", {"pairs": [list(one) for one in paired(seats)]})


def tally(state: Round, pair: Pair) -> dict[int, tuple[int, int]]:
    """seat -> (questions right, minus the time they took), of what was revealed of a pair."""
    score = dict.fromkeys(pair, (0, 0))
    asked = state.of(Bracket).asked.get(pair, ())
    for ask in state.asks.values():
        if ask.kind == "question" and ask.during in asked and ask.status == REVEALED:
            for seat in pair:
                _, share, us = ask.results.get(seat, (0, 0, 0))
                right, time = score[seat]
                score[seat] = (right + (share == FULL), time - us * (share == FULL))
    return score


def decided(state: Round, pair: Pair, each: int) -> int | None:
    """The winner of a pair: after its questions, or as soon as the other cannot catch up. The seed decides between
    equal ones."""
    asked, score = len(state.of(Bracket).asked.get(pair, ())), tally(state, pair)
    if len(pair) == 1:
        return pair[0]
    one, other = pair
    left = each - asked
    if left > 0 and abs(score[one][0] - score[other][0]) <= left:
        return None
    drawn = Draws(state.setup.seed, "lots", state.setup.index, *pair).shuffled(list(pair))
    return max(drawn, key=lambda seat: score[seat])


def knock_out(each: Any) -> Mechanic:
    """`each`: (state) -> how many questions a pair has."""

    def win_or_go_on(state: Round, event: Event, command: Command) -> Iterator[Event]:
        pair = state.of(Bracket).pair
        winner = decided(state, pair, each(state)) if pair else None
        if pair and winner is not None:
            yield Event("met", {"pair": list(pair), "winner": winner})

    return Mechanic(
        keeps=Bracket(),
        after={"revealed": win_or_go_on, "paired": _alone},
        changes={"paired": _paired, "met": _met, "opened": _asked, "voided": _voided},
    )


def _alone(state: Round, event: Event, command: Command) -> Iterator[Event]:
    """Let whoever meets nobody go on."""
    for pair in state.of(Bracket).rounds[-1]:
        if len(pair) == 1:
            yield Event("met", {"pair": list(pair), "winner": pair[0]})


def _paired(state: Round, data: Mapping[str, Any]) -> Round:
    bracket = state.of(Bracket)
    return state.keeping(replace(bracket, rounds=(*bracket.rounds, tuple(tuple(one) for one in data["pairs"]))))


def _met(state: Round, data: Mapping[str, Any]) -> Round:
    """Notes the winner; the other one is out, and goes on beside the audience."""
    bracket, lost = state.of(Bracket), [seat for seat in data["pair"] if seat != data["winner"]]
    winners = {**bracket.winners, tuple(data["pair"]): data["winner"]}
    return state.keeping(replace(bracket, winners=winners), cast=state.cast.called(OUT, lost))


def _asked(state: Round, data: Mapping[str, Any]) -> Round:
    bracket = state.of(Bracket)
    if data["kind"] != "question" or bracket.pair is None:
        return state
    had = bracket.asked.get(bracket.pair, ())
    asked = {**bracket.asked, bracket.pair: had if state.question in had else (*had, state.question)}
    return state.keeping(replace(bracket, asked=asked))


def _voided(state: Round, data: Mapping[str, Any]) -> Round:
    """A void question is asked once more of its pair; who won by it has to win again, if nobody met the winner yet."""
    bracket, question = state.of(Bracket), state.asks[data["no"]].during
    asked = {pair: tuple(one for one in had if one != question) for pair, had in bracket.asked.items()}
    again = {pair for pair, had in bracket.asked.items() if question in had and pair in bracket.rounds[-1]}
    winners = {pair: seat for pair, seat in bracket.winners.items() if pair not in again}
    back = state.cast.called(CONTESTANT, [seat for pair in again for seat in pair])
    return state.keeping(replace(bracket, asked=asked, winners=winners), cast=back)
