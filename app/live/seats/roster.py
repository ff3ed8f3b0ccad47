"""The people as host and stage see them: who came, who is connected, how many have answered."""

from __future__ import annotations

from typing import Any

import gevent
import structlog
from flask import Flask

from app.live.protocol import Act
from app.live.seats import attendance, console
from app.live.seats.attendance import Attendance
from app.live.seats.presence import Presence
from app.live.seats.rooms import Rooms
from app.services.commit import trouble_of
from app.services.movement import on_stage
from app.services.shows import addresses, ballots, heard, listing, seat_claims, seats, shows
from app.services.shows.asked import REHEARSAL
from app.services.shows.seat import BOTS
from app.services.shows.shows import Replica
from app.services.shows.tickets import Ticket
from quizzes import show as rules
from quizzes.engine import HOST, STAGE, Viewer
from quizzes.refusals import Rejected
from quizzes.round_state.ask import OPEN

log = structlog.get_logger()

REMOVED_SHOWN = 50
"""Removed people the console lists; the newest."""
NONE = (0, 0)
"""The claims of a show in which nobody asks for a seat: how many, and the newest."""
SOON_S, REST_S = 0.05, 1.0
"""Between two looks at who has come, and after one that failed."""
ROWS = 200
"""How many people the console lists."""


class Roster:
    """Seats of the shows this worker serves, read once and followed."""

    def __init__(self, app: Flask, presence: Presence, rooms: Rooms) -> None:
        self._app, self._presence, self._rooms = app, presence, rooms
        self._attendance = Attendance()
        self._seats: dict[int, dict[int, seats.SeatLine]] = {}
        self._claims: dict[int, tuple[int, int]] = {}
        self._held: dict[tuple[int, int], int] = {}  # (show, opening) -> answers that a worker kept across the close
        self._changed: set[int] = set()
        self._newcomers: set[int] = set()  # shows in which somebody has a seat that is not known here yet
        self._links: dict[int, dict[str, str]] = {}
        self.desk: Any = lambda replica: {}  # the console's lists besides people

    def arrived(self, ticket: Ticket) -> None:
        """A connection came; its seat may be new."""
        self._changed.add(ticket.show_id)

    def counted(self, show_id: int) -> None:
        """An answer was stored: the tally is due."""
        self._changed.add(show_id)

    def asking(self) -> list[int]:
        """Shows here in which an answer is waited for: who answered elsewhere, was waited for and has left, or lacks
        the question still, is counted anew each second."""
        asks = {room.show_id: rules.asks(shows.replica(room.show_id).state) for room in self._rooms.all()}
        return [show_id for show_id, those in asks.items() if any(ask.status == OPEN for ask in those)]

    def take_changed(self) -> set[int]:
        """The shows whose tally is due; asking clears the list."""
        changed, self._changed = self._changed, set()
        return changed

    def people(self, show_id: int) -> list[seats.SeatLine]:
        """Every public seat of the show, in the order people came."""
        return list(self._followed(show_id).values())

    def _followed(self, show_id: int) -> dict[int, seats.SeatLine]:
        """Read up where somebody came, here or, as the last look of all says, elsewhere."""
        if show_id not in self._seats or show_id in self._newcomers:
            self._newcomers.discard(show_id)
            known = self._seats.setdefault(show_id, {})
            new = seats.public(show_id, next(reversed(known), 0))
            known.update((line.number, line) for line in new)
            self._attendance.learn(show_id, new)
            self._presence.stay(show_id, [line.number for line in new if line.source == BOTS])
        return self._seats[show_id]

    def filled(self, made: list[seats.SeatLine]) -> None:
        """Seats were taken that nobody sits in: they are here from now on. Rejected: full."""
        for line in made:
            self._newcomers.add(line.show_id)
            self.let_in(line)

    def learn(self, line: seats.SeatLine) -> None:
        """A seat as it is now: one that comes back may have another name."""
        known = self._seats.get(line.show_id, {})
        if line.number in known:
            known[line.number] = line

    def let_in(self, line: seats.SeatLine) -> None:
        """A seat is here with a screen. Rejected: full."""
        self._attendance.let_in(line, shows.replica(line.show_id).state.kicked)

    def note_for_ever(self) -> None:
        """Store who was here for the first time, a moment after: until then a seat that was taken long ago, by a clock
        that has jumped, would be on no roll."""
        while True:
            pause_s = SOON_S
            try:
                self._attendance.note()
            except Exception as problem:
                pause_s = REST_S
                if not trouble_of(problem):
                    log.exception("who came could not be stored")
            gevent.sleep(pause_s)

    def seat(self, ticket: Ticket) -> seats.SeatLine | None:
        """The seat of a ticket. Those of a whole hall are read together when it comes back."""
        if ticket.side != "public":
            return seats.seat(ticket.show_id, ticket.seat)
        if ticket.seat not in self._seats.get(ticket.show_id, {}):
            self._newcomers.add(ticket.show_id)
        return self._followed(ticket.show_id).get(ticket.seat)

    def look_elsewhere(self) -> set[int]:
        """Read which seats other workers serve and who asks for one; once a second is enough. The shows
        whose host and stage look different now."""
        changed, rooms = self._presence.look_elsewhere(), self._rooms.all()
        self._forget_all_but({room.show_id for room in rooms})
        claims = seat_claims.how_many([room.show_id for room in rooms])
        for show_id, last in seats.last_numbers(list(self._seats)).items():
            if last > next(reversed(self._seats[show_id]), 0) and show_id not in self._newcomers:
                self._newcomers.add(show_id)
                changed.add(show_id)  # they may never come with a screen: the console counts them all the same
        held = ballots.held([room.show_id for room in rooms])
        changed |= {show_id for (show_id, _), _ in held.items() ^ self._held.items()}
        self._held = held
        for room in rooms:
            before, self._claims[room.show_id] = self._claims.get(room.show_id, NONE), claims.get(room.show_id, NONE)
            if self._claims[room.show_id] != before:
                changed.add(room.show_id)
            if not self._presence.is_alone:
                self._attendance.seen(room.show_id, self._presence.present(room.show_id))
                room.complete.clear()
        return changed | self._attendance.lapsed()

    def _forget_all_but(self, shows: set[int]) -> None:
        """Forget shows to which nobody is connected here. They are read again when somebody comes."""
        kept: tuple[dict[int, Any], ...] = (self._seats, self._links, self._claims)
        for known in kept:
            for show_id in known.keys() - shows:
                del known[show_id]
        self._attendance.forget_all_but(shows)

    def links(self, show_id: int) -> dict[str, str]:
        """The ways in for players, for the stage and the host's lobby: never a staff ticket."""
        if show_id not in self._links:
            settings, show = self._app.config["SETTINGS"], listing.by_id(show_id)
            address = settings.public_url or next(iter(settings.addresses), settings.base_url)
            self._links[show_id] = addresses.of(show, address, self._app.config["SECRET_KEY"]).way_in
            self._links[show_id] |= {"campaign": on_stage.campaign_of(show.chapter_id)}
            self._links[show_id] |= {"chapter": str(show.chapter_id or "")}
            self._links[show_id] |= {"rehearsal": "yes"} if show.stakes == REHEARSAL else {}
        return self._links[show_id]

    def tally(self, replica: Replica) -> dict[str, Any]:
        """How many of those present have answered: the newest question, each ask where several are open, and of a poll
        also the counts for its bars."""
        present, asked = self._presence.present(replica.show_id), rules.main_ask(replica.state)
        if asked is None or not rules.asks(replica.state):
            return {"answered": 0, "present": len(present)}
        asks = {ask.no: ask for ask in (asked, *rules.live_asks(replica.state))}
        tallies = {no: self._tally(replica, ask, present) for no, ask in asks.items()}
        tally: dict[str, Any] = {**tallies[asked.no], **({"tallies": tallies} if len(tallies) > 1 else {})}
        if rules.counts_now(replica.state, asked.no, ()) is not None:
            given = heard.choices(replica.show_id, asked.no, replica.state.kicked)
            tally |= {"no": asked.no, "counts": rules.counts_now(replica.state, asked.no, given)}
        return tally

    def _tally(self, replica: Replica, ask: rules.Ask, present: set[int]) -> dict[str, int]:
        return {"answered": len(self.answered(replica, ask.no)), "present": len(ask.roll.among(present))}

    def waiting(self, replica: Replica) -> list[int] | None:
        """The first seats that are here and have not answered, as many as the console lists; None while nothing is
        asked."""
        asked = rules.main_ask(replica.state)
        if asked is None or not rules.asks(replica.state):
            return None
        waited_for = asked.roll.among(self._presence.present(replica.show_id))
        return sorted(waited_for - self.answered(replica, asked.no))[:ROWS]

    def answered(self, replica: Replica, no: int | None = None) -> set[int]:
        """Seats that have answered the question that is open now, or the ask `no`. A worker that is alone reads them
        once and follows."""
        asked, room = rules.main_ask(replica.state), self._rooms.room(replica.show_id)
        no = no or (asked.no if asked else None)
        if not no or not rules.asks(replica.state):
            return set()
        if room is None:
            return ballots.answered(replica.show_id, no)
        if no not in room.complete:
            room.answered[no] |= ballots.answered(replica.show_id, no)
            room.complete.add(no)
        return room.answered[no]

    def extra(self, replica: Replica, viewer: Viewer) -> dict[str, Any]:
        """The parts that only host and stage screens get beside the view: seats, links, who is here."""
        if viewer.role not in (HOST, STAGE):
            return {}
        people, kicked = self.people(replica.show_id), replica.state.kicked
        here = [p for p in people if p.number not in kicked and self._attendance.counts(p)]
        extra: dict[str, Any] = {"links": self.links(replica.show_id), "arrived": {p.number: p.name for p in here}}
        if viewer.role == HOST:
            present = self._presence.present(replica.show_id)
            extra["links"] = extra["links"] | {"bots": any(p.source == BOTS for p in here)}
            extra["seats"] = console.rows(replica.state, here, present, self.answered(replica))
            extra["sources"] = attendance.sources(here, present)
            removed = [{"seat": p.number, "name": p.name} for p in people if p.number in kicked]
            extra["removed"], extra["removed_in_all"] = removed[-REMOVED_SHOWN:], len(removed)
            extra["held"] = self._held.get((replica.show_id, replica.state.no or 0), 0)
            extra |= self.desk(replica) | {"claims": self._asking(replica)}
        return extra

    def _asking(self, replica: Replica) -> list[dict[str, Any]]:
        """The requests for a seat, as `console.claims` makes them; [] at once in the usual case that nobody asks."""
        if self._claims.get(replica.show_id, NONE) == NONE:
            return []
        return console.claims(replica.state, replica.show_id, self._presence.present(replica.show_id))

    def named(self, show_id: int, message: Act) -> dict[str, Any]:
        """The arguments of a host's command, with the seats of a `source` (with `absent`: those of them who are not
        here), or `everybody` who was kicked. Rejected: not_found."""
        args = message.args
        if message.do not in ("kick", "readmit") or not ("source" in args or "everybody" in args):
            return args
        kicked, present = shows.catch_up(show_id).state.kicked, self._presence.present(show_id)
        is_for_all = message.do == "readmit" and args.get("everybody") is True
        wanted = [
            line.number
            for line in self.people(show_id)
            if (line.number in kicked) == (message.do == "readmit")
            and (is_for_all or line.source == args.get("source"))
            and not (args.get("absent") is True and line.number in present)
        ]
        if not wanted:
            raise Rejected("not_found")
        return {"seats": wanted}
