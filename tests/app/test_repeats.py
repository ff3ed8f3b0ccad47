"""A repeated line is logged a few times, then counted."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
import structlog

from app import logs, repeats
from app.repeats import MOST, WINDOW_S, Repeats
from tests.conftest import settings_for


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [1000.0]
    monkeypatch.setattr(repeats, "monotonic", lambda: now[0])
    return now


def test_a_line_that_repeats_is_said_a_few_times_and_then_with_how_often(clock: list[float]) -> None:
    seen = Repeats()
    said = [seen.untold("the clock was late") for _ in range(683)]
    assert said == [0] * MOST + [None] * (683 - MOST)
    assert seen.untold("another matter") == 0
    clock[0] += WINDOW_S + 1
    assert seen.untold("the clock was late") == 683 - MOST
    assert seen.untold("the clock was late") == 0


def test_attackers_who_make_new_lines_fill_no_memory(clock: list[float]) -> None:
    seen = Repeats()
    for number in range(5 * repeats.MOST_KINDS):
        seen.untold(number)
    assert len(seen._seen) <= repeats.MOST_KINDS


def test_the_log_keeps_to_it_whoever_writes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure(settings_for(tmp_path, "sqlite:////nowhere.db"))
    for n in range(50):
        structlog.get_logger().warning("pokes without redis", problem="TimeoutError", at=n)
        logging.getLogger("a library").warning("again %s", n)
    lines = capsys.readouterr().err.splitlines()
    assert sum("pokes without redis" in line for line in lines) == MOST
    assert sum("again" in line for line in lines) == MOST
