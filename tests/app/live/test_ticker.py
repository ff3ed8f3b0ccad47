"""The commands of the clock come to each show by itself."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
import sqlalchemy.exc

from app.live import beats, ticker
from quizzes.refusals import Rejected


def test_a_show_that_cannot_be_folded_holds_up_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its journal was written by rules that this version does not know any more."""
    suspended = []

    def perform(show_id: int, command: Any, **_: Any) -> None:
        if show_id == 1:
            raise ValueError("rule version 7")
        if show_id == 2:
            raise Rejected("not_now")
        suspended.append((show_id, command.name))

    monkeypatch.setattr(ticker.shows, "heads", lambda: {1: 5, 2: 5, 3: 5})
    monkeypatch.setattr(ticker.shows, "perform", perform)
    ticker.resume_after_crash(0)
    assert suspended == [(3, "suspend")]


def test_a_database_that_is_away_is_no_fault_of_a_show() -> None:
    with pytest.raises(sqlalchemy.exc.OperationalError), beats.one_by_one(1):
        raise sqlalchemy.exc.OperationalError("SELECT 1", {}, Exception("gone"))


def test_a_first_ballot_that_was_lost_on_its_way_to_the_journal_is_followed_up(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[Any] = []
    live: Any = SimpleNamespace(closer=SimpleNamespace(by_clock_soon=lambda *words: said.append(words)))
    replica: Any = SimpleNamespace(show_id=3, state="a state")
    told = lambda state, no, at: SimpleNamespace(name="buzzed", args={"no": no, "at": at})  # noqa: E731
    monkeypatch.setattr(beats.rules, "asks", lambda state: [SimpleNamespace(no=4)])
    monkeypatch.setattr(beats.rules, "after_ballot", told)
    monkeypatch.setattr(beats.ballots, "oldest", lambda show_id, no: None)
    beats.follow_up(live, replica)
    assert said == [], "nobody has answered"
    monkeypatch.setattr(beats.ballots, "oldest", lambda show_id, no: 12)
    beats.follow_up(live, replica)
    assert said == [(3, "buzzed", {"no": 4, "at": 12})]
    monkeypatch.setattr(beats.rules, "after_ballot", lambda state, no, at: None)
    beats.follow_up(live, replica)
    assert len(said) == 1, "it stands in the journal"
