"""One seat asks so much and no more; others are not held up by it."""

from __future__ import annotations

import pytest

from app.live.seats import pace as module
from app.live.seats.pace import AT_ONCE, PER_SECOND, READING, Pace
from app.services.shows.tickets import Ticket
from quizzes.refusals import Rejected

AN, BINH = Ticket(1, 1, "public"), Ticket(1, 2, "public")


def allowed(pace: Pace, ticket: Ticket, tries: int, cost: float = 1.0) -> int:
    """The number of tries that are let through, of so many."""
    passed = 0
    for _ in range(tries):
        try:
            pace.spend(ticket, cost)
            passed += 1
        except Rejected as refusal:
            assert refusal.code == "slow_down"
    return passed


def test_a_burst_and_then_a_steady_rate_for_each_seat(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1000.0]
    monkeypatch.setattr(module, "monotonic", lambda: now[0])
    pace = Pace()
    assert allowed(pace, AN, 500) == AT_ONCE
    assert allowed(pace, BINH, 5) == 5
    now[0] += 2
    assert allowed(pace, AN, 500) == 2 * PER_SECOND


def test_what_reads_the_database_for_one_person_costs_more_than_an_answer() -> None:
    assert allowed(Pace(), AN, 500, READING) == AT_ONCE / READING < AT_ONCE


def test_two_requests_of_a_seat_may_wait_and_a_third_not() -> None:
    pace = Pace()
    with (
        pace.polling(AN),
        pace.polling(AN),
        pace.polling(BINH),
        pytest.raises(Rejected, match="slow_down"),
        pace.polling(AN),
    ):
        pass
    with pace.polling(AN), pace.polling(AN):
        pass
