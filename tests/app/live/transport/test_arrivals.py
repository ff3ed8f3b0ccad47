"""The rule of `read_until`: never past something unread, and following when the loop keeps up."""

import socket

import pytest

from app.clock import Clock
from app.live.transport import arrivals as module
from app.live.transport.arrivals import Arrivals
from app.live.transport.kernel import SO_TIMESTAMPNS, TIMESPEC

S = 1_000_000


class Loop:
    """A loop of our own: real time and ticks by hand."""

    def __init__(self) -> None:
        self.at_ns = 1_790_000_000 * 10**9
        self.clock = Clock(lambda: self.at_ns, lambda: self.at_ns)

    def tick(self, arrivals: Arrivals, after_us: int = 20_000) -> int:
        self.at_ns += after_us * 1000
        arrivals.tick()
        return self.clock.now_us() - arrivals.read_until_us

    def stamp(self, age_us: int) -> list[tuple[int, int, bytes]]:
        at = self.at_ns - age_us * 1000
        return [(socket.SOL_SOCKET, SO_TIMESTAMPNS, TIMESPEC.pack(at // 10**9, at % 10**9))]


@pytest.fixture
def loop(monkeypatch):
    loop = Loop()
    monkeypatch.setattr(module, "clock", loop.clock)
    return loop


@pytest.fixture
def arrivals(loop):
    arrivals = Arrivals()
    for _ in range(5):
        loop.tick(arrivals)
    return arrivals


def test_follows_50_ms_behind_when_the_loop_keeps_up(loop, arrivals):
    for _ in range(20):
        assert loop.tick(arrivals) == 50_000


def test_a_late_tick_proves_only_what_the_tick_before_it_saw(loop, arrivals):
    assert loop.tick(arrivals, 65_000) == 65_000


def test_a_tick_right_behind_a_late_one_proves_nothing(loop, arrivals):
    before = arrivals.read_until_us
    loop.tick(arrivals, S)  # the loop stalled
    loop.tick(arrivals, 500)  # what it missed, made up for before it looked at its sockets
    assert arrivals.read_until_us == before


def test_stands_still_while_old_messages_are_being_read(loop, arrivals):
    before = arrivals.read_until_us
    loop.tick(arrivals, S)  # the loop stalled
    for age in (900_000, 500_000, 51_000):
        assert arrivals.stamp(loop.stamp(age)) == loop.clock.now_us() - age
        loop.tick(arrivals)
        assert arrivals.read_until_us == before
    loop.tick(arrivals)
    assert arrivals.read_until_us == loop.clock.now_us() - 50_000


def test_stands_still_until_a_process_that_was_stopped_has_had_time_to_read(loop, arrivals):
    before = arrivals.read_until_us
    loop.tick(arrivals, S)
    loop.tick(arrivals, 100)  # the tick that was due meanwhile, before any socket is read
    assert arrivals.read_until_us == before
    arrivals.stamp(loop.stamp(500_000))
    loop.tick(arrivals)
    assert arrivals.read_until_us == before
    assert loop.tick(arrivals) == 50_000


def test_stands_still_while_a_message_waits_for_its_handler(loop, arrivals):
    asked = loop.clock.now_us()
    arrivals.waiting["An"] = asked
    for _ in range(100):
        loop.tick(arrivals)
        assert arrivals.read_until_us <= asked
    del arrivals.waiting["An"]
    assert loop.tick(arrivals) == 50_000


def test_never_runs_backwards(loop, arrivals):
    last = 0
    for after, age in [(20_000, 0), (S, 700_000), (20_000, 0), (60_000, 0), (20_000, 90_000), (20_000, 0)] * 5:
        arrivals.stamp(loop.stamp(age))
        loop.tick(arrivals, after)
        assert arrivals.read_until_us >= last
        last = arrivals.read_until_us


def test_a_stamp_older_than_what_was_read_is_a_clock_that_jumped(loop, arrivals):
    assert arrivals.stamp(loop.stamp(3600 * S)) >= arrivals.read_until_us


def test_without_a_stamp_the_time_of_reading_counts(loop, arrivals):
    assert arrivals.stamp([]) == loop.clock.now_us()


def test_the_lag_is_the_last_ticks_or_that_of_the_overdue_one(loop, arrivals):
    assert arrivals.loop_lag() == 0
    loop.tick(arrivals, 120_000)
    assert arrivals.loop_lag() == 100_000
    loop.at_ns += 520_000_000
    assert arrivals.loop_lag() == 500_000
