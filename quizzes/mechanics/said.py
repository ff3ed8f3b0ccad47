"""Corrects afterwards what was said of a buzzer's answer: the verdicts of an opening as they should have been."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from quizzes.copies import replace
from quizzes.mechanics.floor import Floor
from quizzes.questions.contract import FULL
from quizzes.round_state.ask import CLOSING, JUDGED, OPEN, SETTLED, VOID, Ask, Result, Round
from quizzes.scoring import rounded_us

CORRECTED = "corrected"


def verdicts(ask: Ask) -> list[int]:
    """Return who was told right or wrong, in that order; who paid for it is not among them."""
    buzzed = {seat for seat, *_ in ask.more.get("order", ())}
    return [seat for seat in ask.results if seat in buzzed]


def made_right(ask: Ask, seat: int, half: int, right: bool) -> dict[int, Result]:
    """The verdicts up to this one, and this one otherwise: those after it would not have been."""
    said = verdicts(ask)
    kept = {one: ask.results[one] for one in said[: said.index(seat)]}
    time_us = next((us for one, us, *_ in ask.more["order"] if one == seat), 0)
    return {**kept, seat: (half, FULL if right else 0, rounded_us(time_us) if right else 0)}


def corrected(state: Round, data: Mapping[str, Any]) -> Round:
    """The question waits for what follows, unless its key is shown: then only points have moved."""
    results = {int(seat): (got[0], got[1], got[2]) for seat, got in data["results"].items()}
    ask = state.asks[data["no"]]
    void = {no: replace(state.asks[no], status=VOID) for no in data["voids"]}
    asks = {**state.asks, ask.no: replace(ask, results=results), **void}
    now = ask.during == state.question and state.phase in ("open", "answering", "closed")
    others = any(one.status in (OPEN, CLOSING, SETTLED) for one in asks.values())
    phase = "closed" if now and not others else state.phase
    return replace(state.keeping(Floor()) if now else state, asks=asks, phase=phase)


def is_undecided(state: Round, ask: Ask) -> bool:
    """True while the question of this opening may still go on."""
    return ask.during == state.question and state.phase == "closed" and ask.status == JUDGED
