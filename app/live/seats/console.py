"""The console's list of people: those seated, and those who ask for a seat."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from app.services.shows import seat_claims, seats
from quizzes import show as rules


def rows(
    state: rules.ShowState, people: Sequence[seats.SeatLine], present: Collection[int], answered: Collection[int]
) -> list[dict[str, Any]]:
    """Everybody seated: first those who have not answered yet, each by name."""
    ordered = sorted(people, key=lambda p: (p.number in answered, p.name.casefold()))
    return [
        {
            "seat": p.number,
            "name": p.name,
            "code": p.code,
            "present": p.number in present,
            "answered": p.number in answered,
            "score": rules.score(state, p.number),
        }
        for p in ordered
    ]


def claims(state: rules.ShowState, show_id: int, present: Collection[int]) -> list[dict[str, Any]]:
    """The requests for a seat: True in `same_place` for the seat's own address, in `here` when somebody sits there
    now."""
    return [
        {
            "claim": one.claim_id,
            "seat": one.seat,
            "name": one.name,
            "number": one.number,
            "same_place": one.same_place,
            "here": one.seat in present,
            "score": rules.score(state, one.seat),
        }
        for one in seat_claims.waiting(show_id)
    ]
