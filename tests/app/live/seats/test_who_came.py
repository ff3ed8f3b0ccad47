"""The seats that have come are stored a moment after, not with the next heartbeat."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import gevent
import pytest

from app.live.seats import attendance
from app.live.seats.presence import Presence
from app.live.seats.rooms import Rooms
from app.live.seats.roster import Roster
from app.services.shows.seat import SeatLine

SHOW = 7


def test_who_has_come_is_stored_without_a_heartbeat(monkeypatch: pytest.MonkeyPatch) -> None:
    app: Any = None
    roster, stored = Roster(app, Presence("worker", Rooms()), Rooms()), list[Mapping[int, Any]]()
    monkeypatch.setattr(attendance.seats, "came", stored.append)
    noting = gevent.spawn(roster.note_for_ever)
    try:
        gevent.sleep(0)
        roster._attendance.let_in(SeatLine(SHOW, 1, "public", "player", "An", "ABCD", "vi"), frozenset())
        with gevent.Timeout(10):
            while not stored:
                gevent.sleep(0.01)
    finally:
        noting.kill()
    assert stored == [{SHOW: {1}}]
