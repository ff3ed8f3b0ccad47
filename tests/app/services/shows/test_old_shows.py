"""A show nobody touches any more ends by itself and gives its PIN back; one that is played or prepared does not."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from app.live.questions import closing
from app.models.engines import Database, database
from app.models.shows import Show
from app.services.shows import shows
from quizzes.engine import CLOCK, Actor, Command
from quizzes.refusals import Rejected
from quizzes.show.anytime import BEGUN, UNBEGUN
from tests.app.services.shows.playing import Play

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def pin_of(play: Play) -> str | None:
    with database.read() as db:
        return db.scalar(select(Show.pin).where(Show.id == play.show_id))


def expire(play: Play, later: int) -> None:
    command = Command("expire", Actor(CLOCK), int(play.state.at or 0) + later, {})
    shows.perform(play.show_id, command)


@pytest.mark.parametrize("phase", ["open", "revealed"])
def test_a_begun_show_ends_after_two_weeks_and_gives_its_pin_back(bound: Database, phase: str) -> None:
    play = Play().until(phase)
    with pytest.raises(Rejected, match="not_now"):
        expire(play, BEGUN)
    assert pin_of(play)
    expire(play, BEGUN + 1)
    assert play.state.phase == "over" and pin_of(play) is None


def test_a_paused_show_ends_too(bound: Database) -> None:
    play = Play().until("open")
    play.host("pause")
    expire(play, BEGUN + 1)
    assert play.state.phase == "over" and pin_of(play) is None


def test_a_show_that_waits_for_its_evening_stays_three_months(bound: Database) -> None:
    play = Play()
    with pytest.raises(Rejected, match="not_now"):
        expire(play, UNBEGUN)
    expire(play, UNBEGUN + 1)
    assert play.state.phase == "over"
    with pytest.raises(Rejected, match="not_now"):
        expire(play, UNBEGUN + 2)


def test_a_host_cannot_say_that_a_show_is_old(bound: Database) -> None:
    play = Play().until("open")
    with pytest.raises(Rejected, match="not_yours"):
        play.host("expire")


def test_the_ticker_ends_the_old_ones_only(bound: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    old, fresh = Play(began_s_ago=15 * 86400).until("open"), Play().until("open")
    said: list[Any] = []
    monkeypatch.setattr(closing, "by_clock", lambda *words: said.append(words))
    closing.end_old_shows(fresh.later())
    assert said == [(old.show_id, "expire", {})]
