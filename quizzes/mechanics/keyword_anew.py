"""The bell of a keyword is opened, and a corrected verdict on a keyword: what it had closed goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from quizzes.anew import KEY, SHORT
from quizzes.engine import OUT, Command, Event
from quizzes.grammar import After
from quizzes.mechanics import asking
from quizzes.mechanics.guess import KEYWORD, Guess, is_over, standing, still_in
from quizzes.mechanics.hidden_words import WORD, told
from quizzes.mechanics.picking import PICK
from quizzes.round_state.ask import CLOSING, JUDGED, REVEALED, SETTLED, Ask, Round


def keyword_stands(state: Round, command: Command) -> Iterator[Event]:
    """The buzzer for the keyword opens beside the rest."""
    if standing(state) is None and not is_over(state):
        event = asking.opened(state, command, KEYWORD, 0, only=still_in(state), shown=(), asks_question=False)
        yield Event(event.name, {**event.data, "standing": True})


def again(state: Round, event: Event, command: Command) -> Iterator[Event]:
    if not state.of(Guess).last:
        yield from keyword_stands(state, command)


def ruled_anew(guess: Callable[[Round, list[int], int], Event]) -> After:
    def corrected(state: Round, event: Event, command: Command) -> Iterator[Event]:
        """Corrects a verdict before the keyword is told. Right ends the asking. Wrong lets what it had closed go on:
        first with the word for the seat that was behind in the order, then with the time that was left. Once the row is
        revealed it counts as it is, and all buzz anew."""
        ask = state.asks[event.data["no"]]
        if ask.kind != KEYWORD or told(state, WORD) is not None:
            return
        order = [seat for seat, *_ in ask.more["order"]]
        behind = [seat for seat in order if seat not in ask.results and state.cast.role(seat) != OUT]
        nos = [] if is_over(state) else [no for no, _ in state.of(Guess).stopped if goes_on(state, state.asks[no])]
        since = state.of(Guess).stopped_at if nos else command.at
        yield from reopened(state, nos)
        if is_over(state):
            waits = state.phase in ("ready", "open", "answering")
            yield from [Event("over_with", {})] if waits else []
            yield from (asking.closing(one, command) for one in state.open_asks())
        elif behind and ask.status == JUDGED:
            yield from [] if nos else [Event("held", {"nos": [], "at": command.at})]
            named = guess(state, behind, command.at)
            yield Event(named.name, {**named.data, **({"back": "open"} if nos else {})})
        elif nos:
            yield Event("released", {"since": since, "at": command.at})
        else:
            yield from again(state, event, command)

    return corrected


def goes_on(state: Round, ask: Ask) -> bool:
    """True for what a keyword closed early and nobody has seen the key of; a pick is made anew."""
    return ask.during == state.question and ask.kind != PICK and ask.status in (CLOSING, SETTLED, JUDGED)


def reopened(state: Round, nos: Sequence[int]) -> Iterator[Event]:
    closes = dict(state.of(Guess).stopped)
    held = state.of(Guess).stopped_at
    yield from (Event("reopened", {"no": no, "closes_at": closes[no], "held": held}) for no in nos)


def what_stands(before: Round, after: Round, ask: Ask) -> Iterator[str]:
    """Tells that the keyword is known, and of a row that it closed early and that was revealed meanwhile."""
    if ask.kind != KEYWORD or after.of(Guess).solved is not None:
        return
    if told(before, WORD) is not None:
        yield KEY
    closed = [before.asks[no] for no, _ in before.of(Guess).stopped]
    if any(one.status == REVEALED and one.kind != PICK for one in closed):
        yield SHORT
