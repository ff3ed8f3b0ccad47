"""Corrects the verdicts on answers that were given aloud: those of an opening as they should have been."""

from __future__ import annotations

from quizzes.questions.contract import FULL
from quizzes.round_state.ask import JUDGED, Ask, Result, Round
from quizzes.scoring import rounded_us

CORRECTED = "corrected"


def verdicts(state: Round, ask: Ask) -> list[int]:
    """The seats that buzzed and were told right or wrong, in that order, without the seat that paid for the answer."""
    buzzed = {seat for seat, *_ in ask.more.get("order", ())}
    return [seat for seat in ask.results if seat in buzzed]


def made_right(state: Round, ask: Ask, seat: int, half: int, right: bool) -> dict[int, Result]:
    """The verdicts up to this one, and this one otherwise: those after it would not have been."""
    said = verdicts(state, ask)
    kept = {one: ask.results[one] for one in said[: said.index(seat)]}
    time_us = next((us for one, us, *_ in ask.more["order"] if one == seat), 0)
    return {**kept, seat: (half, FULL if right else 0, rounded_us(time_us) if right else 0)}


def is_undecided(state: Round, ask: Ask) -> bool:
    """True while the question of this opening may still go on."""
    return ask.during == state.question and state.phase == "closed" and ask.status == JUDGED
