"""The connections of this worker: their shows and their roles."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from app.clock import clock
from app.measures import CLOCK_ERROR, ROOMS
from app.services.shows.seats import STAFF_FROM
from app.services.shows.tickets import Ticket


@dataclass(eq=False)
class Connection:
    """One open socket of a seat. `group` is what its screen was last rendered for."""

    sid: str
    ticket: Ticket
    role: str
    lang: str
    group: str = ""
    me: dict[str, Any] | None = None  # the last `me` it was sent, without `v`
    code: str = ""  # the seat's, for its phone
    screen: str = ""  # the key of a browser of those who run the show
    shown: int | None = None  # the newest opening it was sent
    leaving: bool = False  # it has been told why it will be cut
    watches: bool = False  # its seat came to look on
    elsewhere: bool = False  # True once it was told that its seat is open on another device too

    @property
    def audience(self) -> tuple[str, str, str]:
        """Connections alike in this get one and the same screen."""
        return self.role, self.group, self.lang


@dataclass(eq=False)
class Room:
    """The connections of one show on this worker."""

    show_id: int
    connections: dict[str, Connection] = field(default_factory=dict)
    tally: dict[str, Any] = field(default_factory=lambda: {"answered": 0, "present": 0})  # as last sent
    answered: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))  # no -> seats stored here
    complete: set[int] = field(default_factory=set)  # openings of which `answered` has what was stored before, too
    by_seat: dict[int, list[Connection]] = field(default_factory=dict)

    def seats(self) -> set[int]:
        """Public seats with at least one connection here."""
        return {seat for seat in self.by_seat if seat < STAFF_FROM}

    def staff(self) -> list[Connection]:
        """The connections of host, stage and whoever else works in the show."""
        return [connection for seat in self.by_seat if seat >= STAFF_FROM for connection in self.by_seat[seat]]

    def of_seat(self, seat: int) -> list[Connection]:
        """Every connection of one seat."""
        return list(self.by_seat.get(seat, ()))


class Rooms:
    """All rooms of this worker."""

    def __init__(self) -> None:
        self._rooms: dict[int, Room] = {}
        self._by_sid: dict[str, Connection] = {}
        ROOMS.set_function(lambda: len(self._rooms))
        CLOCK_ERROR.set_function(lambda: clock.error_us / 1e6)

    def enter(self, connection: Connection) -> Room:
        """Add a connection to its show's room."""
        room = self._rooms.setdefault(connection.ticket.show_id, Room(connection.ticket.show_id))
        room.connections[connection.sid] = connection
        room.by_seat.setdefault(connection.ticket.seat, []).append(connection)
        self._by_sid[connection.sid] = connection
        return room

    def leave(self, sid: str) -> Connection | None:
        """Forget a connection; an empty room goes away."""
        connection = self._by_sid.pop(sid, None)
        if connection is not None:
            room = self._rooms[connection.ticket.show_id]
            room.connections.pop(sid, None)
            here = room.by_seat[connection.ticket.seat]
            here.remove(connection)
            if not here:
                del room.by_seat[connection.ticket.seat]
            if not room.connections:
                del self._rooms[room.show_id]
        return connection

    def connection(self, sid: str) -> Connection | None:
        return self._by_sid.get(sid)

    def room(self, show_id: int) -> Room | None:
        return self._rooms.get(show_id)

    def all(self) -> list[Room]:
        return list(self._rooms.values())
