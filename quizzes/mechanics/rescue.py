"""Rescue: some of those who are out stand again, by a question of their own or by what a side game won."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quizzes.draws import Draws
from quizzes.engine import HOST, OUT, Command, Event, Graded, Viewer, whole
from quizzes.grammar import Judged, Mechanic, Move
from quizzes.mechanics import asking, bank_question
from quizzes.mechanics.elimination import Fallen, back
from quizzes.questions.contract import FULL
from quizzes.round_state.ask import Ask, Round
from quizzes.scoring import rounded_us

RESCUE = "rescue"


@dataclass(frozen=True)
class Rescue:
    asks: bool = False
    """True when the question that is announced, played or revealed is for the seats that are out."""
    question: int = -1


def last_to_fall(state: Round, count: int) -> list[int]:
    """The `count` who held out longest; equal ones are drawn."""
    fallen = state.of(Fallen).at
    drawn = Draws(state.setup.seed, RESCUE, state.last_no).shuffled(sorted(fallen))
    return sorted(within_quota(state, sorted(drawn, key=lambda seat: -fallen[seat]))[:count])


def of_each_unit(state: Round, count: int) -> list[int]:
    """Up to `count` of each unit: who held out longest, then who has more points; equal ones are drawn. Those without
    a unit are one together."""
    fallen, came = state.of(Fallen).at, Counter[int | None]()
    drawn, chosen = Draws(state.setup.seed, RESCUE, state.last_no).shuffled(sorted(fallen)), []
    for seat in sorted(drawn, key=lambda seat: (-fallen[seat], -state.scores.get(seat, 0))):
        unit = state.cast.units.get(seat)
        if came[unit] < count:
            chosen.append(seat)
            came[unit] += 1
    return sorted(within_quota(state, chosen))


def within_quota(state: Round, seats: Sequence[int]) -> list[int]:
    """The first of these seats, and of each unit no more than the script lets back. Seats without a unit have no such
    limit."""
    most, came, chosen = state.settings.get("unit_quota", 0), Counter[int](), []
    for seat in seats:
        unit = state.cast.units.get(seat)
        if not most or unit is None or came[unit] < most:
            chosen.append(seat)
            came.update([] if unit is None else [unit])
    return chosen


def rescue_by_count(when: Callable[[Round], bool], who: Callable[[Round, int], list[int]] = last_to_fall) -> Mechanic:
    """Takes the number that a side game won from the host; the seats that `who` names come back."""

    def bring_back(state: Round, command: Command) -> Iterator[Event]:
        most = max(1, len(state.of(Fallen).at))
        yield back(state, who(state, whole(command.args, "count", 1, most)))

    def can_rescue(state: Round) -> bool:
        return bool(state.of(Fallen).at) and when(state)

    def one(state: Round) -> Iterable[Mapping[str, Any]]:
        return [{"count": 1}]

    return Mechanic(
        moves={"revealed": {"rescue": Move(frozenset({HOST}), bring_back, {"count": "whole"}, can_rescue, one)}}
    )


def rescue_question(state: Round, command: Command) -> Iterator[Event]:
    """The next question is announced as that of those who are out."""
    announced = asking.ready(state, command)
    yield Event(announced.name, {**announced.data, "to": OUT})


def ask_the_fallen(state: Round, command: Command, seconds: int) -> Event:
    return asking.opened(state, command, RESCUE, seconds, to=[OUT])


def is_rescue(state: Round) -> bool:
    return state.of(Rescue).asks


def rescue_by_question(most: Callable[[Round], int]) -> Mechanic:
    """Lets those who are right stand again: at most `most`, the fastest first; 0 is no bound."""

    def bring_back(state: Round, event: Event, command: Command) -> Iterator[Event]:
        for ask in (state.asks[no] for no in event.data["nos"]):
            if ask.kind == RESCUE:
                right = sorted((us, seat) for seat, (_, share, us) in ask.results.items() if share == FULL)
                allowed = within_quota(state, [seat for _, seat in right])
                yield back(state, allowed[: most(state)] if most(state) else allowed)

    def announced(state: Round, data: Mapping[str, Any]) -> Round:
        """Says with the first announcement of a question for whom it is; counted in or asked again it stays theirs."""
        again = data["question"] == state.of(Rescue).question
        return state if again else state.keeping(Rescue(data.get("to") == OUT, data["question"]))

    def view(state: Round, viewer: Viewer) -> dict[str, Any]:
        return {"rescue": is_rescue(state)}

    kind = bank_question.asked(_judge)
    return Mechanic(
        keeps=Rescue(), after={"revealed": bring_back}, changes={"ready": announced}, kinds={RESCUE: kind}, view=view
    )


def _judge(state: Round, ask: Ask, graded: Sequence[Graded], command: Command) -> Judged:
    """Give no points: the way back is what is won."""
    results = {one.seat: (0, one.right, rounded_us(ask.elapsed_us(one.at))) for one in graded if one.right}
    return Judged(results, bank_question.counts(state, ask, graded))
