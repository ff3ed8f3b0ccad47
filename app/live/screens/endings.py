"""Those connected whose session, account or right has ended are told so, and cut."""

from __future__ import annotations

from collections.abc import Sequence

from app.clock import now_us
from app.live.screens.publisher import Publisher
from app.live.seats.rooms import Connection, Rooms
from app.live.seats.standing import EVERYTHING, EXPIRED, Standing, key_of, kinds, touched
from app.services.people import sign_ins
from app.services.people.endings import Ending
from app.services.shows import lives, shows
from app.services.shows.tickets import STAFF, Ticket
from quizzes.refusals import Rejected

SIGNED_OUT = "signed_out"


class Endings:
    """Looks through the connections of this worker whenever something has ended; at rest it looks at none."""

    def __init__(self, standing: Standing, rooms: Rooms, publisher: Publisher) -> None:
        self.standing, self._rooms, self._publisher = standing, rooms, publisher

    def need(self, ticket: Ticket) -> None:
        """Rejected("bad_ticket") where a ticket's time is over, or what it stands on has ended."""
        self.standing.need(ticket)
        over = lives.is_over(ticket, shows.replica(ticket.show_id).state.at or 0, now_us())
        if over and lives.is_over(ticket, shows.catch_up(ticket.show_id).state.at or 0, now_us()):
            raise Rejected("bad_ticket")  # no refusal from a replica

    def heard(self, fresh: Sequence[Ending]) -> None:
        """Something has ended: cut what stood on it."""
        gone = kinds(fresh)
        found = [
            one
            for room in self._rooms.all()
            for one in list(room.connections.values())
            if touched(key_of(one.ticket), gone)
        ]
        alive = self._alive(found) if (EVERYTHING, 0) in gone else frozenset[int]()
        for connection in found:
            if connection.ticket.side == STAFF or (EXPIRED, connection.ticket.sign_in) in gone:
                self._recheck(connection)
            elif connection.ticket.sign_in not in alive:
                self._cut(connection)

    def came(self, connection: Connection, changes: int) -> None:
        """A connection stands in its room; `changes` is the count of endings when its ticket was asked about."""
        if changes != self.standing.changes:
            self._recheck(connection)

    def _recheck(self, connection: Connection) -> None:
        try:
            self.standing.need(connection.ticket)
        except Rejected:
            self._cut(connection)

    def _cut(self, connection: Connection) -> None:
        if not connection.leaving:
            connection.leaving = True
            self._publisher.cut(connection, SIGNED_OUT)

    def _alive(self, found: Sequence[Connection]) -> frozenset[int]:
        return frozenset(sign_ins.alive({one.ticket.sign_in for one in found if one.ticket.side != STAFF}))
