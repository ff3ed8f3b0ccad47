"""The things that an answer holds up until it is stored or refused."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from app.live import worker as module
from app.live.protocol import Answer
from app.live.transport.arrivals import arrivals
from app.live.worker import Live
from app.services.shows.tickets import Ticket
from quizzes.refusals import Rejected

AN = Ticket(1, 1, "public")
ANSWER = Answer(no=1, choice="a", id="an's answer")


class Asked:
    """A worker whose replica knows nothing of the question; the journal is asked. What is held while it is."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, stored: bool) -> None:
        self.charged: list[Ticket] = []
        self.held: list[list[int]] = []
        self.live = object.__new__(Live)
        pace: Any = SimpleNamespace(charge=self.charged.append)
        self.live.pace = pace
        monkeypatch.setattr(self.live, "_line", self.refuse, raising=False)
        monkeypatch.setattr(module, "received_at", lambda: 12)
        monkeypatch.setattr(module.shows, "replica", lambda show_id: None)
        monkeypatch.setattr(module.shows, "catch_up", lambda show_id: self.held.append(list(arrivals.waiting.values())))
        monkeypatch.setattr(module.ballots, "is_stored", lambda show_id, seat, client_id: stored)

    def refuse(self, *_: Any) -> None:
        raise Rejected("not_open")


def test_nothing_is_closed_while_the_journal_is_asked_about_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Asked(monkeypatch, stored=False)
    with pytest.raises(Rejected, match="not_open"):
        asked.live._accepted(AN, ANSWER)
    assert asked.held == [[12]]
    assert arrivals.waiting == {}, "it is refused: nobody waits for it"
    assert asked.charged == [AN]


def test_what_is_stored_already_is_accepted_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Asked(monkeypatch, stored=True).live._accepted(AN, ANSWER) is None
