"""Group commit when storing fails: what is away is waited for, what is broken harms only itself."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import gevent
import psycopg
import pytest
from gevent.event import AsyncResult
from sqlalchemy.exc import OperationalError

from app.live.questions import committer as module
from app.live.questions.committer import Committer


@dataclass(frozen=True)
class Line:
    """An answer."""

    name: str
    received_at: int = 1
    about: dict[str, Any] = field(default_factory=dict)


def away() -> OperationalError:
    return OperationalError("INSERT", {}, psycopg.OperationalError("the server closed the connection unexpectedly"))


def full() -> OperationalError:
    problem = sqlite3.OperationalError("database or disk is full")
    problem.sqlite_errorcode = sqlite3.SQLITE_FULL
    return OperationalError("INSERT", {}, problem)


PATIENCE_S = 3.0


def submit(store: Callable[[Sequence[Line]], Sequence[str]], names: str, **settings: Any) -> tuple[list[str], float]:
    """Submit lines together, as sockets do: their words, and when the last was said."""
    made, words = Committer(store, patience_s=PATIENCE_S, **settings), [AsyncResult() for _ in names]
    made.start()
    began = time.monotonic()
    for name, word in zip(names, words, strict=True):
        made.submit(Line(name), word.set)
    return [word.get(timeout=15) for word in words], time.monotonic() - began


def hang(lines: Sequence[Line]) -> list[str]:
    gevent.sleep(60)
    return ["ok"] * len(lines)


@pytest.fixture
def told() -> Callable[..., Any]:
    """Submit lines to a store that fails in the given ways first; their words, all in time, and what was noticed."""

    def run(names: str, *failures: Exception, poison: str = "") -> tuple[list[str], list[Exception], list[str]]:
        left, noticed, stored = list(failures), [], []

        def store(lines: Sequence[Line]) -> list[str]:
            if left:
                raise left.pop(0)
            if poison and any(line.name == poison for line in lines):
                raise ValueError("a line nobody can store")
            stored.extend(line.name for line in lines)
            return ["ok"] * len(lines)

        words, took = submit(store, names, noticed=noticed.append)
        assert took < PATIENCE_S
        return words, noticed, stored

    return run


def test_a_database_that_comes_back_has_cost_nobody_an_answer(told: Callable[..., Any]) -> None:
    words, noticed, stored = told("abc", away(), away())
    assert words == ["ok"] * 3
    assert len(noticed) == 2
    assert stored == ["a", "b", "c"]


def test_a_database_that_stays_away_is_said_in_time(told: Callable[..., Any]) -> None:
    words, _, stored = told("ab", *[away() for _ in range(100)])
    assert words == ["busy"] * 2
    assert stored == []


def test_a_full_disk_is_said_at_once(told: Callable[..., Any]) -> None:
    words, noticed, stored = told("ab", full())
    assert words == ["busy"] * 2
    assert len(noticed) == 1
    assert stored == []


def test_a_database_that_hangs_is_said_in_time() -> None:
    words, took = submit(hang, "ab")
    assert words == ["busy"] * 2
    assert took < PATIENCE_S


def test_who_waits_behind_others_for_a_database_that_hangs_is_told_in_the_same_time() -> None:
    words, took = submit(hang, "abcdefghijklmnopqrst", most=1)
    assert words == ["busy"] * 20
    assert took < PATIENCE_S


def test_a_database_that_hangs_while_a_broken_line_is_looked_for_is_said_in_time() -> None:
    def store(lines: Sequence[Line]) -> list[str]:
        if len(lines) > 2:
            raise ValueError("a line nobody can store")
        return hang(lines)

    words, took = submit(store, "abcdefgh")
    assert words == ["busy"] * 8
    assert took < PATIENCE_S


def test_a_commit_that_nobody_answers_is_busy_when_patience_ends() -> None:
    assert Committer(hang, patience_s=0.1).commit(Line("An")) == "busy"


def test_a_line_nobody_can_store_is_refused_alone(told: Callable[..., Any]) -> None:
    words, _, stored = told("abc", poison="b")
    assert words == ["ok", "busy", "ok"]
    assert stored == ["a", "c"]


def test_one_line_nobody_can_store_costs_the_others_a_few_tries_and_not_one_each() -> None:
    tries = []

    def store(lines: Sequence[Line]) -> list[str]:
        tries.append(len(lines))
        if any(line.name == "poison" for line in lines):
            raise ValueError("a line nobody can store")
        return ["ok"] * len(lines)

    lines = [Line("poison" if n == 70 else "An") for n in range(256)]
    words = Committer(store)._words(lines, until=time.monotonic() + 60)
    assert words == ["busy" if line.name == "poison" else "ok" for line in lines]
    assert len(tries) == 2 + 2 * 8


def test_the_oldest_that_waits_is_known_though_it_came_after_another() -> None:
    made = Committer(lambda lines: ["ok"] * len(lines))
    assert made.oldest_waiting is None
    for at in (7, 3, 9):
        made.submit(Line("An", received_at=at), print)
    assert made.oldest_waiting == 3


@pytest.mark.parametrize(("size", "waits_longer"), [(2, False), (module.CROWD, True)])
def test_only_a_crowd_gathers_as_long_as_the_last_group_took(
    monkeypatch: pytest.MonkeyPatch, size: int, waits_longer: bool
) -> None:
    sleep, pauses = gevent.sleep, list[float]()

    def store(lines: Sequence[Line]) -> list[str]:
        sleep(0.02)
        return ["ok"] * len(lines)

    monkeypatch.setattr(module.gevent, "sleep", lambda seconds: pauses.append(seconds) or sleep(seconds))
    made = Committer(store)
    made.start()
    for lines in (size, 1):
        gevent.joinall([gevent.spawn(made.commit, Line(str(n))) for n in range(lines)], timeout=5)
    assert pauses[0] == module.PAUSE_S
    assert (pauses[1] > module.PAUSE_S) is waits_longer


def test_an_acknowledgement_is_measured_from_the_arrival(monkeypatch: pytest.MonkeyPatch) -> None:
    made = Committer(lambda lines: ["ok"] * len(lines), clock=lambda: 10_000_000)
    said, seen = AsyncResult(), list[float]()
    monkeypatch.setattr(made._acks, "observe", seen.append)
    made.start()
    made.submit(Line("read late", received_at=7_500_000), said.set)
    said.get(timeout=15)
    gevent.sleep(0)
    assert seen == [2.5]
