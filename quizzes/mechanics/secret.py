"""In secret: where people buzz from home, lines decide who is first. The host may let the first of them answer, each
on the own phone and unseen; each who is right earns what a right buzz earns.

It stands on `buzzing`, and is offered while somebody has the floor or a tie is open.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from quizzes.engine import HOST, Command, Event, Graded
from quizzes.grammar import Judged, Mechanic, Move
from quizzes.mechanics import asking, bank_question
from quizzes.mechanics.buzzing import setting
from quizzes.mechanics.floor import Floor, tried
from quizzes.questions.contract import FULL
from quizzes.round_state.ask import Ask, Round
from quizzes.scoring import rounded_us

UNSEEN = "unseen"
BOTH, SECONDS = 2, 15
"""The seats that answer in secret together, and the time they have where a round names none, seconds."""


def first_ones(state: Round) -> list[int]:
    """The seats that may answer in secret: those that tied, else the seat that has the floor and the next one; [] when
    nobody is near."""
    floor = state.of(Floor)
    if floor.tied:
        return list(floor.tied)
    seats = [*([floor.answering] if floor.answering is not None else []), *floor.waiting][:BOTH]
    return seats if len(seats) == BOTH and not set(seats) & tried(state) else []


def in_secret(right: Callable[[Round], int], wrong: Callable[[Round], int]) -> Mechanic:
    """`right` and `wrong`: half-points, as of `buzzing`."""

    def both(state: Round, command: Command) -> Iterator[Event]:
        seconds = int(setting(state, "answer_seconds")) or SECONDS
        yield asking.opened(state, command, UNSEEN, seconds, only=first_ones(state))

    def judge(state: Round, ask: Ask, graded: Sequence[Graded], command: Command) -> Judged:
        """Judges the answers. Silence is wrong: the floor was theirs."""
        given = {one.seat: one for one in graded}
        results = {}
        for seat in ask.roll:
            one = given.get(seat)
            is_right = one is not None and one.right == FULL
            us = rounded_us(ask.elapsed_us(one.at)) if one is not None and is_right else 0
            results[seat] = (right(state), FULL, us) if is_right else (wrong(state), 0, 0)
        return Judged(results, bank_question.counts(state, ask, graded))

    return Mechanic(
        moves={"answering": {"secret": Move(frozenset({HOST}), both, when=lambda state: bool(first_ones(state)))}},
        kinds={UNSEEN: bank_question.asked(judge)},
    )
