"""Real threads store answers while the question is closed: acknowledged is stored is judged, at any instant."""

from __future__ import annotations

import copy
import json
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Semaphore
from typing import Any

import pytest

from app.clock import now_us
from app.models.engines import Database
from app.services.shows import ballots, scripts, seats, shows
from app.services.shows.ballots import Line
from app.services.shows.seats import Wanted
from quizzes import show as rules
from quizzes.engine import CLOCK, HOST, Actor, Command
from tests.app.services.shows.test_seats import SCRIPT, somebody

QUESTIONS = 12
THREADS, GROUPS, IN_GROUP = 4, 5, 3
PEOPLE = THREADS * GROUPS * IN_GROUP


def new_show() -> scripts.Created:
    """A show of many questions without deadlines, and everybody's seat in it."""
    script = copy.deepcopy(SCRIPT)
    first = script["rounds"][0]  # type: ignore[index]
    first["settings"] = {"seconds": 0}  # type: ignore[index]
    first["questions"] = [first["questions"][0] | {"id": f"q{n}"} for n in range(QUESTIONS)]  # type: ignore[index]
    made = scripts.create("thử", script=script | {"settings": {"standings": "never"}})
    seats.take_group([Wanted(made.show_id, somebody(f"Bạn {n}")) for n in range(PEOPLE)])
    return made


class Race:
    """One question: every thread stores groups of answers, one closes it after so many groups."""

    def __init__(self, made: scripts.Created) -> None:
        self.show_id, self.host = made.show_id, Actor(HOST, made.host.number)
        while (state := shows.catch_up(self.show_id).state).phase != "open":
            self.perform("advance", self.host)
        self.no = int(state.no)
        self.right = json.dumps(next(option for option, index in state.opening(self.no)[1].shown if index == 0))
        self.opened_at = now_us()
        self.groups_stored, self.together = Semaphore(0), Barrier(THREADS + 1)

    def perform(self, name: str, who: Actor, **args: object) -> None:
        shows.perform(self.show_id, Command(name, who, now_us(), args))

    def answer(self, thread: int) -> dict[int, str]:
        """Seat -> what it was told. Every other answer has come before the close, however late it is stored."""
        said: dict[int, str] = {}
        self.together.wait()
        for group in range(GROUPS):
            first = (thread * GROUPS + group) * IN_GROUP + 1
            mine = range(first, first + IN_GROUP)
            lines = [
                Line(
                    self.show_id,
                    self.no,
                    seat,
                    0,
                    f"seat-{seat}-{self.no}",
                    self.right,
                    self.opened_at if seat % 2 else now_us(),
                )
                for seat in mine
            ]
            said |= zip(mine, ballots.store(lines), strict=True)
            self.groups_stored.release()
        return said

    def close(self, after_groups: int) -> None:
        self.together.wait()
        for _ in range(after_groups):
            self.groups_stored.acquire()
        self.perform("advance", self.host)
        self.perform("settled", Actor(CLOCK), no=self.no)
        given = ballots.given(self.show_id, self.no)
        graded = rules.grade(shows.catch_up(self.show_id).state, self.no, given)
        self.perform("judge", Actor(CLOCK), no=self.no, graded=graded)

    def run(self, pool: ThreadPoolExecutor, after_groups: int) -> dict[int, str]:
        closing = pool.submit(self.close, after_groups)
        said: dict[int, str] = {}
        for part in pool.map(self.answer, range(THREADS)):
            said |= part
        closing.result()
        return said


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)  # SQLite has one writer
def test_an_answer_is_acknowledged_exactly_if_it_is_judged_at_whatever_instant_the_question_closes(
    bound: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    look = ballots._fences

    def look_and_dawdle(*args: Any) -> dict[int, Any]:
        """Between the look at the fence and the commit everything else may happen."""
        found = look(*args)
        time.sleep(0.01)
        return found

    monkeypatch.setattr(ballots, "_fences", look_and_dawdle)
    made, mixed = new_show(), 0
    with ThreadPoolExecutor(THREADS + 1) as pool:
        for round_ in range(QUESTIONS):
            race = Race(made)
            said = race.run(pool, after_groups=round_ % (THREADS * GROUPS // 2))
            acknowledged = {seat for seat, word in said.items() if word == "ok"}
            assert set(said.values()) <= {"ok", "too_late"}
            assert ballots.answered(made.show_id, race.no) == acknowledged
            shows.forget(made.show_id)
            assert set(shows.catch_up(made.show_id).state.opening(race.no)[1].results) == acknowledged
            mixed += 0 < len(acknowledged) < PEOPLE
    assert mixed > QUESTIONS // 2, "hardly any question was closed while answers were stored"


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)  # SQLite has one writer
def test_groups_of_the_same_seats_in_any_order_do_not_wait_for_each_other_in_a_ring(bound: Database) -> None:
    race = Race(new_show())

    def answer(thread: int) -> list[str]:
        """Everybody's answer from another device; of two threads one begins with the last seat."""
        seats_in_order = range(1, 1000) if thread % 2 else range(999, 0, -1)
        return ballots.store(
            [
                Line(race.show_id, race.no, seat, 0, f"device-{thread}-{seat}", race.right, now_us())
                for seat in seats_in_order
            ]
        )

    with ThreadPoolExecutor(THREADS) as pool:
        told = list(pool.map(answer, range(THREADS)))
    by_seat = [words if thread % 2 else words[::-1] for thread, words in enumerate(told)]
    assert [sorted(words) for words in zip(*by_seat, strict=True)] == [["already"] * (THREADS - 1) + ["ok"]] * 999
