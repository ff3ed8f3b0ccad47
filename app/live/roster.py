"""What host and stage see of the people: who came, who is connected, how many have answered."""

from __future__ import annotations

from time import monotonic
from typing import Any

from flask import Flask

from app.live.rooms import Rooms
from app.services.shows import ballots, scripts, seat_claims, seats, show_links, workers
from app.services.shows.shows import Replica
from app.services.shows.tickets import Ticket
from quizzes import show as rules
from quizzes.engine import HOST, STAGE, Viewer

RETURN_S = 6.0
"""So long a seat without a connection is waited for: longer than the browser's first wait before it comes back."""


class Roster:
    """Seats of the shows this worker serves, read once and followed."""

    def __init__(self, app: Flask, worker: str, rooms: Rooms) -> None:
        self._app, self._worker, self._rooms = app, worker, rooms
        self._places: dict[int, dict[int, seats.Place]] = {}
        self._elsewhere: dict[int, set[int]] = {}
        self._before: dict[int, set[int]] = {}
        self._began = 0.0
        self._polled: dict[int, dict[int, float]] = {}  # show -> seat without a socket -> when it last asked, monotonic
        self._claims: dict[int, int] = {}
        self._changed: set[int] = set()
        self._alone = False
        self._links: dict[int, dict[str, str]] = {}

    def begin(self) -> None:
        """Remember who was there before this worker started."""
        self._before, self._began = workers.present_before(), monotonic()

    def arrived(self, ticket: Ticket) -> None:
        """A connection came; its seat may be new."""
        self._changed.add(ticket.show_id)

    def counted(self, show_id: int) -> None:
        """An answer was stored: the tally is due."""
        self._changed.add(show_id)

    def take_changed(self) -> set[int]:
        """The shows whose tally is due; asking clears the list."""
        changed, self._changed = self._changed, set()
        return changed

    def places(self, show_id: int) -> list[seats.Place]:
        """Every public seat of the show, in the order people came."""
        return list(self._followed(show_id).values())

    def _followed(self, show_id: int) -> dict[int, seats.Place]:
        known = self._places.setdefault(show_id, {})
        known.update((place.number, place) for place in seats.places(show_id, next(reversed(known), 0)))
        return known

    def place(self, ticket: Ticket) -> seats.Place | None:
        """The seat of a ticket. Those of a whole hall are read together when it comes back."""
        if ticket.side != "public":
            return seats.place(ticket.show_id, ticket.seat)
        known = self._places.get(ticket.show_id, {})
        return known.get(ticket.seat) or self._followed(ticket.show_id).get(ticket.seat)

    def polled(self, ticket: Ticket) -> bool:
        """A seat asks for its screen over HTTP: it is here, and for a moment after. Whether it was not before."""
        polled = self._polled.setdefault(ticket.show_id, {})
        before, polled[ticket.seat] = polled.get(ticket.seat), monotonic()
        return before is None or monotonic() - before >= RETURN_S

    def _polling(self, show_id: int) -> set[int]:
        now = monotonic()
        return {seat for seat, at in self._polled.get(show_id, {}).items() if now - at < RETURN_S}

    def present_here(self) -> dict[int, set[int]]:
        """Show -> public seats this worker serves; those that have stopped asking are forgotten."""
        for show_id, polled in list(self._polled.items()):
            here = self._polling(show_id)
            self._polled[show_id] = {seat: at for seat, at in polled.items() if seat in here}
            if not here:
                del self._polled[show_id]
        shows = {room.show_id for room in self._rooms.all()} | self._polled.keys()
        return {show_id: self._here(show_id) for show_id in shows}

    def _here(self, show_id: int) -> set[int]:
        room = self._rooms.room(show_id)
        return (room.seats() if room else set()) | self._polling(show_id)

    def present(self, show_id: int) -> set[int]:
        """Public seats with a connection, or that ask over HTTP, on all workers."""
        return self._here(show_id) | self._elsewhere.get(show_id, set())

    def expected(self, show_id: int) -> set[int]:
        """Who is waited for before a question closes early: the present, and who was a moment ago.

        A phone that changes networks, or whose worker has died, is back within seconds; a worker that was
        started again waits for those who had been there.
        """
        room = self._rooms.room(show_id)
        if room is None:
            return set()
        now = monotonic()
        room.left = {seat: at for seat, at in room.left.items() if now - at < RETURN_S}
        before = self._before.get(show_id, set()) if now - self._began < RETURN_S else set()
        return self.present(show_id) | room.left.keys() | before

    @property
    def is_alone(self) -> bool:
        """Whether no other worker lives, as far as the last beat knows."""
        return self._alone

    def is_elsewhere(self, show_id: int, seat: int) -> bool:
        """Whether another worker serves this seat too."""
        return seat in self._elsewhere.get(show_id, set())

    def look_elsewhere(self) -> list[int]:
        """Read which seats other workers serve and who asks for one; once a second is enough. The shows
        whose host and stage look different now."""
        rooms = self._rooms.all()
        self._forget_all_but({room.show_id for room in rooms})
        self._alone = workers.others_read_until(self._worker) is None
        claims = seat_claims.how_many([room.show_id for room in rooms])
        changed = []
        for room in rooms:
            now = (workers.present_elsewhere(room.show_id, self._worker), claims.get(room.show_id, 0))
            if now != (self._elsewhere.get(room.show_id, set()), self._claims.get(room.show_id, 0)):
                changed.append(room.show_id)
            gone = self._elsewhere.get(room.show_id, set()) - now[0]
            room.left |= dict.fromkeys(gone, monotonic())
            self._elsewhere[room.show_id], self._claims[room.show_id] = now
            if not self._alone:
                room.complete.clear()
        return changed

    def _forget_all_but(self, shows: set[int]) -> None:
        """What is known of shows nobody here is connected to is read again when somebody comes."""
        kept: tuple[dict[int, Any], ...] = (self._places, self._links, self._elsewhere, self._claims)
        for known in kept:
            for show_id in known.keys() - shows:
                del known[show_id]

    def links(self, show_id: int) -> dict[str, str]:
        """How people come in, for the stage and the host's lobby: never a staff ticket."""
        if show_id not in self._links:
            settings, show = self._app.config["SETTINGS"], scripts.by_id(show_id)
            address = settings.public_url or next(iter(settings.addresses), settings.base_url)
            found = show_links.of(show, address, self._app.config["SECRET_KEY"])
            self._links[show_id] = {"join": found.join, "shown": found.shown, "pin": show.pin or "", "qr": found.qr,
                                    "results": found.results}
        return self._links[show_id]

    def tally(self, replica: Replica) -> dict[str, int]:
        """How many of those present have answered the open ask."""
        present = self.present(replica.show_id)
        return {"answered": len(self.answered(replica)), "present": len(present)}

    def answered(self, replica: Replica) -> set[int]:
        """Seats that have answered what is open now. A worker that is alone reads them once and follows."""
        no, room = replica.state.no, self._rooms.room(replica.show_id)
        if not no or not rules.asks(replica.state):
            return set()
        if not self._alone or room is None:
            return ballots.answered(replica.show_id, no)
        if no not in room.complete:
            room.answered[no] |= ballots.answered(replica.show_id, no)
            room.complete.add(no)
        return room.answered[no]

    def extra(self, replica: Replica, viewer: Viewer) -> dict[str, Any]:
        """What only host and stage screens get beside the view: seats, links, who is here."""
        if viewer.role not in (HOST, STAGE):
            return {}
        here = [p for p in self.places(replica.show_id) if not rules.is_kicked(replica.state, p.number)]
        extra: dict[str, Any] = {"links": self.links(replica.show_id), "present": len(self.present(replica.show_id)),
                                 "arrived": {p.number: p.name for p in here}}
        if viewer.role == HOST:
            extra["seats"] = self._console(replica, here)
            extra["claims"] = [{"claim": one.claim_id, "seat": one.seat, "name": one.name}
                               for one in seat_claims.waiting(replica.show_id)]
        return extra

    def _console(self, replica: Replica, people: list[seats.Place]) -> list[dict[str, Any]]:
        present, answered = self.present(replica.show_id), self.answered(replica)
        ordered = sorted(people, key=lambda p: (p.number in answered, p.name.casefold()))
        return [
            {"seat": p.number, "name": p.name, "code": p.code, "present": p.number in present,
             "answered": p.number in answered, "score": rules.score(replica.state, p.number)}
            for p in ordered
        ]
