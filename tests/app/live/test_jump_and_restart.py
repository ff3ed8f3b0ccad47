"""The system clock jumps by an hour and the server dies: the next process goes on where the show was."""

from __future__ import annotations

import copy
import os
import signal
import sqlite3
import time
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from app import clock as clock_module
from app.clock import Clock
from app.live import ticker
from app.models.engines import Database
from app.models.shows import Worker
from app.saving import contest_clock
from app.saving.contest_clock import ContestClock
from app.saving.door import Taking
from app.services.commit import writing
from app.services.shows import scripts, shows, workers
from quizzes.engine import HOST, Actor, Command
from tests.app.live.hall import SPEED, Hall, Person, wait_for
from tests.app.live.jumps import HOUR_S, SystemClock, jumping
from tests.app.live.verdicts import judged, right_option
from tests.serving import Server

SECONDS = 60
BEAT_S = 2.0
"""The last sign of life may be so much older than the death, on a busy machine."""


def script(questions: int) -> dict[str, Any]:
    made = copy.deepcopy(SPEED)
    asked = [copy.deepcopy(SPEED["rounds"][0]["questions"][0]) | {"id": f"q{n}"} for n in range(questions)]
    made["rounds"][0] |= {"questions": asked, "settings": {"seconds": SECONDS}}
    made["settings"] = {"standings": "never"}
    return made


class Play:
    """A show whose server is killed in every question."""

    def __init__(self, server: Server, clock: SystemClock) -> None:
        self.server, self.clock = server, clock
        self.hall = Hall.open(server, script(5))
        self.an, self.binh, self.chi = (self.hall.join(name) for name in ("An", "Bình", "Chi"))

    @property
    def everybody(self) -> list[Person]:
        return [self.hall.host, *self.hall.players]

    def everybody_is_noted(self) -> bool:
        with sqlite3.connect(self.server.instance / "sanchoi.db") as db:
            return not db.execute("SELECT 1 FROM seat WHERE side = 'public' AND connected_at IS NULL").fetchall()

    def beats(self) -> Any:
        with sqlite3.connect(self.server.instance / "sanchoi.db") as db:
            return db.execute("SELECT * FROM worker ORDER BY name").fetchall()

    @property
    def left_s(self) -> float:
        """The seconds left, as the host's screen says."""
        return float(self.hall.host.data["closes_in"])

    def begin(self) -> int:
        """The next question; An answers it. That somebody has connected is stored with the next sign of life."""
        wait_for(self.everybody_is_noted, about="the note that all have connected")
        self.hall.advance("ready")
        self.hall.advance("open")
        wait_for(lambda: self.an.phase == "open", about="An's screen")
        assert self.an.answer(right_option(self.an))["ok"]
        return int(self.hall.host.data["no"])

    def jump_and_beat(self, off_s: int) -> None:
        """The clock jumps, and the server says once more that it lives."""
        self.clock.jump_to(off_s)
        for _ in range(2):  # one beat may have been on its way
            before = self.beats()
            wait_for(lambda before=before: self.beats() != before, about="a heartbeat")  # type: ignore[misc]

    def die(self, jump_to: int | None = None) -> None:
        """`kill -9`; the clock may jump before the next process comes. Everybody comes back to that."""
        dead = self.server.note["pid"]
        self.server.process.send_signal(signal.SIGSTOP)  # the supervisor would start the next at once
        os.kill(dead, signal.SIGKILL)
        if jump_to is not None:
            self.clock.jump_to(jump_to)
        self.server.process.send_signal(signal.SIGCONT)
        wait_for(lambda: self.server.is_up and self.server.note["pid"] != dead, about="the next process")
        for one in [*self.everybody, self.hall.stage]:
            one.leave()
            one.screens.clear()
            one.connect()
        wait_for(lambda: all(one.phase for one in self.everybody), about="the screens")

    def goes_on(self, no: int, left_s: float, since: float) -> None:
        """The question is open with the seconds that were left `since`, but for those of the restart; answers count."""
        if self.hall.host.phase == "suspended":  # a busy machine: nobody served for more than five seconds
            self.hall.advance("open")
        assert (self.hall.host.phase, self.hall.host.data["no"]) == ("open", no)
        assert left_s - (time.monotonic() - since) - 1 < self.left_s < left_s + BEAT_S
        for one in (self.binh, self.chi):
            assert one.answer(right_option(one))["ok"]
        self.hall.wait("closed")  # everybody has answered
        assert judged(self.server, no) == {1, 2, 3}
        self.hall.advance("revealed")


JUMPS = [((HOUR_S, HOUR_S), (HOUR_S, 0)), ((0, HOUR_S), (0, 0), (0, -HOUR_S))]
"""How far off the clock is when the server dies, and when the next process comes; deaths one after another."""


@pytest.mark.parametrize("jumps", JUMPS, ids=["on before, back after", "on after, back before, back after"])
def test_a_clock_that_jumps_before_the_server_dies_or_while_nobody_serves_takes_no_seconds_and_gives_none(
    tmp_path: Path, jumps: list[tuple[int, int]]
) -> None:
    with jumping(tmp_path) as (server, clock):
        play = Play(server, clock)
        for before, after in jumps:
            no = play.begin()
            left_s, since = play.left_s, time.monotonic()
            if clock.off_s != before:
                play.jump_and_beat(before)  # noticed by the process that dies
            play.die(jump_to=after)
            play.goes_on(no, left_s, since)
        play.hall.close()


# --- what a process takes up when it starts ---------------------------------------------------------

HOUR, SECOND = 3_600_000_000, 1_000_000


@pytest.fixture
def clock(bound: Database, monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock of a process that starts now."""
    made = Clock()
    monkeypatch.setattr(ticker, "clock", made)
    monkeypatch.setattr(ticker, "now_us", made.now_us)
    return made


def us() -> int:
    return time.time_ns() // 1000


def an_open_question(at: int) -> int:
    """A show in the middle of a question that was opened then."""
    show_id = scripts.create("thử", script=script(1)).show_id
    for _ in range(2):
        shows.perform(show_id, Command("advance", Actor(HOST, 1_000_001), at, {}))
    return show_id


def about(at: int) -> Any:
    return pytest.approx(at, abs=2 * SECOND)


@pytest.mark.parametrize("ahead", [HOUR, -HOUR])
def test_a_second_worker_keeps_the_time_of_the_first_whose_clock_has_jumped(clock: Clock, ahead: int) -> None:
    show_id = an_open_question(us() + ahead)
    workers.beat("một", lambda: us() + ahead, us() + ahead, {})
    ticker.go_on()
    assert clock.now_us() == about(us() + ahead)
    assert clock.wall_us(clock.now_us()) == about(us())
    assert shows.catch_up(show_id).state.phase == "open"
    workers.beat("hai", clock.now_us, clock.now_us(), {})
    workers.forget_dead("hai", clock.now_us())
    assert workers.others_read_until("hai") == about(us() + ahead)


def test_a_time_that_nobody_needs_any_more_is_given_up_for_the_true_one(clock: Clock) -> None:
    workers.beat("một", lambda: us() + HOUR, us() + HOUR, {7: [1, 2]})
    wind_back("một", by=10 * SECOND)
    ticker.go_on()
    assert clock.now_us() == about(us())
    workers.beat("hai", clock.now_us, clock.now_us(), {})
    workers.forget_dead("hai", clock.now_us())
    assert workers.others_read_until("hai") is None
    assert workers.present_elsewhere("hai") == {}


def test_a_time_that_a_paused_show_needs_stands_still_and_never_runs_backwards(clock: Clock) -> None:
    show_id = an_open_question(us() + HOUR)
    shows.perform(show_id, Command("pause", Actor(HOST, 1_000_001), us() + HOUR, {}))
    workers.beat("một", lambda: us() + HOUR, us() + HOUR, {})
    wind_back("một", by=10 * SECOND)
    ticker.go_on()
    assert clock.now_us() == about(us() + HOUR)


def test_a_show_that_has_seen_later_moments_sees_no_earlier_ones_even_in_its_lobby(clock: Clock) -> None:
    show_id = scripts.create("thử", script=script(1)).show_id
    shows.perform(show_id, Command("lock", Actor(HOST, 1_000_001), us() + HOUR, {}))
    workers.beat("một", lambda: us() + HOUR, us() + HOUR, {})
    wind_back("một", by=10 * SECOND)
    ticker.go_on()
    assert clock.now_us() == about(us() + HOUR)


def test_both_clocks_of_a_beat_are_read_side_by_side_within_its_transaction(
    bound: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else the wait for the database would look like a clock that was set."""
    read: list[str] = []
    monkeypatch.setattr(workers, "now_us", lambda db: read.append("database") or us())
    workers.beat("một", lambda: read.append("shows") or us(), us(), {})
    assert read == ["database", "shows"]


def test_a_worker_that_stopped_on_purpose_is_not_waited_for_but_its_last_moment_is_known(clock: Clock) -> None:
    show_id = an_open_question(us() - 60 * SECOND)
    workers.beat("một", lambda: us() - 55 * SECOND, us() - 55 * SECOND, {})
    workers.leave("một")
    wind_back("một", by=55 * SECOND)
    assert workers.others_read_until("hai") is None
    ticker.go_on()
    state = shows.catch_up(show_id).state
    assert (state.phase, state.halt.at) == ("suspended", about(us() - 55 * SECOND))


@pytest.mark.parametrize("ahead", [HOUR, -HOUR])
def test_a_contest_keeps_the_hours_of_the_wall_while_shows_keep_another_time(
    bound: Database, monkeypatch: pytest.MonkeyPatch, ahead: int
) -> None:
    asked: list[int] = []
    monkeypatch.setattr(contest_clock.grading, "grade_due", asked.append)
    try:
        clock_module.clock.begin(us() + ahead, us())
        assert clock_module.now_us() == about(us() + ahead)
        assert Taking().received_at() == about(us())
        ContestClock().beat()
    finally:
        clock_module.clock.begin(us(), us())
    assert asked == [about(us())]


@writing
def wind_back(db: Session, name: str, by: int) -> None:
    """As if that worker's last beat was so long ago, by the database's clock."""
    db.execute(update(Worker).where(Worker.name == name).values(db_at=Worker.db_at - by))
