"""After a database that was away all workers are in one boat: none is dead because another was first to beat again."""

from __future__ import annotations

import pytest

from app.live import gap as module
from app.live.gap import GRACE_US, LONG_US, Gap
from app.models.engines import Database
from app.services.shows import workers

SECOND = 1_000_000
AWAY_US = 4 * SECOND


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The time, in microseconds, which is set by hand."""
    at = [100 * SECOND]
    monkeypatch.setattr(module, "now_us", lambda: at[0])
    return at


def test_beats_a_second_apart_are_no_gap(now: list[int]) -> None:
    gap = Gap()
    assert gap.began() is None
    for _ in range(5):
        gap.beaten()
        now[0] += SECOND
        assert gap.began() is None


def test_a_gap_is_known_while_it_lasts_and_until_the_others_had_time_to_beat(now: list[int]) -> None:
    gap = Gap()
    gap.beaten()
    before = now[0]
    now[0] += LONG_US + 1
    assert gap.began() == before
    now[0] += AWAY_US
    gap.beaten()
    assert gap.began() == before
    for _ in range(3):
        assert gap.began() == before
        now[0] += GRACE_US // 3
        gap.beaten()
    assert gap.began() is None


def test_who_lived_before_the_gap_is_waited_for_though_another_has_beaten_again(
    bound: Database, now: list[int]
) -> None:
    gap = Gap()
    workers.beat("one", lambda: now[0], now[0], {})
    workers.beat("other", lambda: now[0], read := now[0] - 1, {})
    gap.beaten()
    now[0] += AWAY_US
    workers.beat("one", lambda: now[0], now[0], {})
    gap.beaten()
    assert workers.others_read_until("one") is None
    assert workers.others_read_until("one", gap.began()) == read


def test_who_died_long_before_the_gap_is_not_waited_for(bound: Database, now: list[int]) -> None:
    gap = Gap()
    workers.beat("other", lambda: now[0], now[0], {})
    for _ in range(5):
        now[0] += SECOND
        workers.beat("one", lambda: now[0], now[0], {})
        gap.beaten()
    now[0] += AWAY_US
    workers.beat("one", lambda: now[0], now[0], {})
    gap.beaten()
    assert workers.others_read_until("one", gap.began()) is None
