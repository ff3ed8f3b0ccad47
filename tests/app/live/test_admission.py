"""Admission: a hall of 2,000 honest phones behind one address is let in, a part of it a moment later."""

from __future__ import annotations

import pytest

from app.live import admission
from app.live.admission import Admission


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [100.0]
    monkeypatch.setattr(admission, "monotonic", lambda: now[0])
    return now


def test_half_a_hall_of_two_thousand_enters_at_once_and_the_rest_within_two_seconds(clock: list[float]) -> None:
    door = Admission()
    assert sum(door.enter() == 0 for _ in range(2000)) == 1000
    clock[0] += 2.0
    assert all(door.enter() == 0 for _ in range(1000))


def test_who_has_to_wait_is_told_how_long(clock: list[float]) -> None:
    door = Admission(per_second=500, at_once=1)
    assert door.enter() == 0
    wait_s = door.enter()
    assert wait_s == pytest.approx(0.002)
    clock[0] += wait_s * 1.01
    assert door.enter() == 0


def test_a_quiet_hour_saves_up_no_more_than_one_rush(clock: list[float]) -> None:
    door = Admission(per_second=500, at_once=3)
    clock[0] += 3600
    assert [door.enter() == 0 for _ in range(4)] == [True, True, True, False]
