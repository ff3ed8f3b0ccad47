"""Group commit when storing fails: what is away is waited for, what is broken harms only itself."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import gevent
import psycopg
import pytest
from sqlalchemy.exc import OperationalError

from app.live import committer as module
from app.live.committer import Committer


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


@pytest.fixture
def commit(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Commit lines together by a store that fails in the given ways first; their words, and what was noticed."""
    monkeypatch.setattr(module, "AWAY_S", 1.0)

    def run(names: str, *failures: Exception, poison: str = "") -> tuple[list[str], list[Exception], list[str]]:
        left, noticed, stored = list(failures), [], []

        def store(lines: Sequence[Line]) -> list[str]:
            if left:
                problem = left.pop(0)
                if isinstance(problem, TimeoutError):
                    gevent.sleep(60)
                raise problem
            if poison and any(line.name == poison for line in lines):
                raise ValueError("a line nobody can store")
            stored.extend(line.name for line in lines)
            return ["ok"] * len(lines)

        made = Committer(store, noticed=noticed.append)
        made.start()
        words = [gevent.spawn(made.commit, Line(name)) for name in names]
        gevent.joinall(words, timeout=15)
        return [word.value for word in words], noticed, stored

    return run


def test_a_database_that_comes_back_has_cost_nobody_an_answer(commit: Callable[..., Any]) -> None:
    words, noticed, stored = commit("abc", away(), away())
    assert words == ["ok"] * 3
    assert len(noticed) == 2
    assert stored == ["a", "b", "c"]


def test_a_database_that_stays_away_is_said_in_time(commit: Callable[..., Any]) -> None:
    words, _, stored = commit("ab", *[away() for _ in range(100)])
    assert words == ["busy"] * 2
    assert stored == []


def test_a_full_disk_is_said_at_once(commit: Callable[..., Any]) -> None:
    words, noticed, stored = commit("ab", full())
    assert words == ["busy"] * 2
    assert len(noticed) == 1
    assert stored == []


def test_a_database_that_hangs_is_said_in_time(commit: Callable[..., Any]) -> None:
    words, _, stored = commit("ab", TimeoutError())
    assert words == ["busy"] * 2
    assert stored == []


def test_a_line_nobody_can_store_is_refused_alone(commit: Callable[..., Any]) -> None:
    words, _, stored = commit("abc", poison="b")
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
    words = Committer(store)._words(lines, until=0)
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
