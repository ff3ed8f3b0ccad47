"""Group commit when storing fails: what is away is waited for, what is broken harms only itself."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, NoReturn

import gevent
import psycopg
import pytest
from gevent.event import AsyncResult
from sqlalchemy.exc import OperationalError

from app.live.awake import Awake
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


class Hours:
    """The committer's own clock: seconds pass where somebody sleeps, however long the machine takes over it."""

    def __init__(self, sleep: Callable[[float], None]) -> None:
        self.seconds, self._sleep = 0.0, sleep

    def __call__(self) -> float:
        return self.seconds

    def sleep(self, seconds: float) -> None:
        self.seconds += seconds
        self._sleep(0.0001)  # a turn of the loop: sleepers without a timer follow one another within one


@pytest.fixture(autouse=True)
def hours(monkeypatch: pytest.MonkeyPatch) -> Hours:
    made = Hours(gevent.sleep)
    monkeypatch.setattr(module, "Awake", lambda: Awake(made))
    monkeypatch.setattr(module, "STEP_S", 0.0)  # a look at the clock in each turn of the loop
    monkeypatch.setattr(module.gevent, "sleep", made.sleep)
    return made


Submit = Callable[..., list[str]]


@pytest.fixture
def submit(hours: Hours) -> Submit:
    """Submit lines together, as sockets do: their words, the last of which was said before patience ended."""

    def run(store: Callable[[Sequence[Line]], Sequence[str]], names: str, **settings: Any) -> list[str]:
        made, words = Committer(store, patience_s=PATIENCE_S, **settings), [AsyncResult() for _ in names]
        said_at = list[float]()
        made.start()
        for name, word in zip(names, words, strict=True):
            made.submit(Line(name), lambda said, word=word: (said_at.append(hours()), word.set(said)))
        told = [word.get(timeout=60) for word in words]
        assert max(said_at) < PATIENCE_S
        return told

    return run


def hang(lines: Sequence[Line]) -> NoReturn:
    while True:
        gevent.sleep(0.01)


@pytest.fixture
def told(submit: Submit) -> Callable[..., Any]:
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

        return submit(store, names, noticed=noticed.append), noticed, stored

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


def test_a_database_that_hangs_is_said_in_time(submit: Submit) -> None:
    assert submit(hang, "ab") == ["busy"] * 2


def test_who_waits_behind_others_for_a_database_that_hangs_is_told_in_the_same_time(submit: Submit) -> None:
    assert submit(hang, "abcdefghijklmnopqrst", most=1) == ["busy"] * 20


def test_a_database_that_hangs_while_a_broken_line_is_looked_for_is_said_in_time(submit: Submit) -> None:
    def store(lines: Sequence[Line]) -> list[str]:
        if len(lines) > 2:
            raise ValueError("a line nobody can store")
        return hang(lines)

    assert submit(store, "abcdefgh") == ["busy"] * 8


def test_a_commit_that_nobody_answers_is_busy_when_patience_ends(hours: Hours) -> None:
    passing = gevent.spawn(hang, [])  # nobody works, and time goes by
    assert Committer(hang, patience_s=PATIENCE_S).commit(Line("An")) == "busy"
    assert hours() >= PATIENCE_S
    passing.kill()


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
    words = Committer(store)._words(lines, until=60)
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
    monkeypatch: pytest.MonkeyPatch, hours: Hours, size: int, waits_longer: bool
) -> None:
    pauses = list[float]()
    monkeypatch.setattr(module, "STEP_S", 5.0)
    monkeypatch.setattr(module.time, "monotonic", hours)
    monkeypatch.setattr(module.gevent, "sleep", lambda seconds: pauses.append(seconds) or hours.sleep(seconds))

    def store(lines: Sequence[Line]) -> list[str]:
        hours.seconds += 0.02
        return ["ok"] * len(lines)

    made = Committer(store)
    made.start()
    for lines in (size, 1):
        gevent.joinall([gevent.spawn(made.commit, Line(str(n))) for n in range(lines)], timeout=60)
    assert pauses[0] == module.PAUSE_S
    assert (pauses[1] > module.PAUSE_S) is waits_longer


def test_an_acknowledgement_is_measured_from_the_arrival(monkeypatch: pytest.MonkeyPatch) -> None:
    made = Committer(lambda lines: ["ok"] * len(lines), clock=lambda: 10_000_000)
    said, seen = AsyncResult(), list[float]()
    monkeypatch.setattr(made._acks, "observe", seen.append)
    made.start()
    made.submit(Line("read late", received_at=7_500_000), said.set)
    said.get(timeout=60)
    gevent.sleep(0)
    assert seen == [2.5]
