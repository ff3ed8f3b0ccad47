"""The seats of a show that are here, on any worker, and those waited for before a question closes early."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from time import monotonic

from app.live.seats.rooms import Rooms
from app.services.shows import workers
from app.services.shows.tickets import Ticket

RETURN_S = 6.0
"""How long a seat without a connection is waited for, seconds. A browser waits less before it comes back."""
NEWS_S = 3.0
"""How many seconds longer that is where other workers serve too: their news reaches us later."""
STORM_S = 15.0
"""How long a whole hall that was cut off is waited for, seconds: its phones come back one by one. A hall is cut off
where more seats are gone than here, or more than FEW and a tenth of those here (one of several workers has ended)."""
FEW, SHARE = 3, 10
"""A hall is cut off only when more seats have gone than FEW, and more than one in SHARE of those here."""


WHOLE = 10
"""Every so many beats all is said again."""


class Presence:
    """Seats with a connection, seats that ask over HTTP, and seats that have just gone."""

    def __init__(self, worker: str, rooms: Rooms) -> None:
        self._worker, self._rooms = worker, rooms
        self._elsewhere: dict[int, set[int]] = {}
        self._polled: dict[int, dict[int, float]] = {}  # show -> seat without a socket -> when it last asked, monotonic
        self._left: defaultdict[int, dict[int, float]] = defaultdict(dict)  # show -> seat -> when it was lost
        self._followers: dict[int, set[str]] = {}  # show -> other workers on which somebody is connected
        self._told: dict[int, list[int]] = {}  # the seats of each show at the last beat
        self._next: dict[int, list[int]] = {}
        self._staying: dict[int, set[int]] = {}
        self._beats = 0
        self.is_alone = False
        """True when the last look found no other worker alive."""

    def begin(self) -> None:
        """Wait for those who were there before this worker started."""
        for show_id, seats in workers.present_before().items():
            self._lost(show_id, seats)

    def lost(self, ticket: Ticket) -> None:
        """A connection ended. The show remembers its seat also when nobody is left in the room."""
        if ticket.side == "public" and ticket.seat not in self._here(ticket.show_id):
            self._lost(ticket.show_id, [ticket.seat])

    def _lost(self, show_id: int, seats: Iterable[int]) -> None:
        self._left[show_id] |= dict.fromkeys(seats, monotonic())

    def was_here(self, ticket: Ticket) -> bool:
        """True when the seat lost a connection a moment ago."""
        return ticket.seat in self._left.get(ticket.show_id, {})

    def polled(self, ticket: Ticket) -> bool:
        """A seat asks for its screen over HTTP: it is here now, and for a moment after. True when it was not before."""
        polled = self._polled.setdefault(ticket.show_id, {})
        before, polled[ticket.seat] = polled.get(ticket.seat), monotonic()
        return before is None or monotonic() - before >= RETURN_S

    def stay(self, show_id: int, seats: Iterable[int]) -> None:
        """These seats need no connection to be here: nobody sits in them."""
        if new := set(seats):
            self._staying.setdefault(show_id, set()).update(new)

    def staying(self, show_id: int) -> set[int]:
        """The seats that nobody sits in, of a show somebody is connected to here."""
        return self._staying.get(show_id, set()) if self._rooms.room(show_id) else set()

    def _polling(self, show_id: int) -> set[int]:
        return _since(self._polled.get(show_id, {}), RETURN_S)

    def here(self) -> dict[int, set[int]]:
        """Show -> public seats this worker serves; who has stopped asking, or is gone for long, is forgotten."""
        for times, kept_s in ((self._polled, RETURN_S), (self._left, STORM_S)):
            for show_id, seats in list(times.items()):
                times[show_id] = {seat: seats[seat] for seat in _since(seats, kept_s)}
                if not times[show_id]:
                    del times[show_id]
        shows = {room.show_id for room in self._rooms.all()} | self._polled.keys()
        return {show_id: self._here(show_id) for show_id in shows}

    def _here(self, show_id: int) -> set[int]:
        room = self._rooms.room(show_id)
        return (room.seats() if room else set()) | self._polling(show_id) | self.staying(show_id)

    def present(self, show_id: int) -> set[int]:
        """Public seats with a connection, or that ask over HTTP, on all workers."""
        return self._here(show_id) | self._elsewhere.get(show_id, set())

    def expected(self, show_id: int) -> set[int]:
        """The seats that are waited for before a question closes early: those present now or a moment ago."""
        if self._rooms.room(show_id) is None:
            return set()
        present, left = self.present(show_id), self._left.get(show_id, {})
        gone = _since(left, STORM_S) - present
        if len(gone) <= max(FEW, len(present) / SHARE) and len(gone) <= len(present):
            gone = _since(left, RETURN_S if self.is_alone else RETURN_S + NEWS_S)
        return present | gone

    def is_elsewhere(self, show_id: int, seat: int) -> bool:
        """True when another worker serves this seat too."""
        return seat in self._elsewhere.get(show_id, set())

    def changes(self) -> tuple[dict[int, list[int]], list[int]]:
        """The news of a beat: shows whose seats here have changed since the last beat, and shows that are gone. Call
        `said` once it was sent."""
        now = {show_id: sorted(seats) for show_id, seats in self.here().items()}
        self._beats += 1
        if self._beats % WHOLE == 0:  # the others have forgotten a worker that they took for dead
            self._told = {}
        changed = {show_id: seats for show_id, seats in now.items() if self._told.get(show_id) != seats}
        self._next = now
        return changed, [show_id for show_id in self._told if show_id not in now]

    def beat_stored(self) -> None:
        """The beat was stored."""
        self._told = self._next

    def follows(self, show_id: int) -> bool:
        """True when the show concerns this worker: somebody is connected here, or nowhere."""
        return self._rooms.room(show_id) is not None or show_id not in self._followers

    def look_elsewhere(self) -> set[int]:
        """Read which seats of our shows other workers serve; the shows in which that has changed."""
        self.is_alone = workers.others_read_until(self._worker) is None
        by_worker = {} if self.is_alone else workers.present_elsewhere(self._worker)
        self._followers = {show_id: set(those) for show_id, those in by_worker.items()}
        before, found = (
            self._elsewhere,
            {room.show_id: set().union(*by_worker.get(room.show_id, {}).values()) for room in self._rooms.all()},
        )
        for show_id, now in found.items():
            self._lost(show_id, before.get(show_id, set()) - now)
        self._elsewhere = found
        return {show_id for show_id, now in found.items() if now != before.get(show_id, set())}

    def leads(self, show_id: int) -> bool:
        """True when this worker is the one that gives the clock's commands: the first by name of those that follow the
        show. The others give them too, a little later."""
        return all(self._worker < other for other in self._followers.get(show_id, ()))


def _since(times: dict[int, float], seconds: float) -> set[int]:
    """The seats whose time lies no longer back than that."""
    now = monotonic()
    return {seat for seat, at in times.items() if now - at < seconds}
