"""The open devices of one seat: each hears that there are others and what they answered; the newest few stay."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.live.protocol import NAMESPACE
from app.live.screens import drawing
from app.live.screens.publisher import Publisher
from app.live.seats.presence import Presence
from app.live.seats.rooms import Connection, Rooms
from app.services.shows import ballots, shows

MOST_OPEN = 6
"""Connections of one seat on this worker: a phone and its dead ones from other networks, a tablet, a tab."""


class Devices:
    """Sends `me`, the part of a screen that belongs to a seat and not to an audience."""

    def __init__(self, io: Any, rooms: Rooms, presence: Presence, publisher: Publisher) -> None:
        self._io, self._rooms, self._presence, self._publisher = io, rooms, presence, publisher

    def me(self, connection: Connection, replica: shows.Replica, chosen: drawing.Chosen) -> dict[str, Any]:
        """The seat's own part of the screen."""
        mine = self._publisher.own.me(connection, replica, chosen)
        if connection.ticket.side == "public":
            mine["code"] = connection.code
            connection.elsewhere = mine["elsewhere"] = self._is_elsewhere(connection, self._open(connection))
        return mine

    def tell(self, connections: Sequence[Connection], replica: shows.Replica) -> None:
        """Send it to these, all of one show."""
        chosen = drawing.choices_of(replica, [connection.ticket.seat for connection in connections])
        for connection in connections:
            self._io.emit("me", self.me(connection, replica, chosen), to=connection.sid, namespace=NAMESPACE)

    def came(self, connection: Connection) -> None:
        """The others are told of a newcomer; of too many the oldest, which are dead or a flood, are ended."""
        if connection.ticket.side == "public":
            self._tell_changed(connection)
            for oldest in self._open(connection)[:-MOST_OPEN]:
                self._io.disconnect(oldest.sid, namespace=NAMESPACE)

    def left(self, connection: Connection) -> None:
        """Tell a device that it is the only one left."""
        if connection.ticket.side == "public":
            self._tell_changed(connection)

    def answered(self, line: ballots.Line) -> None:
        """Brings the answer of one device to all devices of its seat."""
        room = self._rooms.room(line.show_id)
        mine = room.of_seat(line.seat) if room else []
        if len(mine) > 1:
            self._io.start_background_task(self.tell, mine, shows.replica(line.show_id))

    def _tell_changed(self, connection: Connection) -> None:
        here = self._open(connection)
        elsewhere = self._is_elsewhere(connection, here)
        others = [other for other in here if other is not connection and other.elsewhere != elsewhere]
        if others:
            self.tell(others, shows.replica(connection.ticket.show_id))

    def _open(self, connection: Connection) -> list[Connection]:
        room = self._rooms.room(connection.ticket.show_id)
        return room.of_seat(connection.ticket.seat) if room else []

    def _is_elsewhere(self, connection: Connection, here: list[Connection]) -> bool:
        return len(here) > 1 or self._presence.is_elsewhere(connection.ticket.show_id, connection.ticket.seat)
