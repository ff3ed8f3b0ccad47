"""Finds the phones that have taken the open question: nothing waits for them here, and the kernel knows that the other
side has acknowledged all of it. A phone that only seems connected is seen so before it is cut."""

from __future__ import annotations

from collections.abc import Iterable
from time import monotonic
from typing import Any

from app.live import transport
from app.live.protocol import NAMESPACE
from app.live.seats.rooms import Connection, Room
from app.live.seats.roster import ROWS
from app.services.shows import shows
from app.services.shows.shows import Replica
from app.services.shows.workers import Late
from quizzes import show as rules

MOST_KEPT = 1_000  # openings remembered
LOOK_S = 1.0
"""The shortest time between two looks at the phones that lack the question, seconds."""
NOBODY: Late = (0, [])


class Delivery:
    """The seats of this worker's own connections, and of the others' as they told it at their last beat."""

    def __init__(self, io: Any) -> None:
        self._io = io
        self._looks: dict[int, tuple[int, float, set[int], list[int]]] = {}  # show -> opening, when, served, late
        self._told: dict[int, Late] = {}  # what the other workers know of ours
        self._next: dict[int, Late] = {}
        self._elsewhere: dict[int, list[Late]] = {}

    def late(self, room: Room, replica: Replica) -> list[int] | None:
        """Seats here that have not taken the open question yet, in order; None while nothing is asked."""
        no = replica.state.no
        if no is None or not rules.asks(replica.state):
            self._looks.pop(room.show_id, None)
            return None
        opening, at, served, late = self._looks.get(room.show_id) or (no, 0.0, set[int](), list[int]())
        if opening != no:
            at, served = 0.0, set()
        if monotonic() - at >= LOOK_S:
            here = room.seats()
            served |= {seat for seat in here - served if self._has_taken(room, seat, no)}
            late = sorted(here - served)
            if len(self._looks) > MOST_KEPT:  # of shows that everybody left in the middle of a question
                self._looks.clear()
            self._looks[room.show_id] = no, monotonic(), served, late
        return late

    def _has_taken(self, room: Room, seat: int, no: int) -> bool:
        return any(one.shown == no and transport.has_taken(self._io, one.sid, NAMESPACE) for one in room.of_seat(seat))

    def news(self, rooms: Iterable[Room]) -> dict[int, Late]:
        """The seats here that lack the question of their show, where the other workers know something else."""
        now: dict[int, Late] = {}
        for room in rooms:
            replica = shows.replica(room.show_id)
            now[room.show_id] = replica.state.no or 0, (self.late(room, replica) or [])[:ROWS]
        self._next = {show_id: said for show_id, said in now.items() if said[1]}
        return {
            show_id: said
            for show_id, said in now.items()
            if self._next.get(show_id, NOBODY) != self._told.get(show_id, NOBODY)
        }

    def news_stored(self) -> None:
        """The other workers will read it."""
        self._told = self._next

    def hear(self, elsewhere: dict[int, list[Late]]) -> None:
        """Take what the other workers say of theirs."""
        self._elsewhere = elsewhere

    def told(self, room: Room, replica: Replica) -> dict[str, Any]:
        """The host's tally of it: how many have the question, and the first who have not."""
        late = self.late(room, replica) or []
        others = [seats for no, seats in self._elsewhere.get(room.show_id, ()) if no == replica.state.no]
        if others:
            here = room.seats()
            late = sorted({*late, *(seat for seats in others for seat in seats if seat not in here)})
        return {"delivered": max(0, room.tally["present"] - len(late)), "late": late[:ROWS]}


def shown(connections: Iterable[Connection], replica: Replica) -> None:
    """These were just sent a screen of the show as it stands."""
    for connection in connections:
        connection.shown = replica.state.no
