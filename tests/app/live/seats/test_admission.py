"""Admission: a hall of 2,000 honest phones behind one address is let in, the last of it a moment later."""

from __future__ import annotations

import pytest

from app.live.seats import admission
from app.live.seats.admission import LONGEST_S, Admission


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [100.0]
    monkeypatch.setattr(admission, "monotonic", lambda: now[0])
    return now


def test_of_a_hall_of_two_thousand_at_once_nobody_is_refused_and_the_last_is_in_after_two_seconds(
    clock: list[float],
) -> None:
    door = Admission()
    waits = [door.enter() for _ in range(2000)]
    assert waits[:1000] == [0.0] * 1000
    assert waits[1000:] == pytest.approx([n / 500 for n in range(1, 1001)])


def test_who_would_wait_too_long_takes_no_place(clock: list[float]) -> None:
    door = Admission(per_second=1, at_once=1)
    assert [door.enter() for _ in range(9)] == pytest.approx(list(range(9)))
    assert [door.enter() > LONGEST_S for _ in range(20)] == [True] * 20
    clock[0] += 1.5
    assert door.enter() <= LONGEST_S


def test_a_quiet_hour_saves_up_no_more_than_one_rush(clock: list[float]) -> None:
    door = Admission(per_second=500, at_once=3)
    clock[0] += 3600
    assert [door.enter() == 0 for _ in range(4)] == [True, True, True, False]
