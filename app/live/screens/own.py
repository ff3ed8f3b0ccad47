"""A seat's own part of the screen, `me`: what it was told, and who has to be told another result."""

from __future__ import annotations

from typing import Any

from app.live import transport
from app.live.protocol import NAMESPACE
from app.live.screens import drawing
from app.live.seats.rooms import Connection, Room
from app.services.shows.shows import Replica
from quizzes import show as rules

SLICE = 200  # seats computed between two breaths


class Own:
    """The connections of this worker."""

    def __init__(self, io: Any) -> None:
        self._io = io
        self._told: dict[int, Any] = {}  # show -> the results everybody here has been told

    def forget(self, show_id: int) -> None:
        """Look at each again the next time."""
        self._told.pop(show_id, None)

    def me(self, connection: Connection, replica: Replica, chosen: drawing.Chosen) -> dict[str, Any]:
        """A seat's own part; remembered, so that nothing is sent twice."""
        if self._told.get(replica.show_id) != rules.standing(replica.state):
            self._told.pop(replica.show_id, None)  # greeted from another state than all were told of: look again
        connection.me = drawing.me(replica, connection.ticket.seat, connection.role, chosen)
        return {"v": replica.v, **connection.me}

    def tell_each(self, room: Room, replica: Replica) -> None:
        """`me` to those whose results changed. In any phase: a host takes points back, or gives some, when he likes.
        Where nobody's did, as at every opening, no phone is looked at."""
        standing = rules.standing(replica.state)
        if self._told.get(room.show_id) == standing:
            return
        self._told[room.show_id] = standing
        changed = self._changed(room, replica)
        for start in range(0, len(changed), SLICE):
            self._tell(changed[start : start + SLICE], replica)
            transport.take_turn()

    def _tell(self, connections: list[Connection], replica: Replica) -> None:
        chosen = drawing.choices_of(replica, [connection.ticket.seat for connection in connections])
        for connection in connections:
            mine = drawing.me(replica, connection.ticket.seat, connection.role, chosen)
            self._io.emit("me", {"v": replica.v, **mine}, to=connection.sid, namespace=NAMESPACE)
            connection.me = mine

    def _changed(self, room: Room, replica: Replica) -> list[Connection]:
        """Those who know another result, group or role of theirs."""
        changed = []
        public = [one for one in list(room.connections.values()) if one.ticket.side == "public"]
        for count, connection in enumerate(public):
            mine = rules.me(replica.state, connection.ticket.seat) | {"role": connection.role}
            known = connection.me or {}
            if any(known.get(name) != value for name, value in mine.items()):
                changed.append(connection)
            if count % SLICE == SLICE - 1:
                transport.take_turn()
        return changed
