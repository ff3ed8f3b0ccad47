"""One worker's live layer: what a ticket may do, put together from the small parts beside it."""

from __future__ import annotations

import json
import os
import secrets
import socket
from collections.abc import Callable
from typing import Any

from flask import Flask
from gevent.lock import BoundedSemaphore

from app import language
from app.clock import now_us
from app.fail_points import point
from app.live.access import need_side
from app.live.bots import Bots
from app.live.gap import Gap
from app.live.pokes import Pokes
from app.live.protocol import Act, Answer, Connect, Sync
from app.live.questions import closing
from app.live.questions.closing import Closer
from app.live.questions.committer import Committer
from app.live.questions.held import noting_held
from app.live.screens import drawing, hosting
from app.live.screens.delivery import Delivery
from app.live.screens.devices import Devices
from app.live.screens.endings import Endings
from app.live.screens.greeter import Greeter
from app.live.screens.publisher import Publisher, enter_group
from app.live.screens.registry import REPORT, Registry
from app.live.screens.trouble import Trouble
from app.live.seats.joining import Joining
from app.live.seats.pace import READING, Pace
from app.live.seats.presence import Presence
from app.live.seats.rooms import Connection, Rooms
from app.live.seats.roster import Roster
from app.live.transport import take_turn
from app.live.transport.arrivals import arrivals, read_until, received_at
from app.live.triggers import Triggers
from app.measures import CONNECTS
from app.services.shows import ballots, shows, tickets
from app.services.shows.tickets import STAFF, Ticket
from app.services.tournaments import playing
from quizzes import show as rules
from quizzes.engine import AUDIENCE, HOST, Actor, Command, Viewer
from quizzes.refusals import Rejected

LOOKING = 2
"""How many `sync`s are worked on at a time."""


class Live:
    """The live layer of this process. Handlers call it; it calls services."""

    def __init__(self, app: Flask, io: Any) -> None:
        self.app, self.io, self.is_ending = app, io, False
        self.name = f"{socket.gethostname()[:40]}-{os.getpid()}-{secrets.token_hex(3)}"
        self.rooms, self.pace, self._looking = Rooms(), Pace(), BoundedSemaphore(LOOKING)
        self.sentences: dict[tuple[str, str], str] = {}  # (code of a refusal, language) -> its words
        self.presence = Presence(self.name, self.rooms)
        self.roster = Roster(app, self.presence, self.rooms)
        self.trouble, self.delivery = Trouble(io, self.rooms), Delivery(io)
        self.committer = Committer(
            ballots.store, self._stored, noticed=self.trouble.noticed, passed=self.trouble.passed, kind="answers"
        )
        self.joining, self.gap = Joining(), Gap()
        self.closer = Closer(self.name, self.read_until, self.gap.began)
        self.publisher = Publisher(app, io, self.rooms, self.roster.extra)
        self.devices = Devices(io, self.rooms, self.presence, self.publisher)
        self.greeter = Greeter(io, self.rooms, self.publisher, self.devices)
        self.registry = Registry(io, self.rooms, self.roster, self.name, self.publisher.people_changed)
        self.endings = Endings(app.extensions["standing"], self.rooms, self.publisher)
        self.standing = self.endings.standing
        self.triggers, self.bots = Triggers(app.config["SETTINGS"].triggers), Bots(self.presence, self.answer_later)
        self.pokes = Pokes(app.config["SETTINGS"].redis_url or "", self.publisher.news)
        shows.when_moved(self.moved)

    def start(self) -> None:
        """Begin to work; the tickers are started by the server."""
        for one in (self.committer, self.joining, self.greeter):
            one.start()
        self.standing.begin(self.endings.heard)
        self.pokes.start()
        self.triggers.start()

    def moved(self, show_id: int, seq: int) -> None:
        """A commit of this worker moved a show on."""
        self.closer.moved(show_id)
        self.publisher.performed(show_id)
        self.pokes.poke(show_id, seq)
        self.roster.counted(show_id)
        self.triggers.moved(show_id)
        if shows.replica(show_id).state.phase == "over":
            point("over")
            self.io.start_background_task(playing.over, show_id)

    def read_until(self) -> int:
        """Everything that arrived before this moment is read and stored or refused."""
        oldest = self.committer.oldest_waiting
        until = read_until()
        return until if oldest is None else min(until, oldest - 1)

    # --- connections -----------------------------------------------------------------------------

    def enter(self, sid: str, message: Connect) -> None:
        """Let a ticket in, or Rejected: bad_ticket, kicked, full, no_such_show."""
        ticket = tickets.read(self.app.config["SECRET_KEY"], message.ticket)
        self.pace.spend(ticket, READING)
        if (seat := self.roster.seat(ticket)) is None:
            raise Rejected("bad_ticket")
        changes = self.standing.changes
        self.endings.need(ticket)
        replica = shows.replica(ticket.show_id)
        if rules.is_kicked(replica.state, ticket.seat):
            replica = shows.catch_up(ticket.show_id)  # no refusal from a replica
            if rules.is_kicked(replica.state, ticket.seat):
                raise Rejected("kicked")
        self.roster.let_in(seat)
        lang = message.lang if message.lang in language.LANGUAGES else seat.lang
        connection = Connection(sid, ticket, seat.role, lang, code=seat.code, watches=seat.role == AUDIENCE)
        enter_group(connection, replica)
        CONNECTS.labels("again" if self.presence.was_here(ticket) else "first").inc()
        self.rooms.enter(connection)
        self.endings.came(connection, changes)
        self.roster.arrived(ticket)
        self.greeter.welcome(connection)
        self.publisher.people_changed(ticket.show_id)
        self.registry.came(connection, message)

    def leave(self, sid: str) -> None:
        """Forget a connection; its seat stays."""
        if (connection := self.rooms.leave(sid)) is not None:
            self.presence.lost(connection.ticket)
            self.roster.counted(connection.ticket.show_id)
            self.publisher.people_changed(connection.ticket.show_id)
            self.devices.left(connection)
            self.registry.left(connection)

    def polls(self, ticket: Ticket) -> None:
        """A seat without a socket asks for its screen: the room counts it."""
        if ticket.side == "public" and self.presence.polled(ticket):
            self.roster.arrived(ticket)
            self.publisher.people_changed(ticket.show_id)

    def connected(self, sid: str, event: str, cost: float = 1.0) -> Connection:
        """The connection of a socket that asks for something, or Rejected: bad_ticket, slow_down, not_in_round."""
        if (connection := self.rooms.connection(sid)) is None:
            raise Rejected("bad_ticket")
        self.pace.spend(connection.ticket, cost)
        self.standing.need(connection.ticket)
        need_side(event, connection.ticket.side)
        return connection

    # --- what a seat may do ----------------------------------------------------------------------

    def answer(self, ticket: Ticket, message: Answer) -> dict[str, Any]:
        """Store one answer and wait for its commit. Raises Rejected with the protocol's codes."""
        line = self._accepted(ticket, message)
        word = self.committer.commit(line) if line else "ok"
        if word != "ok":
            raise Rejected(word)
        return {"v": shows.replica(ticket.show_id).v}

    def answer_later(self, ticket: Ticket, message: Answer, tell: Callable[[str, int], Any]) -> None:
        """The same without waiting: `tell(word, v)` after the commit."""
        line = self._accepted(ticket, message)
        if line is None:
            tell("ok", shows.replica(ticket.show_id).v)
        else:
            self.committer.submit(line, lambda word: tell(word, shows.replica(ticket.show_id).v))

    def _accepted(self, ticket: Ticket, message: Answer) -> ballots.Line | None:
        """The line to store; None when it is stored already. No refusal is given from a replica."""
        arrived = received_at()
        try:
            return self._line(ticket, message, shows.replica(ticket.show_id), arrived)
        except Rejected:
            self.pace.charge(ticket)
            with arrivals.holding(arrived):  # the database is asked: nobody may close meanwhile
                replica = shows.catch_up(ticket.show_id)
                if ballots.is_stored(ticket.show_id, ticket.seat, message.id):
                    return None
                with noting_held(replica, message.no, arrived):
                    return self._line(ticket, message, replica, arrived)

    def _line(self, ticket: Ticket, message: Answer, replica: shows.Replica, received_at: int) -> ballots.Line:
        state = replica.state
        if rules.is_kicked(state, ticket.seat):
            raise Rejected("kicked")
        if ticket.side == STAFF and not rules.may_answer(state, message.no, ticket.seat):
            raise Rejected("not_in_round")  # of the staff only judges are ever asked
        choice = rules.read_choice(state, message.no, message.choice)
        if not rules.may_answer(state, message.no, ticket.seat):
            raise Rejected("not_in_round")
        take = 0 if rules.take_of(state, message.no) == "first" else ballots.take_of(message.id)
        text = json.dumps(choice, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return ballots.Line(ticket.show_id, message.no, ticket.seat, take, message.id, text, received_at)

    def _stored(self, line: ballots.Line) -> None:
        """After the commit: count it, and start the window of a first buzz."""
        room = self.rooms.room(line.show_id)
        if room is not None:
            room.answered[line.no].add(line.seat)
            self.devices.answered(line)
        self.roster.counted(line.show_id)
        command = rules.after_ballot(shows.replica(line.show_id).state, line.no, line.received_at)
        if command is not None:
            self.io.start_background_task(closing.by_clock, line.show_id, command.name, dict(command.args))

    def act(self, connection: Connection, message: Act) -> dict[str, Any]:
        """Perform a command; returns when the phase has changed, closing included."""
        ticket = connection.ticket
        if ticket.side == STAFF:
            self.standing.ask(ticket)  # power is asked where it is used
        if connection.role == HOST and message.do in hosting.COMMANDS:
            return hosting.carry_out(self.app, self.publisher, self.roster, self.registry, connection, message)
        if ticket.side == STAFF and message.do == REPORT:
            return self.registry.report(connection, message)
        args = hosting.args_of(self.roster, connection, message)
        command, who = Command(message.do, Actor(connection.role, ticket.seat), now_us(), args), ticket.member or None
        try:
            shows.perform(ticket.show_id, command, client_id=message.id, v=message.v, clock=now_us, member_id=who)
        except Rejected:
            self.pace.charge(ticket)
            raise
        return {"v": self.settled(ticket.show_id).v}

    def settled(self, show_id: int) -> shows.Replica:
        """The show when nothing of it is closing."""
        if rules.unjudged(shows.replica(show_id).state):
            self.closer.finish(show_id)
        return shows.replica(show_id)

    def sync(self, connection: Connection, message: Sync) -> dict[str, Any]:
        """The newest screen, when the client's is older, and `me`. Many who ask at once take turns with the players."""
        with self._looking:
            take_turn()
            return self._look(connection, message)

    def _look(self, connection: Connection, message: Sync) -> dict[str, Any]:
        enter_group(connection, replica := shows.recent(connection.ticket.show_id))
        chosen = drawing.choices_of(replica, [connection.ticket.seat])
        said: dict[str, Any] = {"me": self.devices.me(connection, replica, chosen)}
        if message.v < replica.v or connection.role == HOST:
            said["screen"] = self.publisher.whole(replica, Viewer(*connection.audience))
        return said
