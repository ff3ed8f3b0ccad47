"""When a command happens that had to wait for the database."""

from __future__ import annotations

import copy

import pytest

from app.models.engines import Database
from app.services.shows import scripts, shows
from quizzes import show as rules
from quizzes.engine import HOST, Actor, Command
from tests.app.services.shows.test_seats import SCRIPT

SECOND = 1_000_000
NOON = 1_800_000_000 * SECOND


class Led:
    """A show with questions of twenty seconds. `do` says a command at a moment that is carried out `late_s` later."""

    def __init__(self) -> None:
        script = copy.deepcopy(SCRIPT)
        script["rounds"][0]["settings"] = {"seconds": 20}  # type: ignore[index]
        self.made = scripts.create("thử", script=script)

    def do(self, name: str, at_s: float, late_s: float = 0.0) -> rules.ShowState:
        at = NOON + int(at_s * SECOND)
        command = Command(name, Actor(HOST, self.made.host.number), at)
        return shows.perform(self.made.show_id, command, clock=lambda: at + int(late_s * SECOND)).state


@pytest.fixture
def led(bound: Database) -> Led:
    return Led()


def test_a_question_opened_while_the_database_was_away_has_all_its_seconds(led: Led) -> None:
    led.do("advance", 0)
    [ask] = rules.asks(led.do("advance", 1, late_s=4))
    assert (ask.opens_at, ask.closes_at) == (NOON + 5 * SECOND, NOON + 25 * SECOND)


def test_one_closed_then_was_closed_when_the_host_said_so(led: Led) -> None:
    for at in (0, 1):
        led.do("advance", at)
    [ask] = rules.asks(led.do("close_now", 3, late_s=4))
    assert ask.closes_at == NOON + 3 * SECOND


def test_a_pause_begins_when_it_was_said_and_ends_when_it_can(led: Led) -> None:
    for at in (0, 1):
        led.do("advance", at)
    led.do("pause", 3, late_s=4)
    [ask] = rules.asks(led.do("resume", 8, late_s=4))
    assert ask.closes_at == NOON + (12 + 18) * SECOND


def test_a_moment_of_waiting_changes_nothing(led: Led) -> None:
    led.do("advance", 0)
    [ask] = rules.asks(led.do("advance", 1, late_s=0.1))
    assert ask.opens_at == NOON + SECOND
