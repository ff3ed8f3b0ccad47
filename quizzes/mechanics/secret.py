"""In secret: where people buzz from home, lines decide who is first. The host may let the first of them answer, each
on the own phone and unseen; each who is right earns what a right buzz earns.

It stands on `buzzing`, and is offered while somebody has the floor or a tie is open.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from quizzes.engine import HOST, Command, Event, Graded, Viewer
from quizzes.grammar import Judged, Mechanic, Move
from quizzes.mechanics import asking, bank_question
from quizzes.mechanics.boards import in_points
from quizzes.mechanics.buzzing import setting
from quizzes.mechanics.floor import BUZZ, UNSEEN, Floor, tried
from quizzes.questions.contract import FULL
from quizzes.round_state.ask import Ask, Round
from quizzes.scoring import rounded_us

BOTH, SECONDS = 2, 15
"""The seats that answer in secret together, and the least time they have to read and type, seconds."""


def first_ones(state: Round) -> list[int]:
    """The seats that may answer in secret, one of each team: those that tied, else the seat that has the floor and the
    next one; [] when nobody is near."""
    floor, rivals = state.of(Floor), list[int]()
    near = floor.tied or [*([floor.answering] if floor.answering is not None else []), *floor.waiting]
    for seat in near:
        rivals += [] if seat in state.cast.mates(rivals) else [seat]
    seats = rivals if floor.tied else rivals[:BOTH]
    return seats if len(seats) >= BOTH and not set(seats) & tried(state) else []


def in_secret(
    right: Callable[[Round], int], wrong: Callable[[Round], int], may: Callable[[Round], bool] = lambda state: True
) -> Mechanic:
    """`right` and `wrong`: half-points, as of `buzzing`; `may`: True where a phone can answer the question."""

    def both(state: Round, command: Command) -> Iterator[Event]:
        heard = state.newest(BUZZ)
        seconds = max(int(setting(state, "answer_seconds")), SECONDS)
        shown = heard.shown if heard is not None else None
        yield asking.opened(state, command, UNSEEN, seconds, only=first_ones(state), shown=shown)

    def judge(state: Round, ask: Ask, graded: Sequence[Graded], command: Command) -> Judged:
        """Judges the answers. Silence is wrong: the floor was theirs."""
        given = {one.seat: one for one in graded}
        results = {}
        for seat in ask.roll:
            one, then = given.get(seat), state.keeping(Floor(answering=seat))
            is_right = one is not None and one.right == FULL
            us = rounded_us(ask.elapsed_us(one.at)) if one is not None and is_right else 0
            results[seat] = (right(then), FULL, us) if is_right else (wrong(then), 0, 0)
        return Judged(results, bank_question.counts(state, ask, graded))

    return Mechanic(
        moves={
            "answering": {
                "secret": Move(frozenset({HOST}), both, when=lambda state: may(state) and bool(first_ones(state)))
            }
        },
        kinds={UNSEEN: bank_question.asked(judge)},
        view=view,
    )


def view(state: Round, viewer: Viewer) -> dict[str, Any]:
    """The seats that answer in secret; right and wrong of each only after the reveal."""
    ask = state.newest(UNSEEN)
    if ask is None or state.phase not in ("open", "closed", "revealed"):
        return {}
    seats, told = list(ask.roll), ask.results if state.phase == "revealed" else {}
    rows = [
        {"seat": seat, "right": told[seat][1] == FULL, "points": in_points(told[seat][0])}
        if seat in told
        else {"seat": seat}
        for seat in seats
    ]
    return {"unseen": rows, "seats": seats}
